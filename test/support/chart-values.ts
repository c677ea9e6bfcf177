import { setOwn, type JsonValue } from '../../src/document/source-node';
import type { ChartFact } from '../../src/helm-values/chart-fact';
import { choicesOf, defaultOf, typeOf } from '../../src/helm-values/facts';
import { layered, setAt, valueAt, type JsonMapping } from '../../src/helm-migration/json';
import type { ReleaseVersion } from '../../src/releases/release';

/** The releases whose charts were compared value by value. */
export const COMPARED_RELEASES = ['2.2.8', '2.11.6', '2.12.0-rc.3'];

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const AUTH = {
  pachd: { enterpriseLicenseKey: 'license', rootToken: 'root-token', oauthClientSecret: 'client-secret' },
  oidc: { mockIDP: false },
};
const LOCAL = {
  deployTarget: 'LOCAL',
  pachd: { storage: { local: { hostPath: '/srv/' } } },
  proxy: { enabled: true },
};
const EXTERNAL = {
  postgresql: { enabled: false },
  global: { postgresql: { postgresqlHost: 'db.example.com', postgresqlPassword: 'password' } },
};
const CLOUD_SQL = {
  ...EXTERNAL,
  cloudsqlAuthProxy: { enabled: true, connectionName: 'project:region:instance', serviceAccount: 'a@b.iam' },
};
const SERVER = {
  pachd: { enabled: false, enterpriseLicenseKey: 'license' },
  enterpriseServer: { enabled: true },
};
const MEMBER = {
  pachd: {
    activateEnterpriseMember: true,
    enterpriseServerAddress: 'grpc://server:31650',
    enterpriseCallbackAddress: 'grpc://pachd:30650',
    enterpriseServerToken: 'token',
    enterpriseRootToken: 'token',
  },
};
const INGRESS = { ingress: { enabled: true, host: 'pach.example.com' } };
const storage = (target: string, more: JsonMapping): JsonMapping => ({
  deployTarget: target,
  pachd: { storage: { backend: target === 'CUSTOM' ? 'MINIO' : '', storageURL: '', ...more } },
});

