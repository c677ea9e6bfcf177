import type { PathStep } from '../../document/source-node';
import type { ClusterDocument } from '../../generated/cluster-document';

/** A mapping or list of the document, and where it is. */
export interface PlacedValue<Value> {
  readonly path: readonly PathStep[];
  readonly value: Value;
}

/** Every mapping and list that a document has under `key`, whatever section it is in; connector settings are Dex's own. */
export function* placesOf<Value extends object>(
  document: ClusterDocument,
  key: string,
): Generator<PlacedValue<Value>> {
  yield* inside(document, key, []);
}

function* inside<Value extends object>(
  value: unknown,
  key: string,
  path: readonly PathStep[],
): Generator<PlacedValue<Value>> {
  if (value === null || typeof value !== 'object') return;
  for (const [name, child] of Object.entries(value)) {
    if (child === null || typeof child !== 'object') continue;
    const at = [...path, Array.isArray(value) ? Number(name) : name];
    if (name === key) yield { path: at, value: child as Value };
    else if (name !== 'config') yield* inside(child, key, at);
  }
}
