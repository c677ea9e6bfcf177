import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../model/cluster';
import { ApiRefusal } from '../api/kubernetes-api';
import { valueAt, type KubernetesObject } from '../api/objects';
import { orNotFound, pathOf, type Resource, type Resources } from '../api/resources';
import { podReason } from '../wait/reasons';
import { readSeen } from '../wait/wait-until-ready';

/** The image of a Pod of one's own: it has a shell, and an `nc` that runs a program when it is connected. */
const IMAGE = 'alpine:3.22';

/** Longest life of such a Pod, in seconds: Kubernetes ends it even if pachkit cannot any more. */
const LIFE_SECONDS = 600;

/** How long it may take to start, in milliseconds. */
const START_MS = 60_000;

/** Between two looks at it, in milliseconds. */
const POLL_MS = 500;

export const PODS: Resource = { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true };

/** What the Pods of the doctor are found by. No Service selects it. */
const LABELS = { 'app.kubernetes.io/name': 'pachkit-doctor', 'app.kubernetes.io/managed-by': 'pachkit' };

/** What such a Pod is made of. */
export interface OwnPodOptions {
  readonly cluster: Pick<Cluster, 'namespace' | 'images'>;
  /** @default an image of Alpine, from the registry of the document */
  readonly image?: string;
  readonly signal: AbortSignal;
}

/** A Pod that does nothing, allowed on clusters with the strictest Pod Security Standard. */
function podOf(name: string, { cluster: { namespace, images }, image }: OwnPodOptions): KubernetesObject {
  const own = images.registry === '' ? IMAGE : `${images.registry}/${IMAGE}`;
  const spec = {
    restartPolicy: 'Never',
    activeDeadlineSeconds: LIFE_SECONDS,
    terminationGracePeriodSeconds: 0,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    ...(images.pullSecrets.length === 0
      ? {}
      : { imagePullSecrets: images.pullSecrets.map((secret) => ({ name: secret })) }),
    securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'doctor',
        image: image ?? own,
        command: ['sleep', String(LIFE_SECONDS)],
        resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '200m', memory: '64Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
    ],
  };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels: LABELS }, spec };
}

/**
 * Makes a Pod and waits until it runs. Those of earlier runs that could not delete theirs are deleted.
 *
 * @returns its name, with what deletes it, or why there is none; then nothing of it is left
 */
export async function makeOwnPod(
  resources: Resources,
  options: OwnPodOptions,
): Promise<{ readonly name: string; readonly remove: () => Promise<void> } | { readonly problem: string }> {
  const { namespace } = options.cluster;
  await removeEnded(resources, namespace);
  const name = `pachkit-doctor-${randomBytes(3).toString('hex')}`;
  const remove = (): Promise<void> => removePod(resources, namespace, name);
  try {
    await resources.api.request(pathOf(PODS, namespace), { method: 'POST', body: podOf(name, options) });
    const problem = await untilRunning(resources, namespace, name, options.signal);
    if (problem === undefined) return { name, remove };
    await remove();
    return { problem };
  } catch (error) {
    await remove().catch(() => undefined);
    if (error instanceof ApiRefusal) return { problem: `the API server refuses a Pod: ${error.message}` };
    throw error;
  }
}

async function untilRunning(
  resources: Resources,
  namespace: string,
  name: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const until = Date.now() + START_MS;
  for (;;) {
    const pod = await resources.get(PODS, namespace, name);
    if (pod === undefined) return `someone has deleted the Pod ${name}`;
    if (valueAt(pod, 'status', 'phase') === 'Running') return undefined;
    const reason = podReason(pod, await readSeen(resources, namespace));
    if (reason?.isHopeless === true || Date.now() > until || signal.aborted)
      return signal.aborted
        ? 'interrupted'
        : (reason?.text ?? `the Pod ${name} does not run after ${START_MS / 1000} seconds`);
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function removeEnded(resources: Resources, namespace: string): Promise<void> {
  const selector = Object.entries(LABELS).map(([key, value]) => `${key}=${value}`);
  const pods = await resources.list(PODS, namespace, selector.join());
  for (const pod of pods)
    if (['Succeeded', 'Failed'].includes(String(valueAt(pod, 'status', 'phase'))))
      await removePod(resources, namespace, pod.metadata.name);
}

async function removePod({ api }: Resources, namespace: string, name: string): Promise<void> {
  const query = { gracePeriodSeconds: '0' };
  await orNotFound(api.request(pathOf(PODS, namespace, name), { method: 'DELETE', query }));
}
