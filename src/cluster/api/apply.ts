import { FIELD_MANAGER } from '../apply-set';
import { ApiRefusal, type KubernetesApi } from './kubernetes-api';
import type { KubernetesObject } from './objects';
import { NAMESPACES, pathOf, type Resource } from './resources';

/** How an object is applied. */
export interface ApplyOptions {
  readonly dryRun: boolean;
  /** Whether fields that others set differently are taken over. */
  readonly force: boolean;
}

/** Applies an object on the side of the server. Returns it as it is then, or would be. */
export function applyObject(
  api: KubernetesApi,
  resource: Resource,
  namespace: string,
  object: KubernetesObject,
  { dryRun, force }: ApplyOptions,
): Promise<KubernetesObject> {
  return api.request<KubernetesObject>(pathOf(resource, namespace, object.metadata.name), {
    method: 'PATCH',
    contentType: 'application/apply-patch+yaml',
    query: {
      fieldManager: FIELD_MANAGER,
      fieldValidation: 'Strict',
      ...(force ? { force: 'true' } : {}),
      ...(dryRun ? { dryRun: 'All' } : {}),
    },
    body: object,
  });
}

/** Whether an API server refuses because other field managers say something else. */
export function isConflict(error: unknown): error is ApiRefusal {
  return (
    error instanceof ApiRefusal &&
    error.status === 409 &&
    error.causes.some(({ reason }) => reason === 'FieldManagerConflict')
  );
}

/** Makes a namespace that is not there. */
export function makeNamespace(api: KubernetesApi, name: string): Promise<KubernetesObject> {
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  return applyObject(api, NAMESPACES, '', object, { dryRun: false, force: false });
}
