import { requestedMemory } from '../../src/dev/container-engine';
import type { ClusterObject } from '../../src/outputs/objects';

const object = (kind: string, spec: object): ClusterObject =>
  ({
    component: 'pachd',
    manifest: { apiVersion: 'v1', kind, metadata: { name: 'a' }, spec },
  }) as unknown as ClusterObject;

const pod = (...resources: readonly object[]): object => ({
  spec: { containers: resources.map((each) => ({ resources: each })) },
});

test('memory is that of every container of every pod; a limit alone is what Kubernetes takes for the request', () => {
  expect(
    requestedMemory([
      object('Deployment', { replicas: 2, template: pod({ requests: { memory: '256Mi' } }, {}) }),
      object('StatefulSet', { template: pod({ limits: { memory: '1Gi' } }) }),
      object('Service', { type: 'ClusterIP' }),
      object('Deployment', { replicas: 0, template: pod({ requests: { memory: '64Gi' } }) }),
    ]),
  ).toBe(1.5 * 2 ** 30);
});
