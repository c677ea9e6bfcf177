import type { PathStep } from '../../document/source-node';
import type { ClusterDocument } from '../../generated/cluster-document';

/** A mapping or list of the document, and where it is. */
export interface PlacedValue<Value> {
  readonly path: readonly PathStep[];
  readonly value: Value;
}

/** Every mapping and list that a document has under `key`, whatever section it is in; connector settings are Dex's own. */
export function placesOf<Value extends object>(
  document: ClusterDocument,
  key: string,
): readonly PlacedValue<Value>[] {
  const found: PlacedValue<Value>[] = [];
  const path: PathStep[] = [];
  const enter = (child: unknown, step: PathStep): void => {
    if (child === null || typeof child !== 'object') return;
    path.push(step);
    if (step === key) found.push({ path: [...path], value: child as Value });
    else if (step !== 'config') visit(child);
    path.pop();
  };
  const visit = (value: object): void => {
    if (Array.isArray(value)) value.forEach(enter);
    else Object.keys(value).forEach((name) => enter(value[name as keyof typeof value], name));
  };
  visit(document);
  return found;
}
