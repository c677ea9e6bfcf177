import { concurrently } from '../api/concurrently';
import { ApiRefusal, type KubernetesApi } from '../api/kubernetes-api';
import type { ResourceRule, Right } from './right';

/**
 * Those of some rights that the user of a connection does not have. The rules that hold in the namespace are listed in one
 * request; only what they do not give is asked for one by one, since authorizers other than RBAC list no rules.
 */
export async function missingRights(api: KubernetesApi, rights: readonly Right[]): Promise<readonly Right[]> {
  const namespaces = [...new Set(rights.flatMap(({ namespace }) => namespace ?? []))];
  const rules = new Map(
    await concurrently(namespaces, async (namespace) => [namespace, await rulesIn(api, namespace)] as const),
  );
  const open = rights.filter(
    (right) =>
      right.namespace === undefined || !(rules.get(right.namespace) ?? []).some((rule) => gives(rule, right)),
  );
  const denied = await concurrently(
    open,
    async (right) => !(await isAllowed(api, right)) && ((await right.isNeeded?.()) ?? true),
  );
  return open.filter((_, index) => denied[index]);
}

/** The name that an API server knows the user of a connection by; undefined where it does not say. */
export async function userOf(api: KubernetesApi): Promise<string | undefined> {
  const review = await orUnknown(
    api.request<{ readonly status?: { readonly userInfo?: { readonly username?: string } } }>(
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      asked('authentication.k8s.io/v1', 'SelfSubjectReview'),
    ),
  );
  return review?.status?.userInfo?.username;
}

async function rulesIn(api: KubernetesApi, namespace: string): Promise<readonly ResourceRule[]> {
  const review = await orUnknown(
    api.request<{ readonly status?: { readonly resourceRules?: readonly ResourceRule[] | null } }>(
      '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
      asked('authorization.k8s.io/v1', 'SelfSubjectRulesReview', { namespace }),
    ),
  );
  return review?.status?.resourceRules ?? [];
}

/** Whether a rule gives a right to all objects of a kind. */
function gives(
  { verbs = [], apiGroups = [], resources = [], resourceNames = [] }: ResourceRule,
  { verb, group, resource }: Right,
): boolean {
  const has = (list: readonly string[], value: string): boolean => list.includes('*') || list.includes(value);
  return resourceNames.length === 0 && has(verbs, verb) && has(apiGroups, group) && has(resources, resource);
}

async function isAllowed(api: KubernetesApi, { verb, group, namespace, ...right }: Right): Promise<boolean> {
  const [resource, subresource] = right.resource.split('/');
  const review = await orUnknown(
    api.request<{ readonly status?: { readonly allowed?: boolean } }>(
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      asked('authorization.k8s.io/v1', 'SelfSubjectAccessReview', {
        resourceAttributes: {
          ...{ verb, group, resource },
          ...(subresource === undefined ? {} : { subresource }),
          ...(namespace === undefined ? {} : { namespace }),
        },
      }),
    ),
  );
  // What cannot be asked is seen when it is done.
  return review?.status?.allowed ?? true;
}

function asked(apiVersion: string, kind: string, spec?: object) {
  const body = { apiVersion, kind, ...(spec === undefined ? {} : { spec }) };
  return { method: 'POST', isRepeatable: true, body } as const;
}

/** An API server that does not know a kind of review, or does not let it be made, says nothing about rights. */
async function orUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiRefusal) return undefined;
    throw error;
  }
}
