import * as path from 'node:path';
import { readdirSync } from 'node:fs';
import { Chart, Testing } from 'cdk8s';
import YAML from 'yaml';
import { Dex } from '../../src/constructs/dex';
import { hasErrors } from '../../src/diagnostics/diagnostic';
import { SourceFile } from '../../src/document/source-file';
import { revealConfig } from '../../src/model/connector-config';
import { DexConnector } from '../../src/model/dex-connector';
import { dexServer } from '../../src/model/dex-server';
import { literalSecret } from '../../src/model/secret';
import type { Manifest } from '../../src/outputs/objects';
import { checkProductFile } from '../../src/pipeline/check-product-files';
import { dexConfig } from '../../src/product-files/dex-config/dex-config';
import { clusterIn, dexPodIn, dexPodOf } from '../support/dex-pod';
import { brokenConfigurations, soundConfiguration } from './dex/broken-configurations';
import { startIdentityProviders } from './dex/identity-providers';
import {
  documents,
  documentsWith,
  expectToServe,
  servedBy,
  startPod,
  type RunningPod,
  type Served,
} from './dex/running-pod';
import {
  createCertificateAuthority,
  describeWithTools,
  freePort,
  postgresTools,
  serveDex,
  startDex,
  startPostgres,
  temporaryDirectory,
  type PostgresServer,
  type Response,
} from './harness';

/** How many configurations a suite has shown, for the report at its end. */
const counts = { started: new Set<string>(), refused: 0, refusedByBoth: 0 };

/** Issuers of a Dex without Pachyderm: with and without path and port. */
const issuersAlone = [
  'https://dex.example.com',
  'https://dex.example.com:8443/login',
  'http://Dex.example.com/a/b',
];

/** Says that it starts and answers, and counts it. */
async function expectStarted(name: string, dex: Served, pod: RunningPod): Promise<void> {
  await expectToServe(dex, pod);
  counts.started.add(name);
}

describeWithTools('a standalone Dex, on its own storage', ['dex', 'openssl'], () => {
  test.each(documentsWith('memory'))('$name starts and answers discovery', async ({ name, cluster }) => {
    const pod = await startPod(servedBy(cluster), dexPodOf(name));
    await expectStarted(name, servedBy(cluster), pod);
    await pod.stop();
  });

  test.each(documentsWith('sqlite3'))('$name starts and answers discovery', async ({ name, cluster }) => {
    const directory = temporaryDirectory('dex-volume');
    const pod = await startPod(servedBy(cluster), dexPodOf(name), {
      'storage.config.file': directory.join('dex.db'),
    });
    await expectStarted(name, servedBy(cluster), pod);
    await pod.stop();
    directory.remove();
  });

  test.each(issuersAlone)('one without Pachyderm starts and answers discovery at %s', async (issuer) => {
    const dex = dexServer({
      issuer,
      storage: { type: 'memory' },
      connectors: [
        new DexConnector({
          issuer,
          type: 'github',
          id: 'github',
          config: { clientID: 'abc', clientSecret: literalSecret('secret'), orgs: [{ name: 'acme' }] },
        }),
      ],
      staticClients: [{ id: 'cli', name: 'CLI', redirectURIs: ['/device/callback'], trustedPeers: [] }],
    });
    const chart = new Chart(Testing.app(), 'auth');
    new Dex(chart, 'dex', { namespace: 'auth', dex, ingress: {} });
    const pod = await startPod(dex, dexPodIn(chart.toJson() as Manifest[]));
    await expectStarted(issuer, dex, pod);
    await pod.stop();
  });

  test('secrets and strings with special characters arrive as they are', async () => {
    const document = 'test/fixtures/dex-standalone/special-characters.yaml';
    const written = dexPodOf(document);
    const cluster = clusterIn(document);
    const pod = await startPod(servedBy(cluster), written);
    const clientSecret = written.environment['DEX_STATIC_CLIENT_PACHD_SECRET'] ?? '';
    const login = (username: string, password: string, client = clientSecret): Promise<Response> =>
      pod.ask('/token', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          grant_type: 'password',
          client_id: 'pachd',
          client_secret: client,
          scope: 'openid email',
          username,
          password,
        }).toString(),
      });
    const [connector] = cluster.identity.connectors;
    const { username, password } = revealConfig(connector?.config ?? {}) as Record<string, string>;
    const answer = await login(username ?? '', password ?? '');
    expect([answer.status, answer.body]).toEqual([200, expect.stringContaining('id_token') as unknown]);
    expect((await login(username ?? '', 'wrong')).status).toBe(401);
    expect((await login(username ?? '', password ?? '', 'wrong')).status).toBe(401);
    await pod.stop();
  });
});

