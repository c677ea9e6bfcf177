import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type { SecretsOfCluster } from '../../src/doctor/cluster-secrets';
import type { Examined } from '../../src/doctor/examine-files';
import type { PodLook } from '../../src/cluster/live';
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

async function look(secretsOf?: SecretsOfCluster, described = document()) {
  const seen = await examined(described, await startHealthy(servers), {
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

test('without Console no one has to make its Secret', async () => {
  const { pachd, root } = ALL;
  const seen = await look(having({ pachd, root }), { ...document(), console: { enabled: false } });
  expect(seenAt(seen, 'document', 'in cluster')).toBe('2 read in the namespace pachyderm');
});

describe('through a Pod', () => {
  /** A Pod whose network has these hosts and ports, and says of all others what its `nc` would. */
  const pod =
    (ports: Readonly<Record<string, number>>, refused = 'nc: bad address') =>
    async (): Promise<PodLook> => ({
      name: 'Pod/dex-1',
      isOwn: false,
      close: async () => undefined,
      async open(host, port) {
        const own = ports[`${host}:${port}`];
        return own === undefined ? { refused } : { stream: net.connect(own, '127.0.0.1') };
      },
    });

  const connector = (seen: Examined): string[] =>
    hopsOf(seen).filter((line) => /^connector .*: (DNS|TCP|TLS|discovery|keys) /.test(line));

  test('providers are asked that this machine does not reach, and Dex is asked at its issuer', async () => {
    const ports = await startHealthy(servers);
    const hosts = Object.fromEntries(
      Object.entries(ports).filter(([place]) => place.startsWith('pachyderm.')),
    );
    const fromHere = await examined(healthyDocument(), hosts, { variables: SECRETS });
    expect(connector(fromHere)).toContainEqual(expect.stringContaining('DNS failed HOP001'));
    const seen = await examined(healthyDocument(), hosts, { variables: SECRETS, lookFromPods: pod(ports) });
    expect(connector(seen).filter((line) => line.includes(' failed'))).toEqual([]);
    expect(connector(seen).length).toBeGreaterThan(4);
    expect(seenAt(seen, 'document', 'Pods')).toBe(
      'what pachd asks is asked through Pod/dex-1, that of pachd',
    );
  });

  test.each([
    ["nc: bad address 'okta'", 'HOP001'],
    ["nc: can't connect to remote host (10.0.0.1): Connection refused", 'HOP002'],
    ['nc: timed out', 'HOP002'],
    ['something else', 'HOP002'],
  ])('%s', async (words, code) => {
    const ports = await startHealthy(servers);
    const seen = await examined(healthyDocument(), ports, {
      variables: SECRETS,
      lookFromPods: pod({}, words),
    });
    expect(connector(seen).filter((line) => line.includes('failed'))).toContainEqual(
      expect.stringContaining(`TCP failed ${code}`),
    );
  });

  test('without a Pod everything is asked from here, and why is told', async () => {
    const seen = await examined(healthyDocument(), await startHealthy(servers), {
      variables: SECRETS,
      lookFromPods: async () => ({ problem: 'the image cannot be pulled' }),
    });
    expect(hopsOf(seen, 'failed')).toEqual(['document: Pods failed HOP040 /']);
  });

  test('where the cluster refuses, its Secrets are not read either', async () => {
    const reading = jest.fn(having(ALL));
    const finding = {
      ...({ code: 'CLU005', severity: 'error', message: 'no right', path: '' } as const),
      location: { file: 'pachyderm.yaml' },
    };
    const seen = await examined(document(), await startHealthy(servers), {
      variables: SECRETS,
      secretsOf: reading,
      lookFromPods: async () => ({ diagnostics: [finding] }),
    });
    expect(hopsOf(seen)).toContain('document: Pods skipped');
    expect(seen.diagnostics.map(({ code }) => code)).toContain('CLU005');
    expect(reading).not.toHaveBeenCalled();
  });
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
