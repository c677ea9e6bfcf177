import type { Cluster } from '../../model/cluster';
import type { k8s } from './kubernetes';
import { containerSecurityContext, podSecurityContext } from './pod';

/**
 * The security contexts of a pod whose one container runs as `user`, as Pod Security's level `restricted` wants them;
 * nothing for releases without, and nothing where the document switches them off because the platform assigns its own.
 */
export function securityContexts(
  { release, securityContexts: switchedOn }: Pick<Cluster, 'release' | 'securityContexts'>,
  user: number,
): {
  readonly pod: Pick<k8s.PodSpec, 'securityContext'>;
  readonly container: Pick<k8s.Container, 'securityContext'>;
} {
  if (!switchedOn || !release.hasContainerSecurityContexts) return { pod: {}, container: {} };
  return {
    pod: { securityContext: podSecurityContext(user) },
    container: { securityContext: containerSecurityContext(user) },
  };
}
