import { setTimeout as sleep } from 'node:timers/promises';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { concurrently } from '../api/concurrently';
import { bootstrapFailure, type BootstrapFailure } from '../activation/bootstrap-failures';
import { ApiRefusal } from '../api/kubernetes-api';
import { keyOf, type KubernetesObject } from '../api/objects';
import type { Resource, Resources } from '../api/resources';
import { ClusterFailure } from '../failure';
import type { KnownSecrets } from '../compare/known-secrets';
import type { Emit } from '../deploy/events';
import { reasonOf, type Reason, type Seen } from './reasons';
import { progressOf, type Progress } from './workloads';

/** How to wait. */
export interface Waiting {
  readonly namespace: string;
  /** Longest wait, in milliseconds. */
  readonly timeout: number;
  readonly secrets: KnownSecrets;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  readonly file: string;
}

/** Between two looks, in milliseconds. */
const INTERVAL_MS = 1000;

/** How long a workload that cannot become ready by itself is given all the same, in milliseconds. */
const PATIENCE_MS = 60_000;

/** Lines of a log that are shown. */
const LOG_LINES = 8;

/** Longest line of a log that is shown, in characters. */
const LINE_LIMIT = 300;

const core = (kind: string, plural: string): Resource => ({
  apiVersion: 'v1',
  kind,
  plural,
  namespaced: true,
});
const LISTED = {
  pods: core('Pod', 'pods'),
  claims: core('PersistentVolumeClaim', 'persistentvolumeclaims'),
  events: core('Event', 'events'),
  replicaSets: { apiVersion: 'apps/v1', kind: 'ReplicaSet', plural: 'replicasets', namespaced: true },
} as const satisfies Record<keyof Seen, Resource>;

/** A workload that is waited for. */
interface Awaited {
  readonly key: string;
  readonly progress: Progress;
  readonly reason?: Reason;
  readonly failure?: BootstrapFailure;
}

/** Waits until all workloads among objects are ready, and tells why one is not. */
export async function waitUntilReady(
  resources: Resources,
  objects: readonly KubernetesObject[],
  waiting: Waiting,
): Promise<readonly Diagnostic[]> {
  const workloads = objects.filter((object) => progressOf({ ...object, status: {} }) !== undefined);
  const keys = new Set(workloads.map(keyOf));
  const kinds = [...new Map(workloads.map((object) => [object.kind, object])).values()];
  const memory: Memory = { told: new Map(), failures: new Map() };
  const began = Date.now();
  let hopelessSince: number | undefined;
  for (;;) {
    const live = (
      await concurrently(kinds, async (kind) => {
        const resource = await resources.of(kind);
        return resource ? resources.list(resource, waiting.namespace) : [];
      })
    ).flat();
    const seen = live.filter((object) => keys.has(keyOf(object)));
    const open = await look(resources, seen, waiting, memory);
    if (open.length === 0) return [];
    const isHopeless = open.every(
      ({ reason, progress }) => reason?.isHopeless === true || progress.failure !== undefined,
    );
    hopelessSince = isHopeless ? (hopelessSince ?? Date.now()) : undefined;
    const isJobs = open.every(({ progress }) => progress.failure !== undefined);
    const isOver =
      Date.now() - began >= waiting.timeout ||
      isJobs ||
      (hopelessSince !== undefined && Date.now() - hopelessSince >= PATIENCE_MS);
    if (isOver) return open.map((each) => notReady(each, waiting));
    try {
      await sleep(INTERVAL_MS, undefined, { signal: waiting.signal });
    } catch {
      return [];
    }
  }
}

/** What was told of each workload, and what its log says, so that neither is looked up twice. */
interface Memory {
  readonly told: Map<string, string>;
  readonly failures: Map<string, BootstrapFailure | undefined>;
}

