import * as path from 'node:path';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { Chart, Testing } from 'cdk8s';
import YAML from 'yaml';
import { Dex } from '../../src/constructs/dex';
import { hasErrors } from '../../src/diagnostics/diagnostic';
import { SourceFile } from '../../src/document/source-file';
import { revealConfig } from '../../src/model/connector-config';
import type { Cluster } from '../../src/model/cluster';
import type { DexServer } from '../../src/model/dex';
import { DexConnector } from '../../src/model/dex-connector';
import { dexServer } from '../../src/model/dex-server';
import { literalSecret } from '../../src/model/secret';
import { clusterObjects, type Manifest } from '../../src/outputs/objects';
import { checkProductFile } from '../../src/pipeline/validate-files';
import { dexConfig } from '../../src/product-files/dex-config/dex-config';
import {
  clusterIn,
  dexPodIn,
  dexPodOf,
  standaloneDocuments,
  withValues,
  type DexPod,
} from '../support/dex-pod';
import { brokenConfigurations, soundConfiguration } from './dex/broken-configurations';
import { startIdentityProviders } from './dex/identity-providers';
import {
  createCertificateAuthority,
  describeWithTools,
  freePort,
  kubernetesTools,
  postgresTools,
  request,
  serveDex,
  startDex,
  startKubernetes,
  startPostgres,
  startProcess,
  temporaryDirectory,
  toolPath,
  waitFor,
  type PostgresServer,
  type Response,
  type RunningProcess,
} from './harness';

/** How many configurations a suite has shown, for the report at its end. */
const counts = { started: new Set<string>(), refused: 0, refusedByBoth: 0 };

/** Issuers of a Dex without Pachyderm: with and without path and port. */
const issuersAlone = [
  'https://dex.example.com',
  'https://dex.example.com:8443/login',
  'http://Dex.example.com/a/b',
];

const documents = standaloneDocuments().map((name) => ({ name, cluster: clusterIn(name) }));

function documentsWith(storage: string): { name: string; cluster: Cluster }[] {
  return documents.filter(({ cluster }) => cluster.dex?.storage.type === storage);
}

/** A Dex that runs as its pod would, on ports of its own. */
interface RunningPod {
  readonly running: RunningProcess;
  /** Its pages, asked as the way in would ask: below the path of the issuer. */
  ask(path: string, options?: Parameters<typeof request>[1]): Promise<Response>;
  /** The telemetry port. */
  askTelemetry(path: string): Promise<Response>;
  stop(): Promise<void>;
}

/** What a pod's Dex is: where it is, and whom it asks when it starts. */
type Served = Pick<DexServer, 'issuer' | 'connectors'>;

function servedBy({ urls, identity }: Cluster): Served {
  return { issuer: urls.issuer, connectors: identity.connectors };
}

