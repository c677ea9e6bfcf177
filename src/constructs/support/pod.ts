import { k8s } from './kubernetes';
import type { Cluster, Placement, Resources, StringMap } from '../../model/cluster';

/** Where a pod runs, as the part of a pod spec that says so. */
export function placementOf(
  placement: Placement,
): Pick<k8s.PodSpec, 'nodeSelector' | 'tolerations' | 'affinity' | 'priorityClassName'> {
  return {
    ...(placement.nodeSelector === undefined ? {} : { nodeSelector: { ...placement.nodeSelector } }),
    ...(placement.tolerations === undefined
      ? {}
      : { tolerations: placement.tolerations as unknown as k8s.Toleration[] }),
    ...(placement.affinity === undefined ? {} : { affinity: placement.affinity as k8s.Affinity }),
    ...(placement.priorityClassName === undefined ? {} : { priorityClassName: placement.priorityClassName }),
  };
}

/** Requests and limits of a container; nothing when the cluster has none. */
export function resourcesOf(resources: Resources): Pick<k8s.Container, 'resources'> {
  if (!resources.requests && !resources.limits) return {};
  return {
    resources: {
      ...(resources.requests ? { requests: quantities(resources.requests) } : {}),
      ...(resources.limits ? { limits: quantities(resources.limits) } : {}),
    },
  };
}

function quantities(list: StringMap): Record<string, k8s.Quantity> {
  return Object.fromEntries(
    Object.entries(list).map(([name, amount]) => [name, k8s.Quantity.fromString(amount)]),
  );
}

/** Secrets that images are pulled with. */
export function pullSecretsOf(cluster: Pick<Cluster, 'images'>): Pick<k8s.PodSpec, 'imagePullSecrets'> {
  const names = cluster.images.pullSecrets;
  return names.length === 0 ? {} : { imagePullSecrets: names.map((name) => ({ name })) };
}

/** A container that runs as `user`, cannot gain rights and cannot write to its image. */
export function containerSecurityContext(user: number): k8s.SecurityContext {
  return {
    runAsUser: user,
    runAsGroup: user,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    // Pod Security's restricted level compares the name exactly; container runtimes take any case.
    capabilities: { drop: ['ALL'] },
  };
}

/** A pod whose containers all run as `user`. */
export function podSecurityContext(user: number): k8s.PodSecurityContext {
  return {
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}
