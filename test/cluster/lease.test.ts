import { Lease, type LeaseRequest } from '../../src/cluster/deploy/lease';
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

const take = (waits: string[] = [], more: Partial<LeaseRequest> = {}): Promise<Lease> =>
  Lease.take(standIn.api, {
    name: 'pachkit-prod',
    namespace: 'pach',
    now: () => new Date('2026-11-28T10:00:00Z'),
    onWait: (holder) => waits.push(holder),
    patience: 10,
    ...more,
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

describe('each write makes a new version, against which the next one is made', () => {
  interface Stored {
    readonly metadata: { readonly resourceVersion?: string };
    readonly spec: { readonly holderIdentity?: string };
  }
  let stored: Stored | undefined;
  let writes: string[];
  /** Is told of each write before it is answered; says whether the answer is lost. */
  let onWrite: (count: number) => boolean | void;
  beforeEach(async () => {
    stored = undefined;
    writes = [];
    onWrite = () => undefined;
    standIn = await startStandIn(({ method, body }): Answer => {
      if (method === 'GET') return stored ? { body: stored } : refusal(404, 'NotFound', 'not found');
      const given = JSON.parse(body) as Stored;
      if (stored && given.metadata.resourceVersion !== stored.metadata.resourceVersion)
        return refusal(409, 'Conflict', 'the object has been modified');
      const resourceVersion = String(writes.push(given.spec.holderIdentity ?? ''));
      stored = { ...given, metadata: { ...given.metadata, resourceVersion } };
      return onWrite(writes.length) === true ? undefined : { body: stored };
    });
  });
  const HELD = `process ${process.pid} on ${ownIdentity().host}`;

  test('one that is given back while it is renewed is free', async () => {
    const renewing = new Promise<void>((resolve) => (onWrite = (count) => void (count === 2 && resolve())));
    const lease = await take([], { renewal: 1 });
    await renewing;
    await lease.release();
    expect(stored?.spec.holderIdentity).toBe('');
    expect(writes.slice(0, 2)).toEqual([HELD, HELD]);
    expect(writes.at(-1)).toBe('');
  });

  test('a renewal whose answer is lost does not lose the Lease', async () => {
    const answered = new Promise<void>((resolve) => {
      onWrite = (count) => {
        if (count === 4) resolve();
        return count === 2;
      };
    });
    const lease = await take([], { renewal: 1 });
    await answered;
    expect(lease.isLost).toBe(false);
    await lease.release();
    expect(stored?.spec.holderIdentity).toBe('');
  });

  test('one that another process has taken is lost, and left to it', async () => {
    const lease = await take([], { renewal: 1 });
    stored = { metadata: { resourceVersion: 'other' }, spec: { holderIdentity: 'process 1 on other' } };
    while (!lease.isLost) await new Promise((resolve) => setImmediate(resolve));
    await lease.release();
    expect(stored).toMatchObject({ spec: { holderIdentity: 'process 1 on other' } });
  });
});
