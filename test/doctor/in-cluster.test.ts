import fs from 'node:fs';
import path from 'node:path';
import type { SecretsOfCluster } from '../../src/doctor/cluster-secrets';
import { secretsOfCluster } from '../../src/cluster/secrets-of-cluster';
import { refusal, startStandIn, type Answer } from '../cluster/stand-in-api';
import { temporaryFolder } from '../support/pachkit';
import { healthyDocument, SECRETS, startHealthy } from './healthy';
import { examined, hopsOf, seenAt, StandIns } from './stand-ins';

const servers = new StandIns();
afterEach(() => servers.stop());

/** The healthy document, with the secret of pachd in the cluster. */
function document(): ReturnType<typeof healthyDocument> {
  const inCluster = healthyDocument();
  inCluster['auth'] = {
    ...(inCluster['auth'] as object),
    clientSecret: { existing: { name: 'pachd', key: 'secret' } },
  };
  return inCluster;
}

/** Secrets of the namespace, by their names. */
const having =
  (secrets: Readonly<Record<string, Readonly<Record<string, string>>>>): SecretsOfCluster =>
  async (_namespace, name) =>
    secrets[name] && new Map(Object.entries(secrets[name]));

const ALL = {
  pachd: { secret: SECRETS.PACHD_SECRET },
  root: { token: 'planted' },
  console: { secret: 'planted' },
};

async function look(secretsOf?: SecretsOfCluster) {
  const seen = await examined(document(), await startHealthy(servers), {
    variables: SECRETS,
    ...(secretsOf ? { secretsOf } : {}),
  });
  expect(JSON.stringify(seen)).not.toMatch(/planted/);
  return seen;
}

test('from outside a secret that is in the cluster is not known', async () =>
  expect(hopsOf(await look())).toContain('Dex: client secret skipped'));

test('what is in Secrets of the cluster is read there, and asked with', async () => {
  const seen = await look(having(ALL));
  expect(seenAt(seen, 'document', 'in cluster')).toBe('3 read in the namespace pachyderm');
  expect(hopsOf(seen)).toContain('Dex: client secret ok');
});

test('another secret than Dex has is told', async () =>
  expect(hopsOf(await look(having({ ...ALL, pachd: { secret: 'planted, old' } })))).toContain(
    'Dex: client secret failed HOP018 /auth/clientSecret',
  ));

test.each([
  ['no Secret console', { pachd: ALL.pachd, root: ALL.root }, '/console/clientSecret'],
  ['no key token in the Secret root', { ...ALL, root: { other: 'planted' } }, '/auth/rootToken'],
])('%s', async (said, secrets, place) => {
  const seen = await look(having(secrets));
  expect(hopsOf(seen)).toContain(`document: in cluster failed HOP039 ${place}`);
  expect(seenAt(seen, 'document', 'in cluster')).toBe(`there is ${said}`);
});

describe('an API server', () => {
  async function reading(answer: Answer, file = 'pachyderm.yaml') {
    const server = await startStandIn(() => answer);
    const folder = temporaryFolder({
      kubeconfig: JSON.stringify({
        'current-context': 'test',
        contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
        clusters: [{ name: 'test', cluster: { server: server.url, 'insecure-skip-tls-verify': true } }],
        users: [{ name: 'test', user: {} }],
      }),
    });
    const { read, close } = secretsOfCluster(
      { directory: folder, environment: {}, kubeconfig: path.join(folder, 'kubeconfig') },
      file,
    );
    const found = await read('pach', 'ldap');
    close();
    await server.close();
    fs.rmSync(folder, { recursive: true });
    return { found, asked: server.asked.map(({ path: asked }) => asked) };
  }

  test('is asked for the one Secret, whose values are decoded', async () => {
    const { found, asked } = await reading({ body: { data: { password: 'cGxhbnRlZA==' } } });
    expect(found).toEqual(new Map([['password', 'planted']]));
    expect(asked).toEqual(['/api/v1/namespaces/pach/secrets/ldap']);
  });

  test('says that there is none, or that it may not be read', async () => {
    expect((await reading(refusal(404, 'NotFound', 'secrets "ldap" not found'))).found).toBeUndefined();
    expect((await reading(refusal(403, 'Forbidden', 'secrets "ldap" is forbidden'))).found).toMatchObject({
      severity: 'error',
      location: { file: 'pachyderm.yaml' },
    });
  });
});
