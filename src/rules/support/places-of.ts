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
  const visit = (value: object): void => {
    for (const name of Object.keys(value)) {
      const child: unknown = value[name as keyof typeof value];
      if (child === null || typeof child !== 'object') continue;
      path.push(Array.isArray(value) ? Number(name) : name);
      if (name === key) found.push({ path: [...path], value: child as Value });
      else if (name !== 'config') visit(child);
      path.pop();
    }
  };
  visit(document);
  return found;
}
