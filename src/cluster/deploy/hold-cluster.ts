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
}

/**
 * Looks whether the rights are there, and takes the Lease of a cluster before anything is compared with it, so that what is
 * shown is still true when it is done. A Lease needs its namespace: {@link runDeploy} takes that of a namespace which it makes.
 * A dry run writes nothing, and waits for no one.
 */
export async function holdCluster(
  resources: Resources,
  wanted: WantedCluster,
  { isDryRun, emit }: { readonly isDryRun: boolean; readonly emit: Emit },
): Promise<HeldCluster | Diagnostic> {
  const { cluster, file } = wanted;
  const { name, namespace } = ApplySet.of(cluster);
  try {
    const [refused] = await reviewRights(resources, wanted, isDryRun ? 'compare' : 'deploy');
    if (refused) return refused;
    if (isDryRun) return { lease: undefined };
    return { lease: await takeLease(resources, { name, namespace }, emit) };
  } catch (error) {
    if (error instanceof ApiRefusal && isWithoutNamespace(error)) return { lease: undefined };
    return diagnosticOf(error, file);
  }
}

/** Takes the Lease of an inventory. */
export function takeLease(
  resources: Resources,
  { name, namespace }: Pick<ApplySet, 'name' | 'namespace'>,
  emit: Emit,
): Promise<Lease> {
  return Lease.take(resources.api, {
    name,
    namespace,
    now: () => new Date(),
    onWait: (holder) => emit({ type: 'lease', holder }),
  });
}

/** What an API server says of an object in a namespace that is not there, or that is being deleted. */
function isWithoutNamespace({ status, message }: ApiRefusal): boolean {
  return status === 404 || (status === 403 && message.includes('because it is being terminated'));
}
