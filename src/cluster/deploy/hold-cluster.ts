import type { Diagnostic } from '../../diagnostics/diagnostic';
import { ApiRefusal } from '../api/kubernetes-api';
import type { Resources } from '../api/resources';
import { ApplySet } from '../apply-set';
import { diagnosticOf } from '../difference';
import { reviewRights } from '../rights/review';
import type { WantedCluster } from '../wanted-cluster';
import type { Emit } from './events';
import { Lease } from './lease';

/** A cluster that no one else deploys meanwhile. Without a Lease where its namespace is not there, or is going. */
export interface HeldCluster {
  readonly lease: Lease | undefined;
  /** That of the name which the document had before, so that no one deploys under it meanwhile. */
  readonly former?: Lease;
}

/** How a cluster is held. */
export interface HoldOptions {
  readonly isDryRun: boolean;
  /** The name that the document had before, whose objects are taken over. */
  readonly formerName?: string;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/**
 * Looks whether the rights are there, and takes the Lease of a cluster before anything is compared with it, so that what is
 * shown is still true when it is done. A Lease needs its namespace: {@link runDeploy} takes that of a namespace which it makes.
 * A dry run writes nothing, and waits for no one.
 */
export async function holdCluster(
  resources: Resources,
  wanted: WantedCluster,
  { isDryRun, formerName, emit, signal }: HoldOptions,
): Promise<HeldCluster | Diagnostic> {
  const { cluster, file } = wanted;
  const { name, namespace } = ApplySet.of(cluster);
  let lease: Lease | undefined;
  try {
    const [refused] = await reviewRights(resources, wanted, isDryRun ? 'compare' : 'deploy');
    if (refused) return refused;
    if (isDryRun) return { lease: undefined };
    lease = await takeLease(resources, { name, namespace }, emit, signal);
    if (formerName === undefined || formerName === cluster.name) return { lease };
    const former = ApplySet.of({ name: formerName, namespace });
    return { lease, former: await takeLease(resources, former, emit, signal) };
  } catch (error) {
    await lease?.release();
    if (error instanceof ApiRefusal && isWithoutNamespace(error)) return { lease: undefined };
    return diagnosticOf(error, file);
  }
}

/** Takes the Lease of an inventory. */
export function takeLease(
  resources: Resources,
  { name, namespace }: Pick<ApplySet, 'name' | 'namespace'>,
  emit: Emit,
  signal: AbortSignal,
): Promise<Lease> {
  return Lease.take(resources.api, {
    name,
    namespace,
    now: () => new Date(),
    onWait: (holder) => emit({ type: 'lease', holder }),
    signal,
  });
}

/** Gives back what was held. Nothing of a former name stays. */
export async function releaseCluster({ lease, former }: HeldCluster): Promise<void> {
  await former?.remove();
  await lease?.release();
}

/** What an API server says of an object in a namespace that is not there, or that is being deleted. */
function isWithoutNamespace({ status, message }: ApiRefusal): boolean {
  return status === 404 || (status === 403 && message.includes('because it is being terminated'));
}
