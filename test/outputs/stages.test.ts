import { components } from '../../src/constructs/components';
import { fileOfObject } from '../../src/outputs/object-files';
import { foreignFields, stageOf } from '../../src/outputs/rollout/stages';
import { clusterOf } from '../support/cluster-of';

test('what pachd needs at its start comes before it, and what it asks for its issuer with it', () => {
  const stages = Object.fromEntries(
    components.map(({ id }) => [id, stageOf({ component: id, file: fileOfObject(id, 'ConfigMap') })]),
  );
  expect(stages).toMatchObject({
    identity: 'settings',
    'bootstrap-secret': 'settings',
    rbac: 'settings',
    etcd: 'data',
    postgres: 'data',
    'pg-bouncer': 'data',
    dex: 'cluster',
    pachd: 'cluster',
    'envoy-proxy': 'cluster',
    ingress: 'cluster',
    'config-job': 'cluster',
  });
  expect(stageOf({ component: 'dex', file: fileOfObject('dex', 'Secret') })).toBe('settings');
});

test.each([
  ['2.12.0-rc.3', { minReplicas: 0, maxReplicas: 3 }, 1],
  ['2.12.0-rc.3', { minReplicas: 2, maxReplicas: 2 }, 0],
  ['2.2.8', {}, 0],
])('at %s pachd scales pachw between %j', (release, pachw, count) => {
  expect(foreignFields(clusterOf({ release, profile: 'dev', pachw }))).toHaveLength(count);
});
