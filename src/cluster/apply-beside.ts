import type { Diagnostic } from '../diagnostics/diagnostic';
import { applyObject } from './api/apply';
import type { KubernetesObject } from './api/objects';
import type { Resources } from './api/resources';
import { diagnosticOf } from './difference';

/**
 * Applies objects that belong to a cluster and to no document, and which no deploy deletes. Applying them again changes
 * nothing.
 */
export async function applyBeside(
  resources: Resources,
  namespace: string,
  objects: readonly KubernetesObject[],
  file: string,
): Promise<readonly Diagnostic[]> {
  try {
    for (const object of objects) {
      const resource = await resources.of(object);
      if (resource)
        await applyObject(resources.api, resource, namespace, object, { dryRun: false, force: true });
    }
    return [];
  } catch (error) {
    return [diagnosticOf(error, file)];
  }
}
