import { ApiRefusal } from '../api/kubernetes-api';
import { valueAt, type KubernetesObject } from '../api/objects';
import { kindsOf, NAMESPACES, orNotFound, pathOf, type Resource, type Resources } from '../api/resources';
import { ApplySet } from '../apply-set';
import { kindSamples, parentOf } from '../compare/plan-changes';
import type { WantedCluster } from '../wanted-cluster';
import { missingRights } from './missing-rights';
import type { ResourceRule, Right } from './right';

/** What someone is going to do with a cluster. */
export type Purpose = 'compare' | 'deploy' | 'destroy';

/** What is done with each kind of object. */
const VERBS: Readonly<Record<Purpose, readonly string[]>> = {
  compare: ['list', 'patch', 'create'],
  deploy: ['list', 'patch', 'create'],
  destroy: ['get', 'list', 'delete'],
};

const CONFIG_MAPS = { group: '', resource: 'configmaps' };
const LEASES = { group: 'coordination.k8s.io', resource: 'leases' };
const CLAIMS = { group: '', resource: 'persistentvolumeclaims' };

const verbsOn = (
  verbs: readonly string[],
  resource: Pick<Right, 'group' | 'resource'>,
  namespace: string,
): Right[] => verbs.map((verb) => ({ verb, ...resource, namespace }));

/** Rights that are needed whatever a document has: for the inventory, and for the Lease. */
const OWN: Readonly<Record<Purpose, (namespace: string) => readonly Right[]>> = {
  compare: (namespace) => verbsOn(['get'], CONFIG_MAPS, namespace),
  deploy: (namespace) => [
    ...verbsOn(['get', 'patch', 'create'], CONFIG_MAPS, namespace),
    ...verbsOn(['get', 'create', 'update'], LEASES, namespace),
  ],
  destroy: (namespace) => [
    ...verbsOn(['get', 'patch', 'delete'], CONFIG_MAPS, namespace),
    ...verbsOn(['get', 'create', 'update', 'delete'], LEASES, namespace),
    ...verbsOn(['list', 'get', 'delete'], CLAIMS, namespace),
  ],
};

/** The rights that something needs, as far as it is known before it is compared. */
export async function neededRights(
  resources: Resources,
  { cluster, objects }: Pick<WantedCluster, 'cluster' | 'objects'>,
  purpose: Purpose,
): Promise<readonly Right[]> {
  const { namespace } = cluster;
  const made = kindSamples(await parentOf(resources, ApplySet.of(cluster)));
  // Destroying concerns what was made; what that is, those do not know who may not read the inventory.
  const isByInventory = purpose === 'destroy' && made.length > 0;
  const kinds = [...kindsOf([...made, ...(isByInventory ? [] : objects)]).values()];
  const rights: Right[] = [...OWN[purpose](namespace)];
  if (purpose === 'deploy') rights.push(...namespaceRights(resources, namespace));
  for (const kind of kinds) {
    const resource = await resources.of(kind);
    if (resource === undefined) continue;
    const own = objects.filter(
      ({ apiVersion, kind: name }) => apiVersion === kind.apiVersion && name === kind.kind,
    );
    // Of a kind that the document does not have, what an earlier deploy has made is listed.
    const verbs = purpose !== 'destroy' && own.length === 0 ? ['list'] : VERBS[purpose];
    for (const verb of verbs) {
      const isNeeded =
        verb === 'create' ? () => isAnyMissing(resources, resource, namespace, own) : undefined;
      rights.push({ ...rightOf(verb, resource, namespace), ...(isNeeded === undefined ? {} : { isNeeded }) });
    }
    if (purpose !== 'destroy' && own.some(hasRules))
      rights.push(...givingRights(resources, resource, namespace, own));
  }
  return rights;
}

/** The right to do something with objects of a kind. */
export function rightOf(
  verb: string,
  { apiVersion, plural, namespaced }: Resource,
  namespace: string,
): Right {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return { verb, group, resource: plural, ...(namespaced ? { namespace } : {}) };
}

/** A namespace that is not there is made. Those who may not look at namespaces work in one that is there. */
function namespaceRights(resources: Resources, name: string): Right[] {
  const isNeeded = async (): Promise<boolean> => {
    try {
      return (await orNotFound(resources.api.request(pathOf(NAMESPACES, '', name)))) === undefined;
    } catch (error) {
      if (error instanceof ApiRefusal) return false;
      throw error;
    }
  };
  return ['create', 'patch'].map((verb) => ({ ...rightOf(verb, NAMESPACES, ''), isNeeded }));
}

/** Applying an object that is there needs no right to create. */
async function isAnyMissing(
  resources: Resources,
  resource: Resource,
  namespace: string,
  objects: readonly KubernetesObject[],
): Promise<boolean> {
  try {
    const live = new Set((await resources.list(resource, namespace)).map(({ metadata: { name } }) => name));
    return objects.some(({ metadata: { name } }) => !live.has(name));
  } catch (error) {
    if (error instanceof ApiRefusal) return true;
    throw error;
  }
}

function hasRules(object: KubernetesObject): boolean {
  return ['Role', 'ClusterRole'].includes(object.kind);
}

/** Kubernetes lets no one give rights that they do not have, unless they may do just that. */
function givingRights(
  resources: Resources,
  resource: Resource,
  namespace: string,
  roles: readonly KubernetesObject[],
): Right[] {
  const given = roles.flatMap((role) =>
    rulesOf(role).flatMap((rule) => rightsIn(rule, resource.namespaced ? namespace : undefined)),
  );
  const isNeeded = async (): Promise<boolean> => (await missingRights(resources.api, given)).length > 0;
  return ['escalate', 'bind'].map((verb) => ({ ...rightOf(verb, resource, namespace), isNeeded }));
}

function rulesOf(role: KubernetesObject): readonly ResourceRule[] {
  const rules = valueAt(role, 'rules');
  return Array.isArray(rules) ? (rules as ResourceRule[]) : [];
}

function rightsIn({ verbs = [], apiGroups = [], resources = [] }: ResourceRule, namespace?: string): Right[] {
  const place = namespace === undefined ? {} : { namespace };
  return verbs.flatMap((verb) =>
    apiGroups.flatMap((group) => resources.map((resource) => ({ verb, group, resource, ...place }))),
  );
}
