import { nodeAt, type PathStep, type SourceNode } from '../document/source-node';
import type { ConnectorID, ConnectorIdFacts } from './facts';

/** A list of connectors that pachd reads, or a Job for it. */
export interface ConnectorListSubject extends ConnectorIdFacts {
  readonly kind: 'connector-list';
}

export function connectorListSubject(list: SourceNode, base: readonly PathStep[] = []): ConnectorListSubject {
  return { kind: 'connector-list', connectorIDs: connectorIDs(list, base) };
}

/** The ids in a list; what is not a string, or is empty, is skipped. */
export function connectorIDs(
  list: SourceNode | undefined,
  base: readonly PathStep[],
): readonly ConnectorID[] {
  return (list?.items ?? []).flatMap((item, index) => {
    const [id, type] = ['id', 'type'].map((key) => nodeAt(item, [key])?.scalar);
    if (typeof id !== 'string' || id === '') return [];
    return [{ value: id, path: [...base, index, 'id'], type: typeof type === 'string' ? type : undefined }];
  });
}
