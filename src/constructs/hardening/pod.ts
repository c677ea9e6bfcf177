import { quantityOf } from '../../model/quantity';
import type { k8s } from '../support/kubernetes';
import type { Amounts, WorkloadFacts } from './workloads';

/** Resources of a manifest, where amounts are strings. */
interface WrittenResources {
  readonly requests?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string>>;
}

/** A container of a manifest, and a pod. */
export type WrittenContainer = Omit<k8s.Container, 'resources'> & { readonly resources?: WrittenResources };
export type WrittenPod = Omit<k8s.PodSpec, 'containers' | 'initContainers'> & {
  readonly containers: readonly WrittenContainer[];
  readonly initContainers?: readonly WrittenContainer[];
};

/**
 * A pod with the least that its program needs: no token of the default service account, what Pod Security calls restricted,
 * requests and limits, and images that are looked up at each start. What the pod says itself stays.
 *
 * @param restricts - whether security contexts are written; OpenShift assigns its own
 */
export function hardenedPod(pod: WrittenPod, facts: WorkloadFacts, restricts: boolean): WrittenPod {
  const { initContainers } = pod;
  const containerOf = (container: WrittenContainer): WrittenContainer => ({
    // What the model says nothing of; a node would hand out images that the pod itself may not pull.
    imagePullPolicy: 'Always',
    ...container,
    resources: resourcesOf(container.resources, facts),
    ...(restricts ? { securityContext: restrictedContainer(container, pod, facts) } : {}),
  });
  return {
    ...pod,
    // Nothing gives the default service account rights that a program here needs.
    ...(pod.serviceAccountName === undefined ? { automountServiceAccountToken: false } : {}),
    ...(restricts ? { securityContext: restrictedPod(pod, facts) } : {}),
    containers: pod.containers.map(containerOf),
    ...(initContainers ? { initContainers: initContainers.map(containerOf) } : {}),
  };
}

/** A root user has to stay one: it writes to a directory of the node. */
function restrictedPod(pod: WrittenPod, { user }: WorkloadFacts): k8s.PodSecurityContext {
  const { securityContext } = pod;
  const users = pod.containers.map((container) => userOf(container, pod));
  return {
    ...(users.every((each) => each !== undefined && each !== 0) ? { runAsNonRoot: true } : {}),
    ...securityContext,
    ...(user !== undefined && securityContext?.runAsUser
      ? { runAsUser: user, runAsGroup: user, fsGroup: user }
      : {}),
    seccompProfile: securityContext?.seccompProfile ?? { type: 'RuntimeDefault' },
  };
}

function restrictedContainer(
  container: WrittenContainer,
  pod: WrittenPod,
  { user }: WorkloadFacts,
): k8s.SecurityContext {
  const { securityContext } = container;
  const isOrdinary = (userOf(container, pod) ?? 0) !== 0;
  return {
    allowPrivilegeEscalation: false,
    ...(isOrdinary ? { capabilities: { drop: ['ALL'] } } : {}),
    ...securityContext,
    ...(user !== undefined && securityContext?.runAsUser ? { runAsUser: user, runAsGroup: user } : {}),
  };
}

function userOf({ securityContext }: WrittenContainer, pod: WrittenPod): number | undefined {
  return securityContext?.runAsUser ?? pod.securityContext?.runAsUser;
}

/** No limit is below what is asked for, and nothing more is asked for than a limit that is set. */
function resourcesOf(given: WrittenResources = {}, { requests, limits }: WorkloadFacts): WrittenResources {
  const pick = (kind: keyof Amounts): { readonly request: string; readonly limit: string } => {
    const limit = given.limits?.[kind];
    const request = given.requests?.[kind] ?? smaller(requests[kind], limit ?? limits[kind]);
    return { request, limit: limit ?? larger(limits[kind], request) };
  };
  const [cpu, memory] = [pick('cpu'), pick('memory')];
  return {
    requests: { ...given.requests, cpu: cpu.request, memory: memory.request },
    limits: { ...given.limits, cpu: cpu.limit, memory: memory.limit },
  };
}

function smaller(a: string, b: string): string {
  return quantityOf(b) < quantityOf(a) ? b : a;
}

function larger(a: string, b: string): string {
  return quantityOf(b) > quantityOf(a) ? b : a;
}
