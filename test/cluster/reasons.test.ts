import type { KubernetesObject } from '../../src/cluster/api/objects';
import { reasonOf, type Seen } from '../../src/cluster/wait/reasons';
import { progressOf } from '../../src/cluster/wait/workloads';

const workload: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'pachd', uid: 'deployment', generation: 2 },
  spec: { replicas: 2 },
};
const replicaSet: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: {
    name: 'pachd-1',
    uid: 'set',
    ownerReferences: [{ kind: 'Deployment', name: 'pachd', uid: 'deployment' }],
  },
};
const pod = (status: object, spec: object = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'pachd-1-x',
    uid: 'pod',
    ownerReferences: [{ kind: 'ReplicaSet', name: 'pachd-1', uid: 'set' }],
  },
  spec,
  status,
});
const container = (own: object): object => ({
  containerStatuses: [
    { name: 'pachd', image: 'pachyderm/pachd:2.12', ready: false, restartCount: 0, ...own },
  ],
});
const event = (
  uid: string,
  reason: string,
  message: string,
  time = '2026-11-28T10:00:00Z',
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: `${uid}-${reason}-${time}` },
  type: 'Warning',
  involvedObject: { uid },
  reason,
  message,
  lastTimestamp: time,
});
const seen = (own: Partial<Seen> = {}): Seen => ({
  pods: [],
  claims: [],
  events: [],
  replicaSets: [replicaSet],
  ...own,
});
const waiting = (reason: string, message?: string): object =>
  container({ state: { waiting: { reason, message } } });

test('while a container starts there is nothing to say', () => {
  expect(reasonOf(workload, seen({ pods: [pod(waiting('ContainerCreating'))] }))).toBeUndefined();
  expect(reasonOf(workload, seen())).toBeUndefined();
});

test.each<[string, KubernetesObject, Partial<Seen>, string, boolean]>([
  [
    'an image that is not there',
    pod(waiting('ImagePullBackOff', 'Back-off pulling image')),
    {},
    'pachd-1-x, container pachd: the image cannot be pulled (pachyderm/pachd:2.12): Back-off pulling image',
    true,
  ],
  [
    'a Secret that is not there',
    pod(waiting('CreateContainerConfigError', 'secret "pachyderm-root" not found')),
    {},
    'pachd-1-x, container pachd: the container cannot be created (pachyderm/pachd:2.12): secret "pachyderm-root" not found',
    true,
  ],
  [
    'a Secret that is not there, as a volume',
    pod({ phase: 'Pending', ...waiting('ContainerCreating') }),
    {
      events: [
        event('pod', 'FailedMount', 'MountVolume.SetUp failed for volume "tls" : secret "tls" not found'),
      ],
    },
    'pachd-1-x: MountVolume.SetUp failed for volume "tls" : secret "tls" not found',
    true,
  ],
  [
    'a program that ends',
    pod(
      container({
        restartCount: 3,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: { exitCode: 1 } },
      }),
    ),
    {},
    'pachd-1-x, container pachd: the program ends (exit code 1, 3 restarts)',
    false,
  ],
  [
    'a program that takes too much memory',
    pod(container({ restartCount: 1, state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } })),
    {},
    'pachd-1-x, container pachd: the program ends (out of memory, 1 restarts)',
    false,
  ],
  [
    'no node with room',
    pod({
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: '0/2 nodes are available: 2 Insufficient cpu.',
        },
      ],
    }),
    {},
    'no node takes the Pod pachd-1-x: 0/2 nodes are available: 2 Insufficient cpu.',
    false,
  ],
  [
    'a claim without a volume',
    pod(
      {
        conditions: [
          { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'unbound claims' },
        ],
      },
      { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-0' } }] },
    ),
    {
      claims: [
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'data-0', uid: 'claim' },
          spec: {},
          status: { phase: 'Pending' },
        },
      ],
    },
    'the volume claim data-0 is pending: no volume, and there is no default storage class',
    false,
  ],
  [
    'a probe that fails',
    pod(container({ state: { running: {} } })),
    {
      events: [
        event('pod', 'Unhealthy', 'Readiness probe failed: old', '2026-11-28T09:00:00Z'),
        event('pod', 'Unhealthy', 'Readiness probe failed: HTTP 503'),
      ],
    },
    'pachd-1-x, container pachd: Readiness probe failed: HTTP 503',
    false,
  ],
  [
    'a node that is gone',
    pod({ conditions: [{ type: 'Ready', status: 'False' }] }, { nodeName: 'node-1' }),
    { events: [event('pod', 'NodeNotReady', 'Node is not ready')] },
    'pachd-1-x: the node node-1 is not ready',
    false,
  ],
])('%s is said', (_, own, others, text, isHopeless) => {
  expect(reasonOf(workload, seen({ pods: [own], ...others }))).toMatchObject({ text, isHopeless });
});

test('Pods that a policy refuses are no Pods, and the refusal is said', () => {
  const message = 'pods "pachd-1-" is forbidden: violates PodSecurity "restricted:latest"';
  const refused = {
    ...workload,
    status: { conditions: [{ type: 'ReplicaFailure', status: 'True', message }] },
  };
  expect(reasonOf(refused, seen())).toEqual({ text: `its Pods are refused: ${message}`, isHopeless: true });
  expect(
    reasonOf(workload, seen({ events: [event('set', 'FailedCreate', 'exceeded quota: compute')] }))?.text,
  ).toBe('its Pods are refused: exceeded quota: compute');
});

test('the log of the container that ended before is the one to read', () => {
  const crashing = pod(
    container({
      restartCount: 1,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 2 } },
    }),
  );
  expect(reasonOf(workload, seen({ pods: [crashing] }))?.logs).toEqual({
    pod: 'pachd-1-x',
    container: 'pachd',
    previous: true,
  });
});

describe('a workload is ready', () => {
  const deployment = (status: object): boolean | undefined => progressOf({ ...workload, status })?.isReady;
  const all = { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };

  test('when all of its Pods are new and available', () => {
    expect(deployment(all)).toBe(true);
    expect(deployment({ ...all, availableReplicas: 1 })).toBe(false);
    expect(deployment({ ...all, replicas: 3 })).toBe(false);
  });

  test('and not while the controller has not looked at it', () => {
    expect(deployment({ ...all, observedGeneration: 1 })).toBe(false);
  });

  test('a Job when it is complete, and never when it has failed', () => {
    const job = (type: string): unknown =>
      progressOf({
        ...workload,
        kind: 'Job',
        status: { conditions: [{ type, status: 'True', message: 'too often' }] },
      });
    expect(job('Complete')).toMatchObject({ isReady: true });
    expect(job('Failed')).toMatchObject({ isReady: false, failure: 'the Job failed: too often' });
  });

  test('objects without Pods are not waited for', () => {
    expect(progressOf({ ...workload, kind: 'Service' })).toBeUndefined();
  });
});