describeWithTools('a standalone Dex, on PostgreSQL', ['dex', 'openssl', ...postgresTools], () => {
  let postgres: PostgresServer;
  let database = 0;
  beforeAll(async () => {
    postgres = await startPostgres();
  });

  test.each(documentsWith('postgres'))('$name starts and answers discovery', async ({ name, cluster }) => {
    const ownName = `dex_${++database}`;
    await postgres.createDatabase(ownName);
    const pod = await startPod(
      servedBy(cluster),
      dexPodOf(name),
      {
        'storage.config.host': '127.0.0.1',
        'storage.config.port': postgres.port,
        'storage.config.user': postgres.user,
        'storage.config.database': ownName,
        // The server of the tests has no certificate.
        'storage.config.ssl': { mode: 'disable' },
      },
      { DEX_STORAGE_PASSWORD: postgres.password },
    );
    await expectStarted(name, servedBy(cluster), pod);
    expect(await postgres.query('select count(*) from keys', ownName)).toBe('1');
    await pod.stop();
  });
});

describeWithTools('configurations that Dex refuses', ['dex'], () => {
  const check = (text: string): ReturnType<typeof checkProductFile> =>
    checkProductFile(new SourceFile('config.yaml', text, '/etc/dex'), dexConfig, 'dex@2.41');

  test('are broken where they differ from one that it takes', async () => {
    const running = serveDex(soundConfiguration);
    await running.ready(async () => running.logs().includes('listening on'));
    expect(running.ended()).toBeUndefined();
    expect(hasErrors(check(soundConfiguration))).toBe(false);
    await running.stop();
  });

  test.each(Object.keys(brokenConfigurations))('%s', async (what) => {
    const text = brokenConfigurations[what] ?? '';
    const running = serveDex(text);
    const deadline = new Promise<'still running'>((resolve) => {
      setTimeout(() => resolve('still running'), 20_000).unref();
    });
    const code = await Promise.race([running.exited, deadline]);
    const said = running.logs();
    await running.stop();
    expect([code, said]).toEqual([expect.any(Number), expect.any(String)]);
    expect(code).not.toBe(0);
    counts.refused++;
    const findings = check(text);
    expect({ said, ours: findings.filter(({ severity }) => severity === 'error') }).toEqual({
      said,
      ours: expect.arrayContaining([expect.anything()]) as unknown,
    });
    counts.refusedByBoth++;
  });
});

describeWithTools("connectors in Pachyderm's Dex", ['dex-pachyderm', 'openssl'], () => {
  const root = path.resolve(__dirname, '../..');
  const embedded = readdirSync(path.join(root, 'examples'))
    .map((name) => `examples/${name}/pachyderm.yaml`)
    .filter((name) => readdirSync(path.dirname(path.join(root, name))).includes('pachyderm.yaml'))
    .map((name) => ({ name, cluster: clusterIn(name) }))
    .filter(({ cluster }) => !cluster.dex && cluster.identity.connectors.length > 0);

  test.each(embedded)('those of $name are opened', async ({ cluster }) => {
    const directory = temporaryDirectory('dex-pachyderm');
    const authority = await createCertificateAuthority(directory.path);
    const providers = await startIdentityProviders(cluster.identity.connectors, authority);
    const port = await freePort();
    const { issuer } = cluster.urls;
    const dex = await startDex({
      tool: 'dex-pachyderm',
      issuer,
      address: `http://127.0.0.1:${port}`,
      environment: { ...providers.environment },
      configuration: YAML.stringify({
        issuer,
        storage: { type: 'memory' },
        web: { http: `127.0.0.1:${port}` },
        connectors: cluster.identity.connectors.map(({ type, id, name, config }) => ({
          type,
          id,
          name,
          config: revealConfig(config),
        })),
      }),
    });
    expect(dex.discovery['issuer']).toBe(issuer);
    await dex.stop();
    await providers.stop();
    directory.remove();
  });
});

afterAll(() => {
  process.stdout.write(
    `\nDex: ${counts.started.size} of ${documents.length - documentsWith('kubernetes').length + issuersAlone.length} synthesized configurations started and answered discovery with the derived issuer; ` +
      `of ${counts.refused} broken configurations that Dex refused at startup, pachkit refused ${counts.refusedByBoth} too.\n`,
  );
});
