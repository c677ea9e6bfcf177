import type { Diagnostic } from '../../diagnostics/diagnostic';
import { isMapping } from '../../document/is-mapping';
import type { Cluster } from '../../model/cluster';
import { concurrently } from '../api/concurrently';
import { ApiRefusal } from '../api/kubernetes-api';
import { asApplied, keyOf, valueAt, type KubernetesObject } from '../api/objects';
import { byKey, kindsOf, NAMESPACES, type Resource, type Resources } from '../api/resources';
import { ApplySet, kindsIn } from '../apply-set';
import { refusalDiagnostic } from '../refusal';
import type { ChangeSet, ObjectChange } from './change';
import { created, hasPods, ObjectComparison, removal, shown } from './compare-object';
import { changedFields } from './fields';
import { objectName } from '../../outputs/object-name';

/** A document against a cluster. */
export interface Comparison extends ChangeSet {
  readonly applySet: ApplySet;
  /** The inventory of the last deploy, where there was one. */
  readonly parent?: KubernetesObject;
  /** That of deploys under another name, which this document takes over. */
  readonly formerParent?: KubernetesObject;
  readonly namespaceExists: boolean;
  /** Everything of the listed kinds that is in the namespace, by its key. */
  readonly live: ReadonlyMap<string, KubernetesObject>;
}

/** What is compared. */
export interface Wanted {
  readonly cluster: Pick<Cluster, 'name' | 'namespace'>;
  readonly objects: readonly KubernetesObject[];
  /** The document, as the user named it. */
  readonly file: string;
  /** What deploys under this name have made is taken for this document's own. */
  readonly formerName?: string;
}

/**
 * What applying objects would change in a cluster, by letting its API server apply them and write nothing. Each kind is
 * listed once.
 */
export async function planChanges(resources: Resources, wanted: Wanted): Promise<Comparison> {
  const { cluster, file } = wanted;
  const applySet = ApplySet.of(cluster);
  const objects = wanted.objects.map(asApplied);
  const diagnostics: Diagnostic[] = [];
  const namespaceExists = await hasNamespace(resources, cluster.namespace, file, diagnostics);
  const parent = namespaceExists ? await parentOf(resources, applySet) : undefined;
  const former =
    wanted.formerName === undefined ? undefined : ApplySet.of({ ...cluster, name: wanted.formerName });
  const formerParent = former && namespaceExists ? await parentOf(resources, former) : undefined;
  const made = [...kindSamples(parent), ...kindSamples(formerParent)];
  const live = namespaceExists
    ? await readLive(resources, [...objects, ...made], cluster.namespace, file, diagnostics)
    : new Map<string, KubernetesObject>();
  const scaled = scaledWorkloads(live);
  const changes =
    diagnostics.length > 0
      ? []
      : await concurrently(objects, (object) => {
          const change = new ObjectComparison(resources, applySet, namespaceExists, file);
          return change.of(withLiveReplicas(object, live.get(keyOf(object)), scaled), live, diagnostics);
        });
  const keys = new Set(objects.map(keyOf));
  const gone = [...live.values()]
    .filter(
      (object) =>
        (applySet.isMember(object) || former?.isMember(object) === true) &&
        !keys.has(keyOf(object)) &&
        !isOwned(object),
    )
    .map((object) => removal(object, objects));
  return {
    applySet,
    namespace: cluster.namespace,
    namespaceExists,
    live,
    ...(parent === undefined ? {} : { parent }),
    ...(formerParent === undefined ? {} : { formerParent }),
    changes: [...changes.filter((change) => change !== undefined), ...gone],
    diagnostics,
  };
}

async function hasNamespace(
  resources: Resources,
  name: string,
  file: string,
  diagnostics: Diagnostic[],
): Promise<boolean> {
  try {
    const namespace = await resources.get(NAMESPACES, '', name);
    if (namespace?.metadata.deletionTimestamp !== undefined)
      diagnostics.push({
        code: 'CLU008',
        severity: 'error',
        message: `The namespace ${name} is being deleted: nothing can be created in it`,
        location: { file },
        path: '',
        hint: `wait until kubectl get namespace ${name} does not find it any more, then run the command again`,
      });
    return namespace !== undefined;
  } catch (error) {
    // Those who may work in a namespace need not be allowed to look at it.
    if (error instanceof ApiRefusal && error.status === 403) return true;
    throw error;
  }
}

