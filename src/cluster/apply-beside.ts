import type { Diagnostic } from '../diagnostics/diagnostic';
import { applyObject } from './api/apply';
import type { KubernetesObject } from './api/objects';
import type { Resources } from './api/resources';
import { diagnosticOf } from './difference';

const NAMESPACES = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false };

/**
 * Applies objects that belong to a cluster and to no document, and which no deploy deletes, in a namespace that is made where
 * there is none. Applying them again changes nothing. An object of that name without their labels is someone else's, and stays.
 *
 * @returns those that were applied
 */
export async function applyBeside(
  resources: Resources,
  namespace: string,
  objects: readonly KubernetesObject[],
  file: string,
): Promise<{ readonly applied: readonly KubernetesObject[]; readonly diagnostics: readonly Diagnostic[] }> {
  const applied: KubernetesObject[] = [];
  try {
    const options = { dryRun: false, force: true };
    if ((await resources.get(NAMESPACES, '', namespace)) === undefined) {
      const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
      await applyObject(resources.api, NAMESPACES, '', object, options);
    }
    for (const object of objects) {
      const resource = await resources.of(object);
      if (!resource) continue;
      const before = await resources.get(resource, namespace, object.metadata.name);
      if (before !== undefined && !hasLabels(before, object)) continue;
      await applyObject(resources.api, resource, namespace, object, options);
      applied.push(object);
    }
    return { applied, diagnostics: [] };
  } catch (error) {
    return { applied, diagnostics: [diagnosticOf(error, file)] };
  }
}

function hasLabels(before: KubernetesObject, { metadata: { labels = {} } }: KubernetesObject): boolean {
  return Object.entries(labels).every(([label, value]) => before.metadata.labels?.[label] === value);
}
