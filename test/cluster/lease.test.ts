import { Lease } from '../../src/cluster/deploy/lease';
import { ownIdentity } from '../../src/files/process-identity';
import { refusal, startStandIn, type Answer, type Asked, type StandInApi } from './stand-in-api';

let standIn: StandInApi;
afterEach(() => standIn.close());

const HOLDER = 'pachkit.dev/holder';

/** An API server with one Lease. */
async function withLease(lease?: object): Promise<StandInApi> {
  let stored = lease;
  standIn = await startStandIn(({ method, body }: Asked): Answer => {
    if (method === 'GET') return stored ? { body: stored } : refusal(404, 'NotFound', 'not found');
    if (method === 'POST' && stored) return refusal(409, 'AlreadyExists', 'exists');
    stored = JSON.parse(body) as object;
    return { body: stored };
  });
  return standIn;
}

const take = (waits: string[] = []): Promise<Lease> =>
  Lease.take(standIn.api, {
    name: 'pachkit-prod',
    namespace: 'pach',
    now: () => new Date('2026-11-28T10:00:00Z'),
    onWait: (holder) => waits.push(holder),
    patience: 10,
  });

const held = (identity: object): object => ({
  metadata: {
    name: 'pachkit-prod',
    resourceVersion: '7',
    annotations: { [HOLDER]: JSON.stringify(identity) },
  },
  spec: { holderIdentity: 'process 1 on other', renewTime: '2026-11-28T09:59:59.000000Z' },
});

test('is made where there is none, and given back', async () => {
  const { asked } = await withLease();
  const lease = await take();
  await lease.release();
  expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'PUT']);
  expect(JSON.parse(asked[1]?.body ?? '')).toMatchObject({
    metadata: { name: 'pachkit-prod', namespace: 'pach' },
    spec: {
      holderIdentity: `process ${process.pid} on ${ownIdentity().host}`,
      renewTime: '2026-11-28T10:00:00.000000Z',
    },
  });
  expect(JSON.parse(asked[2]?.body ?? '')).toMatchObject({ spec: { holderIdentity: '' } });
});

test('of a process of this machine that has ended is taken at once, against its version', async () => {
  const { asked } = await withLease(held({ ...ownIdentity(), pid: 2 ** 22 + 1 }));
  const waits: string[] = [];
  const lease = await take(waits);
  await lease.release();
  expect(waits).toEqual([]);
  expect(JSON.parse(asked[1]?.body ?? '')).toMatchObject({ metadata: { resourceVersion: '7' } });
});

test('that is renewed is not taken', async () => {
  let renewals = 0;
  standIn = await startStandIn(() => {
    const lease = held({ ...ownIdentity(), host: 'elsewhere' }) as { spec: { renewTime: string } };
    lease.spec.renewTime = `2026-11-28T10:00:0${renewals++}.000000Z`;
    return { body: lease };
  });
  const waits: string[] = [];
  await expect(take(waits)).rejects.toMatchObject({
    code: 'CLU009',
    message: 'Another deploy of this cluster is under way: process 1 on other renews the Lease pachkit-prod',
  });
  expect(waits).toEqual(['process 1 on other']);
});

test('of another machine that is not renewed is taken after a while', async () => {
  await withLease(held({ ...ownIdentity(), host: 'elsewhere' }));
  const waits: string[] = [];
  await (await take(waits)).release();
  expect(waits).toEqual(['process 1 on other']);
});
