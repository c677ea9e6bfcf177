import { isMapping } from '../../document/is-mapping';
import { valueAt, type KubernetesObject, type Mapping, textAt } from '../api/objects';
import { conditionsOf } from './workloads';

/** Why a Pod, or a workload without Pods, is not ready. */
export interface Reason {
  readonly text: string;
  /** Whether it stays so until someone changes something. */
  readonly isHopeless: boolean;
  /** The container whose log may say more. */
  readonly logs?: { readonly pod: string; readonly container: string; readonly previous: boolean };
}

/** What is known about a namespace while workloads start. */
export interface Seen {
  readonly pods: readonly KubernetesObject[];
  readonly claims: readonly KubernetesObject[];
  readonly events: readonly KubernetesObject[];
  readonly replicaSets: readonly KubernetesObject[];
}

/** Why a workload is not ready; undefined while nothing is known but that it starts. */
export function reasonOf(workload: KubernetesObject, seen: Seen): Reason | undefined {
  const pods = podsOf(workload, seen);
  for (const pod of pods) {
    const reason = podReason(pod, seen);
    if (reason) return reason;
  }
  return pods.length > 0 ? undefined : withoutPods(workload, seen);
}

/** Pods of a workload, those that are not ready first. */
export function podsOf(workload: KubernetesObject, { pods, replicaSets }: Seen): KubernetesObject[] {
  const owners = new Set([
    workload.metadata.uid,
    ...ownedBy(workload, replicaSets).map(({ metadata }) => metadata.uid),
  ]);
  return pods
    .filter((pod) => isOwnedBy(pod, owners) && pod.metadata.deletionTimestamp === undefined)
    .sort((a, b) => (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? ''));
}

function isOwnedBy({ metadata }: KubernetesObject, owners: ReadonlySet<string | undefined>): boolean {
  return (metadata.ownerReferences ?? []).some(({ uid }) => owners.has(uid));
}

/** A container that has not started, has ended, or runs. */
interface ContainerStatus {
  readonly name: string;
  readonly image: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state: Mapping;
  readonly lastState: Mapping;
}

type PodRow = (pod: KubernetesObject, seen: Seen) => Reason | undefined;

/** Why a Pod is not ready; the first row that has an answer. */
const podRows: readonly PodRow[] = [unschedulable, failedContainer, failedMount, lostNode, notReady];

/** Why a Pod is not ready; undefined for one that is, or of which nothing is known. */
export function podReason(pod: KubernetesObject, seen: Seen): Reason | undefined {
  for (const row of podRows) {
    const reason = row(pod, seen);
    if (reason) return reason;
  }
  return undefined;
}

function unschedulable(pod: KubernetesObject, seen: Seen): Reason | undefined {
  const condition = conditionsOf(pod).find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (condition?.reason !== 'Unschedulable') return undefined;
  return (
    pendingClaim(pod, seen) ?? {
      text: `no node takes the Pod ${pod.metadata.name}: ${condition.message ?? 'unschedulable'}`,
      isHopeless: false,
    }
  );
}

function pendingClaim(pod: KubernetesObject, { claims, events }: Seen): Reason | undefined {
  const volumes = valueAt(pod, 'spec', 'volumes');
  const names = (Array.isArray(volumes) ? volumes : []).map((volume: unknown) =>
    valueAt(volume, 'persistentVolumeClaim', 'claimName'),
  );
  const claim = claims.find(
    (each) => names.includes(each.metadata.name) && valueAt(each, 'status', 'phase') === 'Pending',
  );
  if (claim === undefined) return undefined;
  const event = lastEvent(events, claim);
  const storageClass = valueAt(claim, 'spec', 'storageClassName');
  const by =
    typeof storageClass === 'string'
      ? ` of the storage class ${storageClass}`
      : ', and there is no default storage class';
  return {
    text: `the volume claim ${claim.metadata.name} is pending: ${event ?? `no volume${by}`}`,
    isHopeless: false,
  };
}

/** Reasons of waiting containers, and what they mean; the message of the kubelet follows. */
const waitingReasons: Readonly<Record<string, { readonly text: string; readonly isHopeless: boolean }>> = {
  ErrImagePull: { text: 'the image cannot be pulled', isHopeless: true },
  ImagePullBackOff: { text: 'the image cannot be pulled', isHopeless: true },
  ErrImageNeverPull: { text: 'the image is not on the node, and may not be pulled', isHopeless: true },
  InvalidImageName: { text: 'the name of the image is invalid', isHopeless: true },
  CreateContainerConfigError: { text: 'the container cannot be created', isHopeless: true },
  CreateContainerError: { text: 'the container cannot be created', isHopeless: true },
  RunContainerError: { text: 'the container cannot be started', isHopeless: true },
};

