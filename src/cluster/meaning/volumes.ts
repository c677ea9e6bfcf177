import { isMapping } from '../../document/is-mapping';
import { valueAt, type KubernetesObject } from '../api/objects';
import { quantityOf } from '../../model/quantity';
import type { Meaning } from './rows';
import type { Settings } from './settings';
import { objectName } from '../../outputs/object-name';

/** What changes mean for volumes: Kubernetes changes none that exist by a template. */
export function volumeMeanings(settings: Settings): readonly Meaning[] {
  return [
    ...settings.ofKind('StatefulSet').flatMap(({ object, before, after }) => {
      const [old, wanted] = [sizeOf(before), sizeOf(after)];
      if (old === undefined || wanted === undefined || old === wanted) return [];
      return [sizeMeaning(objectName(object), old, wanted)];
    }),
    ...settings
      .ofKind('PersistentVolumeClaim')
      .filter(({ action }) => action === 'keep')
      .map(({ object }) => ({
        text: `${objectName(object)} is no longer in the document and stays with its data`,
        todo: `kubectl delete pvc ${object.metadata.name}, where the data is not needed`,
      })),
  ];
}

function sizeMeaning(name: string, old: string, wanted: string): Meaning {
  // False for what is not a quantity: comparisons with NaN are.
  if (quantityOf(wanted) < quantityOf(old))
    return {
      text: `the volume claims of ${name} cannot shrink from ${old} to ${wanted}: those that exist keep their size`,
    };
  return {
    text: `the volume claims of ${name} that exist keep their ${old}; only new ones get ${wanted}`,
    todo: 'kubectl patch pvc, where the storage class allows claims to grow',
  };
}

function sizeOf(object: KubernetesObject | undefined): string | undefined {
  const templates = valueAt(object, 'spec', 'volumeClaimTemplates');
  const [first] = Array.isArray(templates) ? (templates as unknown[]) : [];
  const size = isMapping(first) ? valueAt(first, 'spec', 'resources', 'requests', 'storage') : undefined;
  return typeof size === 'string' || typeof size === 'number' ? String(size) : undefined;
}