/** Looks at all workloads once, and tells what has changed. Returns those that are not ready. */
async function look(
  resources: Resources,
  live: readonly KubernetesObject[],
  { namespace, secrets, emit }: Waiting,
  { told, failures }: Memory,
): Promise<Awaited[]> {
  const states = live.flatMap((object) => {
    const progress = progressOf(object);
    return progress ? [{ object, progress }] : [];
  });
  const open = states.filter(({ progress }) => !progress.isReady);
  for (const { object, progress } of states)
    if (progress.isReady && told.get(keyOf(object)) !== 'ready') {
      told.set(keyOf(object), 'ready');
      emit({ type: 'ready', object: progress.name, detail: progress.detail });
    }
  if (open.length === 0) return [];
  const seen = await readSeen(resources, namespace);
  return Promise.all(
    open.map(async ({ object, progress }) => {
      const key = keyOf(object);
      const found = progress.failure === undefined ? reasonOf(object, seen) : undefined;
      const text = progress.failure ?? found?.text;
      const reason = text === undefined ? undefined : secrets.hide(text);
      const state = `${progress.detail} ${reason ?? ''}`;
      if (told.get(key) !== state) {
        told.set(key, state);
        const log = found?.logs && (await lastLines(resources, namespace, found.logs, secrets));
        failures.set(key, log && bootstrapFailure(log.join('\n')));
        emit({
          type: 'waiting',
          object: progress.name,
          detail: progress.detail,
          ...(reason === undefined ? {} : { reason }),
          ...(log === undefined || log.length === 0 ? {} : { log }),
        });
      }
      const failure = failures.get(key);
      return {
        key,
        progress,
        ...(failure === undefined ? {} : { failure }),
        ...(found === undefined ? {} : { reason: { ...found, text: reason ?? '' } }),
      };
    }),
  );
}

/** What is in a namespace besides workloads; what may not be read is taken for nothing. */
export async function readSeen(resources: Resources, namespace: string): Promise<Seen> {
  const list = async (resource: Resource): Promise<KubernetesObject[]> => {
    try {
      return await resources.list(resource, namespace);
    } catch (error) {
      if (error instanceof ApiRefusal) return [];
      throw error;
    }
  };
  const { pods, claims, events, replicaSets } = LISTED;
  const lists = await Promise.all([list(pods), list(claims), list(events), list(replicaSets)]);
  return { pods: lists[0], claims: lists[1], events: lists[2], replicaSets: lists[3] };
}

/** The end of the log of a container, without secrets; nothing where it may not be read. */
export async function lastLines(
  resources: Resources,
  namespace: string,
  from: NonNullable<Reason['logs']>,
  secrets: KnownSecrets,
  limit = LOG_LINES,
): Promise<readonly string[]> {
  const { pod, container, previous } = from;
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`;
  try {
    const text = await resources.api.text(path, {
      container,
      tailLines: String(limit),
      ...(previous ? { previous: 'true' } : {}),
    });
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => secrets.hideInLog(line.slice(0, LINE_LIMIT)));
  } catch (error) {
    // A node may have removed the container before the last; the last one has ended in the same way.
    if (error instanceof ApiRefusal && previous)
      return lastLines(resources, namespace, { ...from, previous: false }, secrets, limit);
    // The API server asks the node for it, which may not answer; whether it answers itself is seen at the next look.
    if (error instanceof ApiRefusal || error instanceof ClusterFailure) return [];
    throw error;
  }
}

function notReady({ progress, reason, failure }: Awaited, { file, secrets, timeout }: Waiting): Diagnostic {
  const why = progress.failure ?? failure?.text ?? reason?.text;
  return {
    code: 'CLU014',
    severity: 'error',
    message: `${progress.name} is not ready${why === undefined ? ` after ${Math.round(timeout / 1000)} seconds` : ''}: ${secrets.hide(why ?? progress.detail)}`,
    location: { file },
    path: '',
    hint:
      failure?.todo ??
      'everything is applied; fix the cause and run pachkit deploy again, which goes on from here',
  };
}
