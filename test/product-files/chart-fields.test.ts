import { chartFacts, defaultOf, isInChart } from '../../src/helm-values/facts';
import { traitsOfTarget } from '../../src/releases/release-traits';
import type { PachydermTarget } from '../../src/releases/target';
import { check, rows, type Row } from './support/check';
import { found } from './support/values';

/** A value at its path, as mappings inside each other. */
function nested(path: string, value: unknown): object {
  return path.split('.').reduceRight<unknown>((inner, step) => ({ [step]: inner }), value) as object;
}

const CONNECTOR =
  '{ id: a, name: A, type: github, config: { clientID: a, clientSecret: b, redirectURI: "https://a/dex/callback", orgs: [{ name: a }] } }';

test.each<[string, Row[]]>([
  ['global: { postgresql: { postgresqlPort: 5432 } }', [['FIL024', 2, 41]]],
  ['global: { postgresql: { postgresqlPort: "5432" } }', []],
  ['pachd: { activateAuth: "true" }', [['FIL024', 2, 24]]],
  ['pachd: { activateAuth: yes }', []],
  ['pachd: { replicas: 1.5 }', [['FIL024', 2, 20]]],
  ['pachd: { rootToken: 12345 }', [['FIL024', 2, 21]]],
  ['pachd: { localhostIssuer: true }', [['FIL024', 2, 27]]],
  ['pachd: { pachAuthClusterRoleBindings: none }', [['FIL024', 2, 39]]],
  ['console: on', [['FIL024', 2, 10]]],
  ['oidc: { additionalClients: { id: a } }', [['FIL024', 2, 28]]],
  ['pachd: { tolerations: {} }', [['FIL024', 2, 23]]],
  ['pachd: { rootToken: null }', []],
  ['pachd: { storage: { backend: minio } }', [['FIL024', 2, 30]]],
  ['pachd: { service: { type: Nodeport } }', [['FIL024', 2, 27]]],
  ['pachd: { rootToken: a, rootTokenSecretName: b }', [['FIL023?', 2, 10]]],
  ['oidc: { upstreamIDPs: [], upstreamIDPsSecretName: b }', []],
  [`oidc: { upstreamIDPs: [${CONNECTOR}], upstreamIDPsSecretName: b }`, [['FIL023?', 2, 9]]],
  // What is wrong in it matters to no one, but for its type.
  ['oidc: { upstreamIDPs: [{ type: none, config: 1 }], upstreamIDPsSecretName: b }', [['FIL023?', 2, 9]]],
  [
    'oidc: { upstreamIDPs: none, upstreamIDPsSecretName: b }',
    [
      ['FIL023?', 2, 9],
      ['FIL011', 2, 9],
    ],
  ],
  ['pachd: { rootToken: "12345", rootTokenSecretName: b }', [['FIL023?', 2, 10]]],
  [
    'oidc: { additionalClients: [{ id: a, redirectURIs: [x] }], additionalClientsSecretName: b }',
    [['FIL023?', 2, 9]],
  ],
  // The bundled server has its password from there.
  [
    'global: { postgresql: { postgresqlPassword: a, postgresqlExistingSecretName: b } }',
    [['FIL029?', 2, 48]],
  ],
  [
    'global: { postgresql: { postgresqlHost: h, postgresqlPassword: a, postgresqlExistingSecretName: b } }\npostgresql: { enabled: false }',
    [['FIL023?', 2, 44]],
  ],
  [
    'oidc: { additionalClients: [{ id: a, name: a, redirect_uris: [http://a] }], additionalClientsSecretName: b }',
    [['FIL023?', 2, 9]],
  ],
  ['proxy: { resources: { limits: { cpu: 2 } } }', []],
  ['proxy: { resources: { requests: { cpu: 2 } } }', [['FIL024', 2, 40]]],
  // What an example left to be filled in; a secret may have any characters.
  ['proxy: { host: <YOUR_HOST> }', [['FIL007', 2, 16]]],
  ['pachd: { storage: { backend: GOOGLE, storageURL: "gs://<bucket>" } }', [['FIL007', 2, 50]]],
  ['pachd: { rootToken: <ROOT_TOKEN> }', [['FIL007', 2, 21]]],
  ['pachd: { rootToken: "a<b>c" }', []],
  ['pachd: { rootToken: <path:kv/data/pach#root> }', []],
])('types and words: %s', (line, expected) => expect(found(line)).toEqual(expected));

