import type { Diagnostic } from '../../diagnostics/diagnostic';
import { administratorsIn } from '../../model/role-bindings';
import { activationOf, licenseOf, type Activation, type License } from '../activation/activation';
import { bootstrapFailure } from '../activation/bootstrap-failures';
import { valueAt, type KubernetesObject, type Mapping } from '../api/objects';
import type { Resources } from '../api/resources';
import { recordIn, type DeployRecord } from '../apply-set';
import { isChange } from '../compare/change';
import type { KnownSecrets } from '../compare/known-secrets';
import type { Comparison } from '../compare/plan-changes';
import { afterComparison } from '../difference';
import { Settings } from '../meaning/settings';
import { reasonOf, type Reason } from '../wait/reasons';
import { lastLines, readSeen } from '../wait/wait-until-ready';
import { progressOf } from '../wait/workloads';
import type { WantedCluster } from '../wanted-cluster';
import { bindingStatus, type BindingStatus } from './bindings';
import { objectName } from '../../outputs/object-name';

/** A workload as it runs. */
export interface WorkloadStatus {
  /** `Deployment/pachd` */
  readonly name: string;
  readonly isReady: boolean;
  readonly detail: string;
  readonly images: readonly string[];
  readonly reason?: string;
}

/** How a cluster is. */
export interface ClusterStatus {
  readonly name: string;
  readonly namespace: string;
  readonly context: string;
  /** What the last deploy says about itself; missing where there was none. */
  readonly deploy?: Partial<DeployRecord>;
  /** Objects of the document, and how many of them are there. */
  readonly objects: { readonly wanted: number; readonly present: number };
  /** Objects that differ from the document, as `update Deployment/pachd`. */
  readonly drift: readonly string[];
  readonly workloads: readonly WorkloadStatus[];
  /** What pachd is told; missing where it is told nothing, or by the document's Secrets alone. */
  readonly issuer?: string;
  /** Ids of the connectors that Dex is told of. */
  readonly connectors: readonly string[];
  /** Subjects that are cluster administrators by the Secrets in the cluster. */
  readonly administrators: readonly string[];
  /** Role bindings on the cluster, by the document and by the Secrets in the cluster. */
  readonly bindings: BindingStatus;
  readonly activation: Activation;
  /** From the key itself; missing without one, or where it cannot be read. */
  readonly license?: License;
}

/** Looks at a cluster once. */
export async function readStatus(
  resources: Resources,
  wanted: WantedCluster,
  now: Date,
): Promise<{ readonly status?: ClusterStatus; readonly diagnostics: readonly Diagnostic[] }> {
  const { result: status, diagnostics } = await afterComparison(resources, wanted, (comparison, secrets) =>
    statusOf(resources, wanted, comparison, { secrets, now }),
  );
  return status === undefined ? { diagnostics } : { status, diagnostics };
}

async function statusOf(
  resources: Resources,
  { cluster, objects, roleBindings }: WantedCluster,
  comparison: Comparison,
  { secrets, now }: { readonly secrets: KnownSecrets; readonly now: Date },
): Promise<ClusterStatus> {
  const { changes, parent, live } = comparison;
  const settings = new Settings(withOthersSecrets(comparison));
  const workloads = await workloadsOf(resources, comparison, secrets);
  const record = recordIn(parent);
  const issuer = settings.issuer().before;
  const bindings = bindingStatus(roleBindings, settings);
  const license = licenseOf(settings.licenseKey().before, now);
  const activation = workloads.failure ?? activationOf(settings, live.values());
  return {
    name: cluster.name,
    namespace: cluster.namespace,
    context: resources.api.context,
    ...(parent === undefined ? {} : { deploy: record }),
    objects: { wanted: objects.length, present: changes.filter(isThere).length },
    drift: changes.filter(isChange).map(({ action, object }) => `${action} ${objectName(object)}`),
    workloads: workloads.states,
    ...(issuer === undefined ? {} : { issuer }),
    connectors: [...(settings.connectors().before?.keys() ?? [])],
    administrators: administratorsIn(bindings.cluster),
    bindings,
    activation:
      license?.isExpired === true && activation.state !== 'license expired'
        ? {
            state: 'license expired',
            text: `the license key has expired; ${activation.text}`,
            todo: 'set enterprise.licenseKey to a new key and deploy: pachd does not start again without',
          }
        : activation,
    ...(license === undefined ? {} : { license }),
  };
}

/** Something else may have made the Secrets that pachd reads: what is kept in Git encrypted is decrypted by an operator. */
function withOthersSecrets(comparison: Comparison): Comparison {
  const own = new Set(comparison.changes.map(({ object }) => objectName(object)));
  const others = [...comparison.live.values()].filter(
    (object) => object.kind === 'Secret' && !own.has(objectName(object)),
  );
  const asTheyAre = others.map((object): Comparison['changes'][number] => ({
    action: 'none',
    object,
    before: object,
    after: object,
    fields: [],
    conflicts: [],
    restarts: false,
    adopts: false,
  }));
  return { ...comparison, changes: [...comparison.changes, ...asTheyAre] };
}

function isThere({ before, action }: Comparison['changes'][number]): boolean {
  return before !== undefined && action !== 'delete' && action !== 'keep';
}

interface Workloads {
  readonly states: readonly WorkloadStatus[];
  /** What the log of a workload says about the set-up of pachd. */
  readonly failure?: Activation;
}

async function workloadsOf(
  resources: Resources,
  { changes, namespace }: Comparison,
  secrets: KnownSecrets,
): Promise<Workloads> {
  const found = changes.flatMap(({ before }) => {
    const progress = before && progressOf(before);
    return before && progress ? [{ object: before, progress }] : [];
  });
  const isWaiting = found.some(({ progress }) => !progress.isReady);
  const seen = isWaiting ? await readSeen(resources, namespace) : undefined;
  let failure: Activation | undefined;
  const states: WorkloadStatus[] = [];
  for (const { object, progress } of found) {
    const reason = progress.isReady || seen === undefined ? undefined : reasonOf(object, seen);
    failure ??= await failureIn(resources, namespace, reason, secrets);
    const text = progress.failure ?? reason?.text;
    states.push({
      name: progress.name,
      isReady: progress.isReady,
      detail: progress.detail,
      images: imagesOf(object),
      ...(text === undefined ? {} : { reason: secrets.hide(text) }),
    });
  }
  return { states, ...(failure === undefined ? {} : { failure }) };
}

async function failureIn(
  resources: Resources,
  namespace: string,
  reason: Reason | undefined,
  secrets: KnownSecrets,
): Promise<Activation | undefined> {
  if (reason?.logs === undefined) return undefined;
  const lines = await lastLines(resources, namespace, reason.logs, secrets);
  return bootstrapFailure(lines.join('\n'));
}

function imagesOf(object: KubernetesObject): string[] {
  const containers = valueAt(object, 'spec', 'template', 'spec', 'containers');
  return (Array.isArray(containers) ? (containers as Mapping[]) : []).map(({ image }) => String(image));
}