/** Starts the pod's configuration, in which only `values` are other ones, with the pod's arguments and environment. */
async function startPod(
  dex: Served,
  pod: DexPod,
  values: Readonly<Record<string, unknown>> = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningPod> {
  const directory = temporaryDirectory('dex-pod');
  const authority = await createCertificateAuthority(directory.path);
  const providers = await startIdentityProviders(dex.connectors, authority);
  const file = directory.join('config.yaml');
  const isChanged = Object.keys(values).length > 0;
  writeFileSync(file, isChanged ? withValues(pod.configuration, values) : pod.configuration, { mode: 0o600 });
  const [web, telemetry] = [await freePort(), await freePort()];
  const running = startProcess({
    name: 'dex',
    program: toolPath('dex'),
    args: [
      ...pod.arguments.map((argument) => argument.replace('/etc/dex/config.yaml', file)),
      ...['--web-http-addr', `127.0.0.1:${web}`, '--telemetry-addr', `127.0.0.1:${telemetry}`],
    ],
    environment: { ...pod.environment, ...providers.environment, ...environment },
    workingDirectory: directory.path,
  });
  const issuerPath = new URL(dex.issuer).pathname.replace(/\/$/, '');
  const ask: RunningPod['ask'] = (place, options) =>
    request(`http://127.0.0.1:${web}${issuerPath}${place}`, options);
  await running.ready(async () => (await ask('/healthz')).status === 200);
  return {
    running,
    ask,
    askTelemetry: (place) => request(`http://127.0.0.1:${telemetry}${place}`),
    stop: async () => {
      await running.stop();
      await providers.stop();
      directory.remove();
    },
  };
}

/** Discovery and probes answer as manifests and other programs expect. */
async function expectToServe(name: string, { issuer }: Served, pod: RunningPod): Promise<void> {
  const discovery = JSON.parse((await pod.ask('/.well-known/openid-configuration')).body) as Record<
    string,
    unknown
  >;
  expect(discovery['issuer']).toBe(issuer);
  expect(discovery['token_endpoint']).toBe(`${issuer.replace(/\/$/, '')}/token`);
  expect((await pod.askTelemetry('/healthz/live')).status).toBe(200);
  await pod.running.ready(async () => (await pod.askTelemetry('/healthz/ready')).status === 200);
  counts.started.add(name);
}

describeWithTools('a standalone Dex, on its own storage', ['dex', 'openssl'], () => {
  test.each(documentsWith('memory'))('$name starts and answers discovery', async ({ name, cluster }) => {
    const pod = await startPod(servedBy(cluster), dexPodOf(name));
    await expectToServe(name, servedBy(cluster), pod);
    await pod.stop();
  });

  test.each(documentsWith('sqlite3'))('$name starts and answers discovery', async ({ name, cluster }) => {
    const directory = temporaryDirectory('dex-volume');
    const pod = await startPod(servedBy(cluster), dexPodOf(name), {
      'storage.config.file': directory.join('dex.db'),
    });
    await expectToServe(name, servedBy(cluster), pod);
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
    await expectToServe(issuer, dex, pod);
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
    await expectToServe(name, servedBy(cluster), pod);
    expect(await postgres.query('select count(*) from keys', ownName)).toBe('1');
    await pod.stop();
  });
});

describeWithTools('a standalone Dex, on custom resources', ['dex', ...kubernetesTools], () => {
  test.each(documentsWith('kubernetes'))(
    '$name needs no right beyond its namespace',
    async ({ name, cluster }) => {
      const kubernetes = await startKubernetes();
      const directory = temporaryDirectory('dex-account');
      const namespace = {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: cluster.namespace,
          labels: { 'pod-security.kubernetes.io/warn': 'restricted' },
        },
      };
      const apply = ['apply', '--server-side', '--validate=strict', '-f', '-'];
      await kubernetes.kubectl(apply, JSON.stringify(namespace));
      const objects = clusterObjects(cluster)
        .filter(({ component }) => component === 'dex')
        .map(({ manifest }) => manifest);
      const applied = await kubernetes.kubectl(
        apply,
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
      );
      expect([applied.code, applied.output]).toEqual([0, expect.any(String) as unknown]);
      expect(applied.output).not.toContain('would violate');
      expect(applied.output.match(/serverside-applied/g)).toHaveLength(objects.length);
      await waitFor('custom resources are served', async () => {
        const lists = await Promise.all(
          objects
            .filter(({ kind }) => kind === 'CustomResourceDefinition')
            .map(({ metadata }) => kubernetes.kubectl(['get', metadata.name, '-n', cluster.namespace])),
        );
        return lists.every(({ code }) => code === 0);
      });

      const token = await kubernetes.kubectl(['create', 'token', 'dex', '-n', cluster.namespace]);
      const account = JSON.parse(readFileSync(kubernetes.kubeconfigFile, 'utf8')) as {
        users: [{ user: { token: string } }];
        contexts: [{ context: { namespace?: string } }];
      };
      account.users[0].user.token = token.standardOutput.trim();
      account.contexts[0].context.namespace = cluster.namespace;
      const kubeConfigFile = directory.join('kubeconfig.json');
      writeFileSync(kubeConfigFile, JSON.stringify(account), { mode: 0o600 });

      const pod = await startPod(servedBy(cluster), dexPodOf(name), {
        'storage.config': { kubeConfigFile },
      });
      await expectToServe(name, servedBy(cluster), pod);
      const keys = await kubernetes.kubectl(['get', 'signingkeies', '-n', cluster.namespace, '-o', 'name']);
      expect(keys.standardOutput).toContain('signingkey');
      expect(pod.running.logs()).not.toMatch(/creating custom resource\\?"|forbidden/i);
      await pod.stop();
      await kubernetes.stop();
      directory.remove();
    },
  );
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
    `\nDex: ${counts.started.size} of ${documents.length + issuersAlone.length} synthesized configurations started and answered discovery with the derived issuer; ` +
      `of ${counts.refused} broken configurations that Dex refused at startup, pachkit refused ${counts.refusedByBoth} too.\n`,
  );
});
