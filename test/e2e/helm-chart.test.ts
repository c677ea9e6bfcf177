import * as path from 'node:path';
import { createNamespace } from './cluster-apply/cluster';
import { parseObjects, synthesize, type KubernetesObject } from './cluster-apply/synthesize';
import {
  describeWithTools,
  kubernetesTools,
  run,
  startKubernetes,
  temporaryDirectory,
  toolPath,
  type Finished,
  type KubernetesServer,
} from './harness';

const checkout = path.resolve(__dirname, '../..');
const chart = path.join(checkout, 'charts/quickstart');
const quickstart = {
  release: '2.12.0-rc.3',
  base: path.join(checkout, 'examples/quickstart/pachyderm.yaml'),
  over: {},
} as const;

/** What Helm derives from the seed, and pachkit in another way. */
const SECRETS = [
  'pachyderm-auth/pachd-oauth-client-secret',
  'pachyderm-auth/root-token',
  'pachyderm-console-secret/OAUTH_CLIENT_SECRET',
  'postgres/postgresql-password',
  'postgres/postgresql-postgres-password',
];

const PODS_WITH_SECRETS = [
  'Deployment/console',
  'Deployment/pachd',
  'Deployment/pachw',
  'Deployment/pg-bouncer',
];

/** Runs Helm with its files in a directory of its own. */
async function helm(args: readonly string[]): Promise<Finished> {
  const directory = temporaryDirectory('helm');
  const finished = await run({
    name: 'helm',
    program: toolPath('helm'),
    args,
    environment: {
      HELM_CACHE_HOME: directory.join('cache'),
      HELM_CONFIG_HOME: directory.join('config'),
      HELM_DATA_HOME: directory.join('data'),
    },
  });
  directory.remove();
  return finished;
}

const keyOf = ({ kind, metadata }: KubernetesObject): string => `${kind}/${metadata.name}`;

/** The secrets among what objects say, by Secret and key. */
function secretsIn(objects: readonly KubernetesObject[]): Record<string, string> {
  return Object.fromEntries(
    objects
      .flatMap(({ kind, metadata, stringData }) =>
        Object.entries(kind === 'Secret' ? (stringData as Record<string, string>) : {}).map(
          ([key, value]) => [`${metadata.name}/${key}`, value] as const,
        ),
      )
      .filter(([place]) => SECRETS.includes(place)),
  );
}

const CHECKSUM = 'pachkit.dev/configuration-checksum';

/** The objects without those secrets, and without the checksums over them, which Helm derives from the seed as well. */
function comparable(objects: readonly KubernetesObject[]): Record<string, unknown> {
  const secrets = new Set(Object.values(secretsIn(objects)));
  const entries = objects.map((object) => {
    const text = JSON.stringify(object, (key, value: unknown) => {
      if (readsSecrets(object) && key === CHECKSUM) return 'a checksum';
      return typeof value === 'string' && secrets.has(value) ? 'a secret' : value;
    });
    return [keyOf(object), JSON.parse(text) as unknown] as const;
  });
  return Object.fromEntries(entries);
}

const readsSecrets = (object: KubernetesObject): boolean => PODS_WITH_SECRETS.includes(keyOf(object));

/** What the pods of each kind say that they read. */
function checksumsOf(objects: readonly KubernetesObject[]): Record<string, string> {
  const pods = objects.flatMap((object) => {
    const spec = object['spec'] as { template?: { metadata?: { annotations?: Record<string, string> } } };
    const checksum = spec?.template?.metadata?.annotations?.[CHECKSUM];
    return checksum === undefined ? [] : [[keyOf(object), checksum] as const];
  });
  return Object.fromEntries(pods);
}

async function template(
  release: string,
  namespace: string,
  seed: string,
): Promise<readonly KubernetesObject[]> {
  const { code, output, standardOutput } = await helm([
    ...['template', release, chart, '--namespace', namespace, '--set', `seed=${seed}`],
  ]);
  expect({ code, output }).toEqual({ code: 0, output: standardOutput });
  return parseObjects(standardOutput);
}

describeWithTools('The chart charts/quickstart', ['helm'], () => {
  test('has nothing that Helm objects to', async () => {
    const { code, output } = await helm(['lint', '--strict', chart, '--set', 'seed=one']);
    expect(output).toContain('1 chart(s) linted, 0 chart(s) failed');
    expect(output).not.toMatch(/\[(WARNING|ERROR)\]/);
    expect(code).toBe(0);
  });

  test.each([
    ['one', 'team-a'],
    ['another', 'team-b'],
  ])('as release %s in the namespace %s it is the synthesized quickstart', async (release, namespace) => {
    const { objects, remove } = await synthesize({ ...quickstart, name: 'quickstart', namespace });
    const templated = await template(release, namespace, 'one');
    expect(templated).toHaveLength(objects.length);
    expect(Object.keys(secretsIn(templated)).sort()).toEqual(SECRETS);
    expect(comparable(templated)).toEqual(comparable(objects));
    remove();
  });

  test('its secrets follow from the seed, each in its own way', async () => {
    const one = secretsIn(await template('one', 'team-a', 'one'));
    expect(secretsIn(await template('two', 'team-b', 'one'))).toEqual(one);
    const other = secretsIn(await template('one', 'team-a', 'another'));
    const all = [...Object.values(one), ...Object.values(other)];
    for (const secret of all) expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(all).size).toBe(2 * SECRETS.length);
  });

  test('with another seed the pods that read secrets restart, and no others', async () => {
    const one = checksumsOf(await template('one', 'team-a', 'one'));
    expect(checksumsOf(await template('one', 'team-a', 'one'))).toEqual(one);
    const other = checksumsOf(await template('one', 'team-a', 'another'));
    for (const checksum of Object.values(other)) expect(checksum).toMatch(/^[0-9a-f]{64}$/);
    expect(
      Object.keys(one)
        .filter((pod) => one[pod] !== other[pod])
        .sort(),
    ).toEqual(PODS_WITH_SECRETS);
    expect(Object.keys(one).filter((pod) => one[pod] === other[pod])).not.toEqual([]);
  });

  test('without a seed it says what to do', async () => {
    const { code, output } = await helm(['template', 'one', chart]);
    expect(output).toContain('set seed: --set seed=...');
    expect(code).not.toBe(0);
  });
});

describeWithTools('The chart on a real API server', ['helm', ...kubernetesTools], () => {
  let kubernetes: KubernetesServer;
  beforeAll(async () => {
    kubernetes = await startKubernetes();
  });

  test('is installed and upgraded, and its notes lead to the root token', async () => {
    const namespace = 'helm';
    await createNamespace(kubernetes, namespace);
    const common = [
      chart,
      '--namespace',
      namespace,
      '--set',
      'seed=one',
      '--kubeconfig',
      kubernetes.kubeconfigFile,
    ];
    const installed = await helm(['install', 'quickstart', ...common]);
    expect(installed.output).toContain('STATUS: deployed');
    expect(installed.output).not.toMatch(/warning/i);

    const [, words = '', format = ''] = /kubectl (.*) -o (go-template='.*')\n/.exec(installed.output) ?? [];
    const rootToken = secretsIn(await template('quickstart', namespace, 'one'))['pachyderm-auth/root-token'];
    const printed = await kubernetes.kubectl([...words.split(' '), '-o', format.replaceAll("'", '')]);
    expect(printed.output).toBe(rootToken);

    const upgraded = await helm(['upgrade', 'quickstart', ...common]);
    expect(upgraded.output).toContain('REVISION: 2');
    expect(upgraded.code).toBe(0);
  });
});
