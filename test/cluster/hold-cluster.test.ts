import { Resources } from '../../src/cluster/api/resources';
import { holdCluster } from '../../src/cluster/deploy/hold-cluster';
import type { DeployEvent } from '../../src/cluster/live';
import { refusal, startStandIn, type Answer, type Asked, type StandInApi } from './stand-in-api';

let standIn: StandInApi;
afterEach(() => standIn.close());

/** Holds a cluster of which the API server refuses to make the Lease, or makes it. */
async function hold(made: Answer | 'made') {
  standIn = await startStandIn(({ method, body, path }: Asked): Answer => {
    // This API server says of itself nothing about rights.
    if (path.startsWith('/apis/authorization.k8s.io/')) return refusal(404, 'NotFound', 'no such kind');
    if (method === 'GET')
      return refusal(404, 'NotFound', 'leases.coordination.k8s.io "pachkit-prod" not found');
    return made === 'made' ? { body: JSON.parse(body) as object } : made;
  });
  const events: DeployEvent[] = [];
  const wanted = {
    cluster: { name: 'prod', namespace: 'pach', release: '2.12.0-rc.3' },
    objects: [],
    referredSecrets: {},
    file: 'pachyderm.yaml',
  };
  const held = await holdCluster(new Resources(standIn.api), wanted, {
    isDryRun: false,
    signal: new AbortController().signal,
    emit: (event) => events.push(event),
  });
  if ('lease' in held) await held.lease?.release();
  return { held, events };
}

test('the Lease is taken before anything is compared', async () => {
  const { held } = await hold('made');
  expect(held).toMatchObject({ lease: { isLost: false } });
  const asked = standIn.asked.filter(({ path }) => !path.startsWith('/apis/authorization.k8s.io/'));
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/v1/namespaces/pach/configmaps/pachkit-prod',
    'GET /apis/coordination.k8s.io/v1/namespaces/pach/leases/pachkit-prod',
    'POST /apis/coordination.k8s.io/v1/namespaces/pach/leases',
    'PUT /apis/coordination.k8s.io/v1/namespaces/pach/leases/pachkit-prod',
  ]);
});

test.each([
  ['is not there', refusal(404, 'NotFound', 'namespaces "pach" not found')],
  [
    'is going',
    refusal(
      403,
      'Forbidden',
      'leases.coordination.k8s.io "pachkit-prod" is forbidden: unable to create new content in namespace pach because it is being terminated',
    ),
  ],
])('a namespace that %s has no Lease yet', async (_what, made) =>
  expect(await hold(made)).toEqual({ held: { lease: undefined }, events: [] }),
);

test('a right that is missing is told before anything is compared', async () => {
  const message = 'leases.coordination.k8s.io is forbidden: User "ada" cannot create resource "leases"';
  expect((await hold(refusal(403, 'Forbidden', message))).held).toMatchObject({
    code: 'CLU005',
    message: `The API server refuses a request: ${message}`,
    location: { file: 'pachyderm.yaml' },
  });
});