/** What other values have to be for a value to have an effect, by the beginning of its path; the first that fits counts. */
const CONTEXTS: readonly (readonly [prefix: string, context: JsonMapping])[] = [
  ['cloudsqlAuthProxy.', CLOUD_SQL],
  [
    'enterpriseServer.tls.newSecret',
    {
      ...SERVER,
      enterpriseServer: {
        enabled: true,
        tls: { enabled: true, secretName: 'tls', newSecret: { create: true, crt: PEM, key: 'key' } },
      },
    },
  ],
  [
    'enterpriseServer.tls.secretName',
    { ...SERVER, enterpriseServer: { enabled: true, tls: { enabled: true, secretName: 'tls' } } },
  ],
  [
    'enterpriseServer.tls.enabled',
    { ...SERVER, enterpriseServer: { enabled: true, tls: { secretName: 'tls' } } },
  ],
  ['enterpriseServer.enabled', { pachd: { enterpriseLicenseKey: 'license' } }],
  ['enterpriseServer.', SERVER],
  ['pachd.enabled', { pachd: { enterpriseLicenseKey: 'license' } }],
  [
    'ingress.tls.newSecret',
    {
      ingress: {
        ...INGRESS.ingress,
        tls: { enabled: true, secretName: 'tls', newSecret: { create: true, crt: PEM, key: 'key' } },
      },
    },
  ],
  ['ingress.tls.enabled', { ingress: { ...INGRESS.ingress, tls: { secretName: 'tls' } } }],
  ['ingress.tls.', { ingress: { ...INGRESS.ingress, tls: { enabled: true, secretName: 'tls' } } }],
  ['pachw.inheritFromPachd', { pachd: { resources: { requests: { cpu: 2 } } } }],
  ['ingress.enabled', { ingress: { host: 'pach.example.com' } }],
  ['ingress.', INGRESS],
  ['pachd.configJob', AUTH],
  ['pachd.externalService.enabled', {}],
  ['pachd.externalService', { pachd: { externalService: { enabled: true } } }],
  [
    'pachd.tls.newSecret',
    {
      pachd: { tls: { enabled: true, secretName: 'tls', newSecret: { create: true, crt: PEM, key: 'key' } } },
    },
  ],
  ['pachd.tls.secretName', { pachd: { tls: { enabled: true, secretName: 'tls' } } }],
  ['pachd.tls.enabled', { pachd: { tls: { secretName: 'tls' } } }],
  ['global.customCaCerts', { pachd: { tls: { enabled: true, secretName: 'tls' } } }],
  [
    'pachd.activateEnterpriseMember',
    { ...AUTH, pachd: { ...AUTH.pachd, ...MEMBER.pachd, activateEnterpriseMember: false } },
  ],
  ['pachd.enterpriseServer', { pachd: { ...AUTH.pachd, ...MEMBER.pachd } }],
  ['pachd.enterpriseCallback', { pachd: { ...AUTH.pachd, ...MEMBER.pachd } }],
  ['pachd.enterpriseRootToken', { pachd: { ...AUTH.pachd, ...MEMBER.pachd, enterpriseServerToken: '' } }],
  ['pachd.enterpriseLicenseKey', {}],
  [
    'pachd.storage.amazon',
    storage('AMAZON', {
      storageURL: 's3://bucket',
      amazon: { bucket: 'bucket', region: 'eu-central-1', id: 'id', secret: 'secret' },
    }),
  ],
  ['pachd.storage.google', storage('GOOGLE', { storageURL: 'gs://bucket', google: { bucket: 'bucket' } })],
  [
    'pachd.storage.microsoft',
    storage('MICROSOFT', {
      storageURL: 'azblob://container',
      microsoft: { container: 'container', id: 'account', secret: 'a2V5' },
    }),
  ],
  [
    'pachd.storage.minio',
    storage('CUSTOM', {
      storageURL: 's3://bucket',
      minio: { bucket: 'bucket', endpoint: 'minio:9000', id: 'id', secret: 'secret' },
    }),
  ],
  [
    'pachd.storage.storageURL',
    storage('AMAZON', { storageURL: 's3://bucket', amazon: { bucket: 'bucket', region: 'eu-central-1' } }),
  ],
  ['proxy.enabled', { proxy: { enabled: false } }],
  [
    'proxy.tls.secret.',
    {
      proxy: {
        host: 'pach.example.com',
        tls: { enabled: true, secretName: 'tls', secret: { cert: PEM, key: 'key' } },
      },
    },
  ],
  ['proxy.tls.enabled', { proxy: { host: 'pach.example.com', tls: { secretName: 'tls' } } }],
  ['proxy.tls', { proxy: { host: 'pach.example.com', tls: { enabled: true, secretName: 'tls' } } }],
  [
    'proxy.service.https',
    {
      proxy: {
        host: 'a.example.com',
        service: { type: 'NodePort' },
        tls: { enabled: true, secretName: 'tls' },
      },
    },
  ],
  ['proxy.service.httpNodePort', { proxy: { service: { type: 'NodePort' } } }],
  ['proxy.service.loadBalancerIP', { proxy: { service: { type: 'LoadBalancer' } } }],
  ['proxy.service.externalTrafficPolicy', { proxy: { service: { type: 'LoadBalancer' } } }],
  ['preflightCheckJob.enabled', {}],
  ['preflightCheckJob.', { preflightCheckJob: { enabled: true } }],
  ['restoreSnapshot.enabled', { restoreSnapshot: { snapshot_id: 7 } }],
  ['restoreSnapshot.', { restoreSnapshot: { enabled: true, snapshot_id: 7 } }],
  ['postgresql.enabled', { global: EXTERNAL.global }],
  ['postgresql.service.nodePort', { postgresql: { service: { type: 'NodePort' } } }],
  ['global.postgresql.postgresqlHost', EXTERNAL],
  ['global.postgresql.postgresqlPort', EXTERNAL],
  ['global.postgresql.postgresqlUsername', EXTERNAL],
  [
    'global.postgresql.postgresqlExistingSecretKey',
    { global: { postgresql: { postgresqlExistingSecretName: 'login' } } },
  ],
  ['oidc.mockIDP', { pachd: AUTH.pachd, oidc: { mockIDP: false } }],
  ['oidc.', AUTH],
  ['pachd.oauth', AUTH],
  ['pachd.rootToken', AUTH],
  ['pachd.pachAuth', AUTH],
  ['pachd.activateAuth', AUTH],
  ['pachd.localhostIssuer', AUTH],
  ['pachd.additionalTrustedPeers', AUTH],
  ['pachd.enterpriseSecret', AUTH],
];

