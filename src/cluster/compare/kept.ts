import { isMapping } from '../../document/is-mapping';
import type { KubernetesObject } from '../api/objects';

/** Why an object that no document has any more is not deleted; undefined for one that is. */
export function reasonToKeep(
  object: KubernetesObject,
  wanted: readonly KubernetesObject[],
): string | undefined {
  return rows.find((row) => row.kind === object.kind && row.isKept(object, wanted))?.reason;
}

interface KeptRow {
  readonly kind: string;
  readonly isKept: (object: KubernetesObject, wanted: readonly KubernetesObject[]) => boolean;
  readonly reason: string;
}

/** What would be lost for good. */
const rows: readonly KeptRow[] = [
  { kind: 'PersistentVolumeClaim', isKept: () => true, reason: 'its data would go with it' },
  {
    kind: 'CustomResourceDefinition',
    isKept: () => true,
    reason: 'all objects of its kind would go with it',
  },
  {
    kind: 'Secret',
    isKept: (object, wanted) => !valuesOf(object).every((value) => isElsewhere(value, wanted)),
    reason: 'it has values that are in no other Secret of the document',
  },
];

function valuesOf(object: KubernetesObject): string[] {
  const data = object['data'];
  return isMapping(data) ? Object.values(data).map(String) : [];
}

function isElsewhere(value: string, wanted: readonly KubernetesObject[]): boolean {
  return wanted.some((object) => object.kind === 'Secret' && valuesOf(object).includes(value));
}
