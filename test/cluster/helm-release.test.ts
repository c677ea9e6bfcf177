import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { importCommand } from '../../src/cli/commands/import';
import { Resources } from '../../src/cluster/api/resources';
import { readHelmRelease, type WantedRelease } from '../../src/cluster/helm-release';
import { refusal, startStandIn, type Answer, type StandInApi } from './stand-in-api';

interface Kept {
  readonly name?: string;
  readonly namespace?: string;
  readonly version?: number;
  readonly chart?: {
    readonly name: string;
    readonly version: string;
    readonly dependencies?: readonly object[];
  };
  /** Values of the chart itself, and what its dependencies were resolved to. */
  readonly chartValues?: object;
  readonly lock?: { readonly dependencies: readonly object[] };
  readonly config?: object;
  readonly data?: string;
}

const VALUES = {
  deployTarget: 'LOCAL',
  pachd: { rootToken: 'token-of-acme', storage: { local: { hostPath: '/srv/pach/' } } },
};

/** A release as Helm writes it into a Secret. */
function secretOf({
  name = 'pachyderm',
  namespace = 'pach',
  version = 1,
  chart,
  config = VALUES,
  chartValues,
  lock,
  data,
}: Kept = {}) {
  const record = {
    name,
    namespace,
    version,
    config,
    chart: { metadata: chart ?? { name: 'pachyderm', version: '2.11.6' }, values: chartValues, lock },
  };
  const packed = gzipSync(JSON.stringify(record)).toString('base64');
  return {
    metadata: { name: `sh.helm.release.v1.${name}.v${version}`, namespace },
    type: 'helm.sh/release.v1',
    data: { release: data ?? Buffer.from(packed).toString('base64') },
  };
}

let standIn: StandInApi | undefined;
afterEach(async () => {
  await standIn?.close();
  standIn = undefined;
});

async function read(
  wanted: WantedRelease,
  answer: Answer,
): Promise<Awaited<ReturnType<typeof readHelmRelease>>> {
  standIn = await startStandIn(() => answer);
  return readHelmRelease(new Resources(standIn.api), wanted, 'cluster');
}

const listOf = (...kept: readonly Kept[]): Answer => ({ body: { items: kept.map(secretOf) } });

test('the release is what Helm keeps of its newest revision', async () => {
  const found = await read({ name: 'pachyderm', namespace: 'pach' }, listOf({ version: 3 }, { version: 12 }));
  expect(found).toMatchObject({
    name: 'pachyderm',
    namespace: 'pach',
    revision: 12,
    chartVersion: '2.11.6',
    values: VALUES,
  });
});

test('it is asked for once, and nothing is written', async () => {
  await read({ name: 'pachyderm', namespace: 'pach' }, listOf({}));
  const [asked, ...others] = standIn?.asked ?? [];
  expect(others).toEqual([]);
  const url = new URL(asked?.path ?? '', 'http://cluster');
  expect([asked?.method, url.pathname]).toEqual(['GET', '/api/v1/namespaces/pach/secrets']);
  expect(url.searchParams.get('labelSelector')).toBe('owner=helm,status=deployed,name=pachyderm');
  expect(url.searchParams.get('fieldSelector')).toBe('type=helm.sh/release.v1');
});

test('without a name it is the only release of the chart, in whatever namespace', async () => {
  const other = { name: 'ingress', namespace: 'web', chart: { name: 'ingress-nginx', version: '4.0.0' } };
  const found = await read({}, listOf(other, { name: 'pachd', namespace: 'data' }));
  expect(found).toMatchObject({ name: 'pachd', namespace: 'data' });
  expect(standIn?.asked[0]?.path).toMatch(/^\/api\/v1\/secrets\?/);
});

describe('of a chart that depends on the official one', () => {
  const REPOSITORY = 'https://helm.pachyderm.com';
  const redis = { name: 'redis', version: '18.0.0', repository: 'https://example.com' };

  test.each<[string, object[], object[] | undefined, string, string | undefined]>([
    [
      'its name is the key',
      [redis, { name: 'pachyderm', version: '2.11.6' }],
      undefined,
      'pachyderm',
      '2.11.6',
    ],
    [
      'the lock knows the version',
      [{ name: 'pachyderm', version: '~2.11', repository: REPOSITORY }],
      [{ name: 'pachyderm', version: '2.11.4', repository: REPOSITORY }],
      'pachyderm',
      '2.11.4',
    ],
    ['a range is none', [{ name: 'pachyderm', version: '~2.11' }], undefined, 'pachyderm', undefined],
    // Helm keeps the alias in the place of the name.
    [
      'its alias is the key',
      [redis, { name: 'mldm', alias: 'mldm', version: '2.x', repository: REPOSITORY }],
      [redis, { name: 'pachyderm', version: '2.10.9', repository: REPOSITORY }],
      'mldm',
      '2.10.9',
    ],
  ])('%s', async (_, dependencies, locked, key, version) => {
    const found = await read(
      {},
      listOf({
        name: 'platform',
        chart: { name: 'platform', version: '0.3.0', dependencies },
        chartValues: { [key]: VALUES },
        config: {},
        ...(locked ? { lock: { dependencies: locked } } : {}),
      }),
    );
    expect(found).toMatchObject({
      name: 'platform',
      umbrella: { name: 'platform', key, values: { [key]: VALUES } },
    });
    expect('chartVersion' in found ? found.chartVersion : undefined).toBe(version);
  });
});

