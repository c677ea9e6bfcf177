import { Resources } from '../../src/cluster/api/resources';
import { applyBeside } from '../../src/cluster/apply-beside';
import { tlsSecret } from '../../src/dev/certificate';
import { newAuthority } from '../../src/dev/x509';
import { refusal, startStandIn, type Answer, type StandInApi } from './stand-in-api';

const issued = newAuthority('an authority', new Date());
const secret = tlsSecret('pachyderm-tls', 'data', issued);
const SECRETS = { resources: [{ name: 'secrets', kind: 'Secret', namespaced: true }] };
const KEY = Buffer.from(issued.key).toString('base64');

let standIn: StandInApi;
afterEach(() => standIn.close());

/** Applies the Secret of a certificate where an API server has these objects and answers changes so. */
async function apply(there: Readonly<Record<string, object>>, changed: Answer = {}) {
  standIn = await startStandIn(({ method, path }) => {
    if (method === 'PATCH') return changed;
    if (path === '/api/v1') return { body: SECRETS };
    const found = there[path];
    return found ? { body: found } : refusal(404, 'NotFound', 'not found');
  });
  const { applied, diagnostics } = await applyBeside(new Resources(standIn.api), 'data', [secret], 'a.yaml');
  const patched = standIn.asked.filter(({ method }) => method === 'PATCH');
  return { applied, diagnostics, patched: patched.map(({ path }) => path.split('?')[0]) };
}

const NAMESPACE = '/api/v1/namespaces/data';
const PATH = `${NAMESPACE}/secrets/pachyderm-tls`;

test('a namespace that is not there is made first', async () => {
  const { applied, patched } = await apply({});
  expect(patched).toEqual([NAMESPACE, PATH]);
  expect(applied).toEqual([secret]);
});

test('an object of someone else stays as it is', async () => {
  const theirs = { metadata: { name: 'pachyderm-tls', labels: { team: 'web' } } };
  expect(await apply({ [NAMESPACE]: {}, [PATH]: theirs })).toEqual({
    applied: [],
    diagnostics: [],
    patched: [],
  });
});

test('a refusal that quotes the private key is told without it', async () => {
  const quoted = refusal(403, 'Forbidden', `admission webhook "policy" denied the request: tls.key: ${KEY}`);
  const { applied, diagnostics } = await apply({ [NAMESPACE]: {} }, quoted);
  expect(applied).toEqual([]);
  expect(diagnostics).toEqual([
    expect.objectContaining({ code: 'CLU007', message: expect.stringContaining('tls.key: ') as string }),
  ]);
  expect(JSON.stringify(diagnostics)).not.toContain(KEY.slice(0, 40));
});