describe('values that a document has a field for', () => {
  test.each<[string, string, Row[]]>([
    ['a host with a scheme', 'proxy: { enabled: true, host: "https://pach.acme.com" }', [['SCH005', 2, 31]]],
    ['a host with a port', 'proxy: { enabled: true, host: "localhost:8443" }', []],
    ['a port that is left out', 'proxy: { service: { httpPort: 0 } }', []],
    ['a key that no affinity has', 'etcd: { affinity: { nodeAffinty: {} } }', [['SCH001', 2, 21]]],
    ['an operator in lowercase', 'pachd: { tolerations: [{ operator: exists }] }', [['SCH004', 2, 36]]],
    ['a resource in other words', 'pachd: { resources: { limits: { mem: 2G } } }', [['SCH005', 2, 33]]],
    ['a quantity with a space', 'etcd: { storageSize: 10 G }', [['SCH005', 2, 22]]],
    ['a label that is a number', 'pachd: { nodeSelector: { pool: 1 } }', [['SCH003', 2, 32]]],
    [
      'one role without its list',
      'pachd: { pachAuthClusterRoleBindings: { "user:a@acme.com": clusterAdmin } }',
      [['SCH003', 2, 60]],
    ],
    ['a port that is none', 'pachd: { service: { apiGRPCPort: 70000 } }', [['SCH005', 2, 34]]],
    ['a level that pachd does not know', 'pachd: { logLevel: verbose }', [['SCH004', 2, 20]]],
    [
      'a certificate that is none',
      'pachd: { tls: { enabled: false, newSecret: { crt: a } } }',
      [['SCH005?', 2, 51]],
    ],
    ['nothing', 'proxy: { enabled: true, host: "" }', []],
    ['a name of a Secret that is none', 'pachd: { rootTokenSecretName: Root_Token }', [['SCH005', 2, 31]]],
    [
      'a key of a Secret',
      'global: { postgresql: { postgresqlExistingSecretKey: a/b } }',
      [['SCH005', 2, 54]],
    ],
    ['a port in words', 'global: { postgresql: { postgresqlPort: standard } }', [['SCH005', 2, 41]]],
    ['a port that is too high', 'global: { postgresql: { postgresqlPort: "70000" } }', [['SCH005', 2, 41]]],
    ['a relative directory', 'pachd: { storage: { local: { hostPath: data } } }', [['SCH005', 2, 40]]],
    ['what a default is in other words', 'pachd: { defaultPipelineCPURequest: 1 cpu }', [['SCH005', 2, 37]]],
    ['a tag below another section', 'pgbouncer: { image: { tag: "a b" } }', [['SCH005', 2, 28]]],
    [
      'a quantity below another section',
      'proxy: { resources: { limits: { cpu: 2 cores } } }',
      [['SCH005', 2, 38]],
    ],
    ['an address that is none', 'proxy: { service: { loadBalancerIP: lb.acme.com } }', [['SCH005', 2, 37]]],
    ['a bucket of a backend that is not used', 'pachd: { storage: { google: { bucket: "gs://a" } } }', []],
    ['what is off', 'pachd: { goMaxProcs: 0, gcPercent: 0, lokiPort: 0 }', []],
    [
      'a binding that is taken away',
      'pachd: { pachAuthClusterRoleBindings: { "user:a@acme.com": null } }',
      [],
    ],
    ['what is filled in later', 'proxy: { enabled: true, host: "$HOST" }', []],
  ])('%s', (_, line, expected) =>
    expect(found(line).filter(([code]) => code.startsWith('SCH'))).toEqual(expected),
  );

  test('are named as the chart names them', () =>
    expect(
      check('helm-values', 'deployTarget: LOCAL\npachd: { logLevel: verbose }\n', 'pachyderm@2.11')[0],
    ).toMatchObject({
      message: 'pachd.logLevel cannot be "verbose"',
      hint: 'one of: debug, info, warn, error',
    }));
});

test.each<[registry: string, codes: string[]]>([
  ['docker.io/', []],
  ['registry.acme.com:5000/mirror/docker/', []],
  ['""', []],
  ['registry.acme.com', ['FIL029']],
  ['https://registry.acme.com/', ['FIL029']],
])('names of images follow the slash of a registry: %s', (registry, codes) => {
  const text = `deployTarget: LOCAL\nglobal: { image: { registry: ${registry} } }`;
  expect(check('helm-values', text, 'pachyderm@2.11').map(({ code }) => code)).toEqual(codes);
});

test.each(['2.2', '2.3', '2.5', '2.8', '2.11', '2.12'])(
  'the values that the chart of %s has itself are sound',
  (line) => {
    const version = traitsOfTarget(`pachyderm@${line}` as PachydermTarget).version;
    const codes = chartFacts().flatMap((fact) => {
      const value = defaultOf(fact, version);
      if (value === undefined || !isInChart(fact, version) || fact.path === 'deployTarget') return [];
      const text = JSON.stringify(nested(fact.path, value));
      return check('helm-values', text, `pachyderm@${line}`).flatMap(({ code }) =>
        /^(SCH|FIL02[0-4])/.test(code) ? [`${code} ${fact.path}`] : [],
      );
    });
    expect(codes).toEqual([]);
  },
);

test.each([
  ['bucket: "s3://acme-data/pach"', 'write: acme-data'],
  ['customEndpoint: "minio:9000/path"', 'write: minio:9000'],
  ['timeout: 5 minutes', 'write: 5m'],
])('storage: %s has %s', (setting, hint) =>
  expect(
    check('helm-values', `pachd: { storage: { amazon: { ${setting} } } }\n`, 'pachyderm@2.8').map(
      (each) => each.hint,
    ),
  ).toEqual([hint]),
);

test('an endpoint may have a scheme', () =>
  expect(
    check(
      'helm-values',
      'pachd: { storage: { amazon: { customEndpoint: "https://s3.acme.com/" } } }\n',
      'pachyderm@2.8',
    ),
  ).toEqual([]));

test('a bucket whose name is too short may stand for another', () =>
  expect(
    rows(check('helm-values', 'pachd: { storage: { amazon: { bucket: b } } }\n', 'pachyderm@2.8')),
  ).toEqual([['SCH005?', 1, 39]]));