const other = { name: 'ingress', namespace: 'web', chart: { name: 'ingress-nginx', version: '4.0.0' } };

test.each<[shows: string, wanted: WantedRelease, answer: Answer, code: string, message: RegExp]>([
  [
    'none',
    { name: 'pach', namespace: 'x' },
    listOf(),
    'IMP011',
    /no deployed release pach in the namespace x/,
  ],
  ['none of the chart', {}, listOf(other), 'IMP011', /chart pachyderm in the cluster, but 1 of other charts/],
  ['several', {}, listOf({}, { namespace: 'two' }), 'IMP011', /pachyderm in pach, pachyderm in two/],
  [
    'another chart',
    { name: 'ingress' },
    listOf(other),
    'IMP011',
    /of the chart ingress-nginx, which is not pachyderm and does not depend on it/,
  ],
  [
    'no record',
    {},
    listOf({ data: 'AAAA' }),
    'IMP012',
    /sh\.helm\.release\.v1\.pachyderm\.v1 is not a record/,
  ],
  ['no rights', {}, refusal(403, 'Forbidden', 'secrets is forbidden'), 'CLU005', /secrets is forbidden/],
])('%s: a finding', async (_shows, wanted, answer, code, message) => {
  const found = await read(wanted, answer);
  expect(found).toMatchObject({ code, severity: 'error' });
  expect('message' in found ? found.message : '').toMatch(message);
});

describe('pachkit import helm-values --from-cluster', () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-from-cluster-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  async function run(
    options: Readonly<Record<string, unknown>> = {},
    files: readonly string[] = [],
    kept: Kept = {},
  ) {
    standIn = await startStandIn(() => listOf({ name: 'pachd', namespace: 'data', version: 4, ...kept }));
    const kubeconfig = path.join(folder, 'config');
    fs.writeFileSync(
      kubeconfig,
      JSON.stringify({
        clusters: [{ name: 'one', cluster: { server: standIn.url, 'insecure-skip-tls-verify': true } }],
        users: [{ name: 'ada', user: { token: 'hunter2hunter2' } }],
        contexts: [{ name: 'dev', context: { cluster: 'one', user: 'ada' } }],
        'current-context': 'dev',
      }),
    );
    let [out, error] = ['', ''];
    const exitCode = await importCommand(
      {
        directory: folder,
        environment: {},
        stdoutHasColors: false,
        stderrHasColors: false,
        columns: () => undefined,
        terminal: () => undefined,
        writeOut: (text) => (out += text),
        writeError: (text) => (error += text),
      },
      ['helm-values', ...files],
      {
        color: 'never',
        quiet: false,
        fromCluster: true,
        secrets: 'existing',
        format: 'pretty',
        kubeconfig,
        ...options,
      },
    );
    return { exitCode, out, error };
  }

  test('takes release, name and namespace from there', async () => {
    const { exitCode, out, error } = await run();
    expect(exitCode).toBe(0);
    for (const line of [
      'release: 2.11.6',
      'namespace: data',
      'helmReleaseName: pachd',
      'hostPath: /srv/pach/',
    ])
      expect(out).toContain(line);
    expect(error).toContain('helm get values pachd -n data --revision 4:');
    expect(out + error).not.toContain('token-of-acme');
    expect(out + error).not.toContain('hunter2');
  });

  test('lays what was set over the values of a chart that depends on ours', async () => {
    const { exitCode, out, error } = await run({}, [], {
      chart: { name: 'platform', version: '1.0.0', dependencies: [{ name: 'pachyderm', version: '2.10.2' }] },
      chartValues: { pachyderm: { ...VALUES, pachd: { ...VALUES.pachd, replicas: 2 } }, web: {} },
      config: { pachyderm: { pachd: { replicas: 3 } } },
    });
    expect(exitCode).toBe(0);
    for (const line of ['release: 2.10.2', 'hostPath: /srv/pach/', 'replicas: 3'])
      expect(out).toContain(line);
    expect(error).toMatch(/helm show values platform:\d+ {2}pachyderm\.deployTarget/);
    expect(error).toMatch(/helm get values pachd -n data --revision 4:\d+ {2}pachyderm\.pachd\.replicas/);
    expect(error).toMatch(/helm show values platform:\d+ {2}web: it is of another chart/);
  });

  test('writes a file as ever', async () => {
    const { exitCode } = await run({ output: 'pachyderm.yaml' });
    expect(exitCode).toBe(0);
    expect(fs.readFileSync(path.join(folder, 'pachyderm.yaml'), 'utf8')).toContain('helmReleaseName: pachd');
  });

  test('does not take files too', async () => {
    const { exitCode, error } = await run({}, ['values.yaml']);
    expect([exitCode, standIn?.asked]).toEqual([2, []]);
    expect(error).toContain('not from both');
  });
});
