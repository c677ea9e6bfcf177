import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { isMapping } from '../../document/is-mapping';
import type { Cluster } from '../../model/cluster';
import { readAccess, type Target } from '../api/kubeconfig';
import { HttpKubernetesApi } from '../api/kubernetes-api';
import { valueAt, type KubernetesObject } from '../api/objects';
import { Resources } from '../api/resources';
import { diagnosticOf } from '../difference';
import { reviewLooking } from '../rights/review';
import { conditionsOf } from '../wait/workloads';
import { execStream, type Container, type Running } from './exec-stream';
import { makeOwnPod, PODS } from './own-pod';

/** The network as Pods see it. */
export interface PodNetwork {
  /** Through which Pod: `Pod/dex-5f9c`. */
  readonly name: string;
  /** Whether it is one that was made for this, and not the one that Dex runs in. */
  readonly isOwn: boolean;
  /** A connection from the Pod, or what the program there says that was to make it. The signal ends it. */
  open(host: string, port: number, signal: AbortSignal): Promise<Running>;
  /** Deletes what was made. */
  close(): Promise<void>;
}

/** What came of looking for one: the network, why there is none, or findings about the cluster. */
export type PodLook =
  PodNetwork | { readonly problem: string } | { readonly diagnostics: readonly Diagnostic[] };

/** What is looked for. */
export interface PodLookOptions {
  readonly cluster: Pick<Cluster, 'name' | 'namespace' | 'images' | 'dex'>;
  /** The document, which findings are about. */
  readonly file: string;
  /** The image of a Pod that is made where no other can be used. */
  readonly image?: string;
  /** Whether Secrets of the cluster are going to be read as well. */
  readonly readsSecrets: boolean;
  readonly signal: AbortSignal;
}

/** Says that a connection is there. No program says it of itself in every image. */
const READY = 'pachkit-connected';

/** How long a program may try to connect, in seconds. */
const CONNECT_SECONDS = 5;

/** How long a container may take to say whether it can be used, in milliseconds. */
const TRIAL_MS = 10_000;

/** Connects to see whether that can be done, says so, and connects once more for what comes. */
const CONNECT = `nc -w ${CONNECT_SECONDS} "$1" "$2" -e true && echo ${READY} >&2 && exec nc "$1" "$2"`;

/**
 * Finds a way to see the network as Pods do: through the Pod of Dex or of pachd, where its image has a shell and `nc`, and else
 * through a Pod that is made for it and deleted at the end. The rights that it takes are looked at before.
 */
export async function lookFromPods(target: Target, options: PodLookOptions): Promise<PodLook> {
  const { cluster, file, signal, readsSecrets } = options;
  let resources: Resources | undefined;
  try {
    const access = readAccess(target);
    const { config } = access;
    resources = new Resources(new HttpKubernetesApi(access));
    const refused = await reviewLooking(resources, options, [
      ...(readsSecrets ? (['secrets'] as const) : []),
      'exec',
    ]);
    if (refused.length > 0) return { diagnostics: refused };
    const found = await usable(config, await podsOf(resources, cluster), signal);
    if (found) return network(config, found, { isOwn: false, close: closing(resources) });
    const refusedPod = await reviewLooking(resources, options, ['ownPod']);
    if (refusedPod.length > 0) return { diagnostics: refusedPod };
    const { namespace } = cluster;
    const own = await makeOwnPod(resources, options);
    if ('problem' in own) return own;
    const container = { namespace, pod: own.name, container: 'doctor' };
    const close = closing(resources, own.remove);
    if (await usable(config, [container], signal)) return network(config, container, { isOwn: true, close });
    await close();
    return { problem: 'the image of the short-lived Pod has no shell with nc' };
  } catch (error) {
    return { diagnostics: [diagnosticOf(error, file)] };
  }
}

function closing({ api }: Resources, remove: () => Promise<void> = async () => undefined) {
  return async (): Promise<void> => {
    try {
      await remove();
    } finally {
      api.close();
    }
  };
}

function network(
  config: KubeConfig,
  container: Container,
  rest: Pick<PodNetwork, 'isOwn' | 'close'>,
): PodNetwork {
  return {
    name: `Pod/${container.pod}`,
    ...rest,
    open: (host, port, signal) =>
      execStream(config, container, {
        command: ['sh', '-c', CONNECT, 'sh', host, String(port)],
        readyWord: READY,
        signal,
      }),
  };
}

/** Containers of Dex, or of pachd where Dex runs inside it, that are ready. */
async function podsOf(
  resources: Resources,
  { namespace, dex }: Pick<Cluster, 'namespace' | 'dex'>,
): Promise<Container[]> {
  const pods = await resources.list(PODS, namespace, `app=${dex ? 'dex' : 'pachd'}`);
  return pods.filter(isReady).flatMap((pod) => {
    const [container] = containersOf(pod);
    return container === undefined ? [] : [{ namespace, pod: pod.metadata.name, container }];
  });
}

function isReady(pod: KubernetesObject): boolean {
  return (
    pod.metadata.deletionTimestamp === undefined &&
    conditionsOf(pod).some(({ type, status }) => type === 'Ready' && status === 'True')
  );
}

function containersOf(pod: KubernetesObject): string[] {
  const containers = valueAt(pod, 'spec', 'containers');
  return (Array.isArray(containers) ? containers : []).flatMap((container: unknown) =>
    isMapping(container) && typeof container['name'] === 'string' ? [container['name']] : [],
  );
}

/** The first container that has what connections are made with. */
async function usable(
  config: KubeConfig,
  containers: readonly Container[],
  signal: AbortSignal,
): Promise<Container | undefined> {
  for (const container of containers) {
    const tried = await execStream(config, container, {
      command: ['sh', '-c', `command -v nc >/dev/null && echo ${READY} >&2`],
      readyWord: READY,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TRIAL_MS)]),
    });
    if ('refused' in tried) continue;
    tried.stream.destroy();
    return container;
  }
  return undefined;
}
