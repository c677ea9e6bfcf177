import type { Cluster, Placement } from '../../model/cluster';
import type { k8s } from './kubernetes';
import { mountsOf, type Mount } from './mounts';
import { placementOf, pullSecretsOf } from './pod';
import { securityContexts } from './security-contexts';

/** A pod with one container, which runs as `user`. */
interface OneContainer {
  readonly placement: Placement;
  readonly user: number;
  readonly container: k8s.Container;
  /** @default none */
  readonly mounts?: readonly Mount[];
}

/** The spec of such a pod: where it runs, what its images are pulled with, what it may do, and what it sees. */
export function podSpec(
  cluster: Pick<Cluster, 'release' | 'images' | 'securityContexts'>,
  { placement, user, container, mounts = [] }: OneContainer,
): k8s.PodSpec {
  const security = securityContexts(cluster, user);
  const mounted = mountsOf(mounts);
  return {
    ...placementOf(placement),
    ...pullSecretsOf(cluster),
    ...security.pod,
    containers: [{ ...container, ...mounted.container, ...security.container }],
    ...mounted.pod,
  };
}
