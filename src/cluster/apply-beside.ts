import type { Diagnostic } from '../diagnostics/diagnostic';
import { applyObject, makeNamespace } from './api/apply';
import type { KubernetesObject } from './api/objects';
import { NAMESPACES, type Resources } from './api/resources';
import { KnownSecrets } from './compare/known-secrets';
import { diagnosticOf, hidden } from './difference';

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
    if ((await resources.get(NAMESPACES, '', namespace)) === undefined)
      await makeNamespace(resources.api, namespace);
    for (const object of objects) {
      const resource = await resources.of(object);
      if (!resource) continue;
      const before = await resources.get(resource, namespace, object.metadata.name);
      if (before !== undefined && !hasLabels(before, object)) continue;
      await applyObject(resources.api, resource, namespace, object, { dryRun: false, force: true });
      applied.push(object);
    }
    return { applied, diagnostics: [] };
  } catch (error) {
    const secrets = new KnownSecrets().learn(objects);
    return { applied, diagnostics: [hidden(diagnosticOf(error, file), secrets)] };
  }
}

function hasLabels(before: KubernetesObject, { metadata: { labels = {} } }: KubernetesObject): boolean {
  return Object.entries(labels).every(([label, value]) => before.metadata.labels?.[label] === value);
}
