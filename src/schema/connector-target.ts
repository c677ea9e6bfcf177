import { connectorTargetOf, standaloneTarget } from '../releases/connector-target';
import { targetOfRelease, type Target, type TargetResult } from '../releases/target';
import type { Document } from '../document/document';
import { nodeAt } from '../document/source-node';

/**
 * The Dex that reads the connectors of a cluster document. Undefined where the document does not say in a form that is right,
 * which has an error of its own then.
 */
export function connectorTarget({ root }: Pick<Document, 'root'>): Target | undefined {
  const scalar = (...path: string[]): unknown => nodeAt(root, path)?.scalar;
  const hasVersion = nodeAt(root, ['dex', 'version']) !== undefined;
  const dex = hasVersion ? read(scalar('dex', 'version'), standaloneTarget) : targetIn(standaloneTarget());
  return connectorTargetOf({
    dex: scalar('identity', 'dex') === 'standalone' ? { target: dex } : undefined,
    release: { connectorTarget: read(scalar('release'), targetOfRelease) },
  });
}

function read(version: unknown, parse: (version: string) => TargetResult): Target | undefined {
  return typeof version === 'string' ? targetIn(parse(version)) : undefined;
}

function targetIn(result: TargetResult): Target | undefined {
  return result.ok ? result.target : undefined;
}
