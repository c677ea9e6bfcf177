import type { Diagnostic } from '../../diagnostics/diagnostic';
import { applyObject } from '../api/apply';
import { concurrently } from '../api/concurrently';
import { asApplied, groupKindOf, valueAt, type KubernetesObject } from '../api/objects';
import { orNotFound, pathOf, type Resource, type Resources } from '../api/resources';
import { ApplySet, recordIn, type DeployRecord } from '../apply-set';
import { reasonToKeep } from '../compare/kept';
import { KnownSecrets } from '../compare/known-secrets';
import { kindSamples, parentOf } from '../compare/plan-changes';
import { diagnosticOf, hidden } from '../difference';
import { ClusterFailure, interruption } from '../failure';
import type { WantedCluster } from '../wanted-cluster';
import { deleteObject } from './apply-changes';
import type { Emit } from './events';
import { reviewRights } from '../rights/review';
import { takeLease } from './hold-cluster';
import type { Lease } from './lease';
import { phaseOf } from './phases';
import { objectName } from '../../outputs/object-name';

/** What is going to be deleted, and what stays. */
export interface PreparedDestroy {
  readonly applySet: ApplySet;
  readonly record: Partial<DeployRecord>;
  /** In the order of deleting. */
  readonly deleted: readonly KubernetesObject[];
  readonly kept: readonly { readonly object: KubernetesObject; readonly reason: string }[];
}

const CLAIMS: Resource = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  namespaced: true,
};
const CONFIG_MAPS: Resource = { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true };
const LEASES: Resource = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  plural: 'leases',
  namespaced: true,
};

/** Finds what deploys of a cluster have made. */
export async function prepareDestroy(
  resources: Resources,
  wanted: WantedCluster,
  withData: boolean,
): Promise<PreparedDestroy | { readonly diagnostics: readonly Diagnostic[] }> {
  const { cluster, objects, file } = wanted;
  try {
    const applySet = ApplySet.of(cluster);
    const { namespace } = cluster;
    const refused = await reviewRights(resources, wanted, 'destroy');
    if (refused.length > 0) return { diagnostics: refused };
    const parent = await parentOf(resources, applySet);
    if (parent === undefined)
      throw new ClusterFailure(
        'CLU017',
        `There is no ConfigMap ${applySet.name} in the namespace ${namespace}: pachkit deploy has made nothing of this cluster there`,
        'name another context with --context; what kubectl or Helm have made is theirs to delete',
      );
    const lists = await concurrently(kindSamples(parent), async (kind) => {
      const resource = await resources.of(kind);
      return resource ? resources.list(resource, namespace) : [];
    });
    const members = lists.flat().filter((object) => applySet.isMember(object));
    const claims = (await resources.list(CLAIMS, namespace)).filter((claim) =>
      members.some((member) => isClaimOf(claim, member)),
    );
    const applied = objects.map(asApplied);
    const all = [
      ...members.filter((member) => !claims.some((claim) => objectName(claim) === objectName(member))),
      ...claims,
    ];
    const states = all.map((object) => ({
      object,
      reason: withData ? undefined : reasonToKeep(object, applied),
    }));
    return {
      applySet,
      record: recordIn(parent),
      deleted: states
        .filter(({ reason }) => reason === undefined)
        .map(({ object }) => object)
        .sort((a, b) => phaseOf(b) - phaseOf(a)),
      kept: states.flatMap(({ object, reason }) => (reason === undefined ? [] : [{ object, reason }])),
    };
  } catch (error) {
    return { diagnostics: [diagnosticOf(error, file)] };
  }
}

/** Whether a claim is one that a StatefulSet has made of its templates. */
function isClaimOf(claim: KubernetesObject, { kind, metadata, ...rest }: KubernetesObject): boolean {
  if (kind !== 'StatefulSet') return false;
  const templates = valueAt(rest, 'spec', 'volumeClaimTemplates');
  return (Array.isArray(templates) ? templates : []).some((template: unknown) => {
    const prefix = `${String(valueAt(template, 'metadata', 'name'))}-${metadata.name}-`;
    return claim.metadata.name.startsWith(prefix) && /^\d+$/.test(claim.metadata.name.slice(prefix.length));
  });
}

/** Deletes what was found, workloads first. The inventory goes last, so that an interrupted run goes on. */
export async function runDestroy(
  resources: Resources,
  { cluster: { namespace }, objects, file }: WantedCluster,
  { applySet, record, deleted, kept }: PreparedDestroy,
  { emit, signal }: { readonly emit: Emit; readonly signal: AbortSignal },
): Promise<readonly Diagnostic[]> {
  const { api } = resources;
  const secrets = new KnownSecrets().learn(objects).learn(deleted);
  let lease: Lease | undefined;
  try {
    lease = await takeLease(resources, applySet, emit, signal);
    for (const object of deleted) {
      if (signal.aborted) throw interruption('what is left stays', 'run pachkit destroy again: it goes on');
      await deleteObject(resources, object, namespace);
      emit({ type: 'deleted', object: objectName(object), action: 'delete' });
    }
    for (const { object, reason } of kept) emit({ type: 'kept', object: objectName(object), reason });
    if (kept.length === 0)
      await orNotFound(api.request(pathOf(CONFIG_MAPS, namespace, applySet.name), { method: 'DELETE' }));
    else {
      const { release = '', pachkit = '', began = '' } = record;
      const kinds = kept.map(({ object }) => groupKindOf(object));
      const parent = applySet.parent(kinds, { release, pachkit, began });
      await applyObject(api, CONFIG_MAPS, namespace, parent, { dryRun: false, force: true });
    }
    emit({ type: 'done', applied: 0, deleted: deleted.length });
    return [];
  } catch (error) {
    return [hidden(diagnosticOf(error, file), secrets)];
  } finally {
    await lease?.release();
    if (lease !== undefined && kept.length === 0 && !signal.aborted)
      await orNotFound(api.request(pathOf(LEASES, namespace, applySet.name), { method: 'DELETE' })).catch(
        () => undefined,
      );
  }
}