export async function parentOf(
  resources: Resources,
  { name, namespace }: ApplySet,
): Promise<KubernetesObject | undefined> {
  const configMaps: Resource = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    plural: 'configmaps',
    namespaced: true,
  };
  try {
    return await resources.get(configMaps, namespace, name);
  } catch (error) {
    // Listing what is there says which right is missing.
    if (error instanceof ApiRefusal && error.status === 403) return undefined;
    throw error;
  }
}

/** API versions of kinds that a deploy may have made and this document does not have, as inventories do not say them. */
const VERSIONS: Readonly<Record<string, string>> = {
  '': 'v1',
  apps: 'apps/v1',
  batch: 'batch/v1',
  'networking.k8s.io': 'networking.k8s.io/v1',
  'rbac.authorization.k8s.io': 'rbac.authorization.k8s.io/v1',
  'apiextensions.k8s.io': 'apiextensions.k8s.io/v1',
  policy: 'policy/v1',
};

/** An object of each kind that an inventory names. */
export function kindSamples(parent: KubernetesObject | undefined): KubernetesObject[] {
  return kindsIn(parent).flatMap((groupKind) => {
    const [kind = '', ...group] = groupKind.split('.');
    const apiVersion = VERSIONS[group.join('.')];
    return apiVersion === undefined ? [] : [{ apiVersion, kind, metadata: { name: '' } }];
  });
}

/** Kinds that say how many Pods of others run. */
const AUTOSCALERS = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' };

async function readLive(
  resources: Resources,
  objects: readonly KubernetesObject[],
  namespace: string,
  file: string,
  diagnostics: Diagnostic[],
): Promise<Map<string, KubernetesObject>> {
  const kinds = [...kindsOf(objects).values()];
  const lists = await concurrently([...kinds, { ...AUTOSCALERS, metadata: { name: '' } }], async (kind) => {
    const resource = await resources.of(kind);
    if (resource === undefined) return [];
    try {
      return await resources.list(resource, namespace);
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      if (kind.kind !== AUTOSCALERS.kind)
        diagnostics.push(refusalDiagnostic(error, `to list ${resource.plural}`, file));
      return [];
    }
  });
  return byKey(lists.flat());
}

/** Workloads that something else scales, by `Kind/name`. */
function scaledWorkloads(live: ReadonlyMap<string, KubernetesObject>): ReadonlySet<string> {
  const targets = [...live.values()]
    .filter(({ kind }) => kind === AUTOSCALERS.kind)
    .map((autoscaler) => valueAt(autoscaler, 'spec', 'scaleTargetRef'))
    .filter(isMapping)
    .map(({ kind, name }) => `${String(kind)}/${String(name)}`);
  // pachd scales its workers for storage itself.
  return new Set([...targets, 'Deployment/pachw']);
}

/** An object with the replicas that it has, where something else says how many there are. */
function withLiveReplicas(
  object: KubernetesObject,
  live: KubernetesObject | undefined,
  scaled: ReadonlySet<string>,
): KubernetesObject {
  const replicas = valueAt(live, 'spec', 'replicas');
  if (typeof replicas !== 'number' || !scaled.has(objectName(object))) return object;
  return { ...object, spec: { ...(object['spec'] as object), replicas } };
}

/** Whether another object made it, and deletes it. */
function isOwned({ metadata }: KubernetesObject): boolean {
  return (metadata.ownerReferences ?? []).length > 0;
}

/** Compares what two documents are made into. */
export function compareObjects(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
  namespace: string,
): ChangeSet {
  const old = byKey(before.map(asApplied));
  const wanted = after.map(asApplied);
  const keys = new Set(wanted.map(keyOf));
  const changes = wanted.map((object): ObjectChange => {
    const earlier = old.get(keyOf(object));
    if (earlier === undefined) return created(object);
    const fields = changedFields(shown(earlier), shown(object));
    return {
      ...created(object),
      action: fields.length === 0 ? 'none' : 'update',
      before: earlier,
      fields,
      restarts:
        hasPods(object) && fields.some(({ path: [top, next] }) => top === 'spec' && next === 'template'),
    };
  });
  const gone = [...old.values()].filter((object) => !keys.has(keyOf(object)));
  return {
    namespace,
    changes: [
      ...changes,
      ...gone.map((object) => ({ ...removal(object, wanted), action: 'delete' as const })),
    ],
    diagnostics: [],
  };
}