function failedContainer(pod: KubernetesObject): Reason | undefined {
  const { name } = pod.metadata;
  for (const container of containersOf(pod)) {
    if (container.ready) continue;
    const where = `${name}, container ${container.name}`;
    const waiting = valueAt(container.state, 'waiting');
    const reason = textAt(waiting, 'reason');
    const message = textAt(waiting, 'message');
    const known = Object.hasOwn(waitingReasons, reason) ? waitingReasons[reason] : undefined;
    if (known)
      return {
        text: `${where}: ${known.text} (${container.image})${message === '' ? '' : `: ${message}`}`,
        isHopeless: known.isHopeless,
      };
    const ended = [container.state, container.lastState]
      .map((state) => valueAt(state, 'terminated'))
      .find((state) => isMapping(state) && state['exitCode'] !== 0);
    if (
      ended !== undefined &&
      (reason === 'CrashLoopBackOff' || container.restartCount > 0 || waiting === undefined)
    ) {
      const cause =
        textAt(ended, 'reason') === 'OOMKilled'
          ? 'out of memory'
          : `exit code ${String(valueAt(ended, 'exitCode'))}`;
      const times = container.restartCount > 0 ? `, ${container.restartCount} restarts` : '';
      return {
        text: `${where}: the program ends (${cause}${times})`,
        isHopeless: false,
        logs: {
          pod: name,
          container: container.name,
          previous: valueAt(container.state, 'terminated') === undefined,
        },
      };
    }
  }
  return undefined;
}

function failedMount(pod: KubernetesObject, { events }: Seen): Reason | undefined {
  if (valueAt(pod, 'status', 'phase') !== 'Pending') return undefined;
  const event = lastEvent(events, pod, ['FailedMount', 'FailedAttachVolume', 'FailedCreatePodSandBox']);
  return event === undefined
    ? undefined
    : { text: `${pod.metadata.name}: ${event}`, isHopeless: /not found/.test(event) };
}

function lostNode(pod: KubernetesObject, { events }: Seen): Reason | undefined {
  const event = lastEvent(events, pod, ['NodeNotReady']);
  const isReady = conditionsOf(pod).some(({ type, status }) => type === 'Ready' && status === 'True');
  const node = textAt(pod, 'spec', 'nodeName');
  return event === undefined || isReady
    ? undefined
    : { text: `${pod.metadata.name}: the node ${node} is not ready`, isHopeless: false };
}

function notReady(pod: KubernetesObject, { events }: Seen): Reason | undefined {
  const running = containersOf(pod).find(({ ready, state }) => !ready && isMapping(state['running']));
  if (running === undefined) return undefined;
  const event = lastEvent(events, pod, ['Unhealthy']);
  return event === undefined
    ? undefined
    : { text: `${pod.metadata.name}, container ${running.name}: ${event}`, isHopeless: false };
}

/** The ReplicaSets of a Deployment. */
function ownedBy({ metadata }: KubernetesObject, replicaSets: Seen['replicaSets']): KubernetesObject[] {
  return replicaSets.filter((set) => isOwnedBy(set, new Set([metadata.uid])));
}

/** Why a workload has no Pods: quotas and policies refuse them. */
function withoutPods(workload: KubernetesObject, { events, replicaSets }: Seen): Reason | undefined {
  const condition = conditionsOf(workload).find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  const message =
    condition?.message ??
    [workload, ...ownedBy(workload, replicaSets)]
      .map((each) => lastEvent(events, each, ['FailedCreate']))
      .find((event) => event !== undefined);
  return message === undefined ? undefined : { text: `its Pods are refused: ${message}`, isHopeless: true };
}

function containersOf(pod: KubernetesObject): ContainerStatus[] {
  return ['initContainerStatuses', 'containerStatuses'].flatMap((field) => {
    const statuses = valueAt(pod, 'status', field);
    return (Array.isArray(statuses) ? statuses.filter(isMapping) : []).map((status) => {
      const isDone =
        field === 'initContainerStatuses' && valueAt(status, 'state', 'terminated', 'exitCode') === 0;
      return {
        name: textAt(status, 'name'),
        image: textAt(status, 'image'),
        ready: status['ready'] === true || isDone,
        restartCount: typeof status['restartCount'] === 'number' ? status['restartCount'] : 0,
        state: isMapping(status['state']) ? status['state'] : {},
        lastState: isMapping(status['lastState']) ? status['lastState'] : {},
      };
    });
  });
}

/** The newest warning about an object. */
function lastEvent(
  events: readonly KubernetesObject[],
  about: KubernetesObject,
  reasons?: readonly string[],
): string | undefined {
  const [newest] = events
    .filter(
      (event) =>
        valueAt(event, 'involvedObject', 'uid') === about.metadata.uid &&
        (reasons === undefined ? event['type'] === 'Warning' : reasons.includes(textAt(event, 'reason'))),
    )
    .sort((a, b) => timeOf(b).localeCompare(timeOf(a)));
  return newest === undefined ? undefined : textAt(newest, 'message');
}

function timeOf(event: KubernetesObject): string {
  return (
    textAt(event, 'lastTimestamp') || textAt(event, 'eventTime') || (event.metadata.creationTimestamp ?? '')
  );
}