/** Values where one of the type will not do. */
const VALUES: Readonly<Record<string, JsonValue>> = {
  'cloudsqlAuthProxy.connectionName': 'another:region:instance',
  'cloudsqlAuthProxy.serviceAccount': 'another@project.iam',
  'console.config.oauthRedirectURI': 'https://console.example.com/oauth/callback/?inline=true',
  'console.config.reactAppRuntimeIssuerURI': 'https://issuer.example.com',
  deployTarget: 'GOOGLE',
  'enterpriseServer.tls.newSecret.crt': PEM.replace('MIIB', 'MIIC'),
  'global.imagePullSecrets': ['registry'],
  'global.noProxy': '.example.com',
  'global.postgresql.postgresqlAuthType': 'scram-sha-256',
  'global.postgresql.postgresqlPort': '6432',
  'global.postgresql.postgresqlSSL': 'verify-full',
  'global.postgresql.postgresqlSSLCACert': PEM,
  'global.proxy': 'http://proxy.example.com:3128',
  'ingress.tls.newSecret.crt': PEM.replace('MIIB', 'MIIC'),
  'oidc.IDTokenExpiry': '12h',
  'oidc.RotationTokenExpiry': '96h',
  'oidc.additionalClients': [
    { id: 'app', name: 'app', secret: 's', redirect_uris: ['https://app.example.com'] },
  ],
  'oidc.issuerURI': 'https://issuer.example.com/dex',
  'oidc.upstreamIDPs': [
    {
      id: 'corp',
      name: 'corp',
      type: 'oidc',
      jsonConfig: '{"issuer":"https://id.example.com","clientID":"c"}',
    },
  ],
  'oidc.userAccessibleOauthIssuerHost': 'login.example.com',
  'pachd.additionalTrustedPeers': ['app'],
  'pachd.enterpriseCallbackAddress': 'grpc://callback:30650',
  'pachd.enterpriseServerAddress': 'grpc://another:31650',
  'pachd.goMemLimit': '4GiB',
  'pachd.localhostIssuer': 'false',
  'pachd.logLevel': 'debug',
  'pachd.lokiPort': 3101,
  'pachd.oauthRedirectURI': 'https://pach.example.com/authorization-code/callback',
  'pachd.pachAuthClusterRoleBindings': { 'user:ada@example.com': ['clusterAdmin'] },
  'pachd.storage.amazon.logOptions': 'Debug',
  'pachd.storage.amazon.maxUploadParts': 9999,
  'pachd.storage.amazon.partSize': '10485760',
  'pachd.storage.amazon.region': 'us-east-2',
  'pachd.storage.amazon.timeout': '10m',
  'pachd.storage.amazon.uploadACL': 'private',
  'pachd.storage.backend': 'AMAZON',
  'pachd.storage.local.hostPath': '/data/',
  'pachd.storage.microsoft.id': 'other',
  'pachd.storage.minio.endpoint': 'minio:9001',
  'pachd.storage.minio.secure': 'true',
  'pachd.storage.storageURL': 's3://bucket?region=eu-central-1',
  'pachd.tls.newSecret.crt': PEM.replace('MIIB', 'MIIC'),
  'postgresql.service.nodePort': 30432,
  'proxy.host': 'other.example.com',
  'ingress.host': 'other.example.com',
  'pachd.externalService.loadBalancerIP': '203.0.113.7',
  'proxy.service.loadBalancerIP': '203.0.113.7',
  'proxy.tls.secret.cert': PEM.replace('MIIB', 'MIIC'),
};

/** Values that are set together. */
const TOGETHER: Readonly<Record<string, JsonMapping>> = {
  'enterpriseServer.enabled': { pachd: { enabled: false } },
  'pachd.enabled': { enterpriseServer: { enabled: true } },
};

/** Values in which that of a fact has an effect, before it is set. */
export function contextOf(path: string): JsonMapping {
  const found = CONTEXTS.find(([prefix]) => path.startsWith(prefix))?.[1] ?? {};
  return layered(LOCAL, found) as JsonMapping;
}

/** The same with the value of the fact set to something else than the chart has, or than the others have. */
export function valuesWith(fact: ChartFact, version: ReleaseVersion): JsonMapping {
  const values = structuredClone(contextOf(fact.path));
  const steps = fact.path.split('.');
  const before = valueAt(values, steps);
  setAt(values, steps, typeof before === 'boolean' ? !before : otherValue(fact, version));
  const together = TOGETHER[fact.path];
  return together ? (layered(values, together) as JsonMapping) : values;
}

/** A value that the fact may have, and does not have by default. */
function otherValue(fact: ChartFact, version: ReleaseVersion): JsonValue {
  if (Object.hasOwn(VALUES, fact.path)) return VALUES[fact.path] ?? null;
  const given = defaultOf(fact, version);
  const choice = choicesOf(fact, version)?.find((each) => each !== given && each !== '');
  if (choice !== undefined) return choice;
  const key = fact.path.slice(fact.path.lastIndexOf('.') + 1);
  switch (typeOf(fact, version)) {
    case 'boolean':
      return given !== true;
    case 'integer':
      return (typeof given === 'number' ? given : 0) + 1;
    case 'array':
      return [{ key: 'dedicated', operator: 'Exists' }];
    case 'object':
      return objectFor(key);
    default:
      if (/size$/i.test(key)) return '77Gi';
      if (/(cpu|memory)$/i.test(key)) return '777M';
      if (/request$/i.test(key)) return '777M';
      return typeof given === 'string' && /^\d+$/.test(given) ? String(Number(given) + 1) : 'other';
  }
}

function objectFor(key: string): JsonValue {
  if (key === 'resources') return { requests: { cpu: '777m' } };
  if (key === 'affinity') return { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } };
  const value: JsonMapping = {};
  setOwn(value, 'example.com/key', 'value');
  return value;
}
