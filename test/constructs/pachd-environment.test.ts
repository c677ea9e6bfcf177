import { pachdEnvironment } from '../../src/constructs/pachd-environment';
import type { PachdWorkload } from '../../src/releases/environment';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';

const RELEASES = [
  ...['2.2.0', '2.2.8', '2.3.0', '2.4.0', '2.5.0', '2.6.11', '2.7.8', '2.8.10', '2.9.0', '2.10.0'],
  ...['2.11.6', '2.12.0-rc.3'],
];

const environment = (
  document: Partial<ClusterDocument> = {},
  workload: PachdWorkload = 'pachd',
): Readonly<Record<string, string | object | undefined>> =>
  Object.fromEntries(
    pachdEnvironment(clusterOf(document), workload).map(({ name, value, valueFrom }) => [
      name,
      value ?? valueFrom,
    ]),
  );

const namesOf = (document: Partial<ClusterDocument> = {}, workload?: PachdWorkload): string[] =>
  Object.keys(environment(document, workload));

const secret = (name: string, key: string) => ({ secretKeyRef: { name, key } });
const config = (name: string, key: string) => ({ configMapKeyRef: { name, key } });
const existing = (name: string, key: string) => ({ existing: { name, key } });

const enterprise = { licenseKey: 'license', secret: 'enterprise-secret' };
const member = {
  serverAddress: 'grpc://pach-enterprise.enterprise:31650',
  serverToken: 'server-token',
  callbackAddress: 'grpc://pachd.pachyderm:30650',
};
const mock = { id: 'test', type: 'mockPassword', config: { username: 'admin', password: 'password' } };
const connectors: Partial<ClusterDocument> = { identity: { connectors: [mock] } };

const BOOTSTRAP =
  /^(LICENSE_KEY|ENTERPRISE_S|ENTERPRISE_MEMBER_|IDP_|AUTH_|ACTIVATE_AUTH|TRUSTED_PEERS|CONSOLE_)/;
const bootstrapOf = (document: Partial<ClusterDocument>): string[] =>
  namesOf(document)
    .filter((name) => BOOTSTRAP.test(name))
    .sort();

describe.each(RELEASES)('the environment in %s', (release) => {
  it.each<PachdWorkload>(['pachd', 'pachw'])('has each variable of %s once', (workload) => {
    const names = pachdEnvironment(clusterOf({ release, enterprise, ...connectors }), workload).map(
      ({ name }) => name,
    );
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe('what pachd bootstraps itself from', () => {
  it('is the license, the connectors and authentication', () => {
    const roleBindings = { 'user:ada@acme.com': ['clusterAdmin'] as [string] };
    const identity = { connectors: [mock], trustedPeers: ['hub'] };
    expect(environment({ enterprise, identity, auth: { roleBindings } })).toMatchObject({
      LICENSE_KEY: secret('pachyderm-license', 'enterprise-license-key'),
      ENTERPRISE_SECRET: secret('pachyderm-enterprise', 'enterprise-secret'),
      IDP_CONNECTORS: secret('pachyderm-identity', 'upstream-idps'),
      IDP_CONFIG: config('pachyderm-identity-config', 'identity-config'),
      ACTIVATE_AUTH: 'true',
      AUTH_ROOT_TOKEN: secret('pachyderm-auth', 'root-token'),
      AUTH_CONFIG: secret('pachyderm-auth', 'auth-config'),
      AUTH_CLIENT_SECRET: secret('pachyderm-auth', 'pachd-oauth-client-secret'),
      AUTH_CLUSTER_RBAC: secret('pachyderm-auth', 'cluster-role-bindings'),
      IDP_CLIENTS: config('pachyderm-identity-config', 'oidc-clients'),
      TRUSTED_PEERS: config('pachyderm-identity-config', 'trusted-peers'),
      CONSOLE_OAUTH_ID: 'console',
      CONSOLE_OAUTH_SECRET: secret('pachyderm-console-secret', 'OAUTH_CLIENT_SECRET'),
    });
  });

  it('has role bindings where the document has the field, an empty one included', () => {
    const place = secret('pachyderm-auth', 'cluster-role-bindings');
    expect(environment({ enterprise, auth: { roleBindings: {} } })).toMatchObject({
      AUTH_CLUSTER_RBAC: place,
    });
    expect(environment({ enterprise, auth: {} })).not.toHaveProperty('AUTH_CLUSTER_RBAC');
  });

  it('is read from where secrets exist already', () => {
    expect(
      environment({
        auth: { rootToken: existing('root', 'a'), clientSecret: existing('client', 'b') },
        enterprise: { licenseKey: existing('license', 'c'), secret: existing('enterprise', 'd') },
        identity: {
          connectorsFrom: { existing: { name: 'idps', key: 'list' } },
          clientsFrom: { existing: { name: 'clients', key: 'list' } },
        },
        console: { clientSecret: existing('console', 'e') },
      }),
    ).toMatchObject({
      AUTH_ROOT_TOKEN: secret('root', 'a'),
      AUTH_CLIENT_SECRET: secret('client', 'b'),
      LICENSE_KEY: secret('license', 'c'),
      ENTERPRISE_SECRET: secret('enterprise', 'd'),
      CONSOLE_OAUTH_SECRET: secret('console', 'e'),
      IDP_CONNECTORS: secret('idps', 'list'),
      IDP_ADDITIONAL_CLIENTS: secret('clients', 'list'),
    });
  });

  it('has no license from 2.12 on', () => {
    const names = bootstrapOf({ release: '2.12.0-rc.3', enterprise, ...connectors });
    expect(names).not.toContain('LICENSE_KEY');
    expect(names).not.toContain('ENTERPRISE_SECRET');
    expect(names).toEqual(expect.arrayContaining(['ACTIVATE_AUTH', 'IDP_CONNECTORS']));
  });

  it('is left to a Job in 2.2', () => {
    expect(bootstrapOf({ release: '2.2.8', enterprise, ...connectors })).toEqual([]);
    expect(environment({ release: '2.2.8' })['ENTERPRISE_MEMBER']).toBe('false');
    expect(
      environment({ release: '2.2.8', enterprise: { ...enterprise, member } })['ENTERPRISE_MEMBER'],
    ).toBe('true');
  });

  it('is not there with authentication off, but for connectors where the license allows them', () => {
    const off: Partial<ClusterDocument> = { auth: { enabled: false }, console: { enabled: false } };
    expect(bootstrapOf({ ...off, ...connectors })).toEqual([]);
    expect(bootstrapOf({ ...off, ...connectors, release: '2.12.0-rc.3' })).toEqual([
      'IDP_CONFIG',
      'IDP_CONNECTORS',
    ]);
    expect(bootstrapOf({ ...off, ...connectors, enterprise })).toEqual([
      'ENTERPRISE_SECRET',
      'IDP_CONFIG',
      'IDP_CONNECTORS',
      'LICENSE_KEY',
    ]);
  });

  it('has an issuer without connectors too, so that they can be added later', () => {
    const names = bootstrapOf({ enterprise });
    expect(names).toContain('IDP_CONFIG');
    expect(names).not.toContain('IDP_CONNECTORS');
  });

  it('makes a cluster a member', () => {
    expect(environment({ enterprise: { ...enterprise, member } })).toMatchObject({
      ENTERPRISE_MEMBER: 'true',
      ENTERPRISE_SERVER_ADDRESS: member.serverAddress,
      ENTERPRISE_SERVER_TOKEN: secret('pachyderm-enterprise', 'enterprise-server-token'),
      ENTERPRISE_MEMBER_CONFIG: config('pachyderm-enterprise-config', 'enterprise-cluster'),
    });
    const supplied = { ...member, serverToken: existing('server', 'token') };
    expect(
      environment({ enterprise: { ...enterprise, member: supplied } })['ENTERPRISE_SERVER_TOKEN'],
    ).toEqual(secret('server', 'token'));
    const names = bootstrapOf({ enterprise: { member } });
    expect(names).not.toContain('LICENSE_KEY');
    expect(names).not.toContain('ENTERPRISE_SECRET');
    expect(names).not.toContain('IDP_CONFIG');
  });

  it.each(['2.2.8', '2.11.6', '2.12.0-rc.3'])('has the length of a session in minutes in %s', (release) => {
    const auth = { sessionDuration: '12h' };
    expect(environment({ release, auth, enterprise })['SESSION_DURATION_MINUTES']).toBe('720');
    expect(namesOf({ release, enterprise })).not.toContain('SESSION_DURATION_MINUTES');
  });
});

describe('storage', () => {
  it('is a directory of the node, the same for both', () => {
    const document = { storage: { local: { hostPath: '/data/' } } };
    const both = { STORAGE_BACKEND: 'LOCAL', STORAGE_HOST_PATH: '/data/pachd' };
    expect(environment(document)).toMatchObject({ ...both, WORKER_USES_ROOT: 'True' });
    expect(environment(document, 'pachw')).toMatchObject(both);
    expect(namesOf(document)).not.toContain('STORAGE_URL');
    const unprivileged = { storage: { local: { requireRoot: false } } };
    expect(namesOf(unprivileged)).not.toContain('WORKER_USES_ROOT');
  });

  it.each<[string, NonNullable<ClusterDocument['storage']>, string]>([
    ['AMAZON', { s3: { bucket: 'acme' } }, 's3://acme'],
    ['GOOGLE', { gcs: { bucket: 'acme' } }, 'gs://acme'],
    ['MICROSOFT', { azure: { container: 'acme', account: 'acme', key: 'k' } }, 'azblob://acme'],
  ])('is %s, opened by URL from 2.9 on', (backend, storage, url) => {
    for (const workload of ['pachd', 'pachw'] as const)
      expect(environment({ storage }, workload)).toMatchObject({
        STORAGE_BACKEND: backend,
        STORAGE_URL: url,
      });
    expect(environment({ storage, release: '2.8.10' })).toMatchObject({ STORAGE_BACKEND: backend });
    expect(namesOf({ storage, release: '2.8.10' })).not.toContain('STORAGE_URL');
  });

  it('has credentials from another Secret in both', () => {
    const credentials = { id: existing('s3', 'id'), secret: existing('s3', 'key') };
    const storage = { s3: { bucket: 'acme', credentials } };
    for (const workload of ['pachd', 'pachw'] as const)
      expect(environment({ storage }, workload)).toMatchObject({
        AWS_ACCESS_KEY_ID: secret('s3', 'id'),
        AWS_SECRET_ACCESS_KEY: secret('s3', 'key'),
      });
  });
});

describe('the rest', () => {
  it.each([
    ['2.2.8', 'LOG_LEVEL'],
    ['2.4.0', 'LOG_LEVEL'],
    ['2.5.0', 'PACHYDERM_LOG_LEVEL'],
  ])('in %s sets %s', (release, variable) => {
    expect(environment({ release, pachd: { logLevel: 'debug' } })[variable]).toBe('debug');
    expect(namesOf({ release }).filter((name) => name.endsWith('LOG_LEVEL'))).toEqual([variable]);
  });

  it('knows where Loki is', () => {
    const found = { LOKI_SERVICE_HOST: 'loki.logs', LOKI_SERVICE_PORT: '3100' };
    for (const release of ['2.2.8', '2.11.6'])
      expect(environment({ release, loki: { enabled: true, host: 'loki.logs', port: 3100 } })).toMatchObject(
        found,
      );
    expect(environment()).toMatchObject({
      LOKI_LOGGING: 'true',
      LOKI_SERVICE_HOST: '$(PACHYDERM_LOKI_SERVICE_HOST)',
      LOKI_SERVICE_PORT: '$(PACHYDERM_LOKI_SERVICE_PORT)',
    });
    expect(environment({ release: '2.2.8', loki: { enabled: true } })).toMatchObject({
      LOKI_LOGGING: 'true',
      LOKI_SERVICE_HOST_VAR: 'PACHYDERM_LOKI_SERVICE_HOST',
      LOKI_SERVICE_PORT_VAR: 'PACHYDERM_LOKI_SERVICE_PORT',
    });
    expect(environment({ helmReleaseName: 'my-pachd.eu' })).toMatchObject({
      LOKI_SERVICE_HOST: '$(MY_PACHD_EU_LOKI_SERVICE_HOST)',
      LOKI_SERVICE_PORT: '$(MY_PACHD_EU_LOKI_SERVICE_PORT)',
    });
    expect(
      environment({ release: '2.2.8', helmReleaseName: 'pachd', loki: { enabled: true } }),
    ).toMatchObject({
      LOKI_SERVICE_HOST_VAR: 'PACHD_LOKI_SERVICE_HOST',
      LOKI_SERVICE_PORT_VAR: 'PACHD_LOKI_SERVICE_PORT',
    });
    expect(namesOf({ release: '2.2.8' }).filter((name) => name.startsWith('LOKI_'))).toEqual([
      'LOKI_LOGGING',
    ]);
  });

  it('has a variable without value for what is empty', () => {
    const variables = pachdEnvironment(clusterOf(), 'pachd');
    expect(variables).toContainEqual({ name: 'ETCD_PREFIX' });
    expect(variables).toContainEqual({ name: 'PACHYDERM_PUBLIC_HOST' });
  });

  it.each<[NonNullable<ClusterDocument['access']>, string]>([
    [{ via: 'proxy', host: 'p.acme.com', tls: { secretName: 'tls' } }, 'true'],
    [{ via: 'proxy', host: 'p.acme.com' }, 'false'],
    [{ via: 'ingress', host: 'p.acme.com', tls: { secretName: 'tls' } }, 'false'],
  ])('publishes the host of %j', (access, tls) => {
    expect(environment({ access })).toMatchObject({
      PACHYDERM_PUBLIC_HOST: 'p.acme.com',
      PACHYDERM_PUBLIC_TLS: tls,
    });
  });

  it('passes settings of pachd on', () => {
    expect(
      environment({
        pachd: {
          image: { tag: '2.11.7' },
          worker: { image: { pullPolicy: 'Always' }, serviceAccount: { name: 'worker' } },
          metrics: { enabled: false, endpoint: 'https://metrics.acme.com' },
          goMaxProcs: 3,
          goMemLimit: '2GiB',
          gcPercent: 50,
          requireCriticalServersOnly: true,
          preflightChecks: false,
          tls: { secretName: 'pachd-tls', customCertificateAuthority: true },
        },
        images: { registry: 'registry.acme.com', pullSecrets: ['one', 'two'] },
        network: { httpProxy: 'http://proxy:3128', noProxy: '.svc' },
        securityContexts: false,
        database: { identityName: 'dex-prod' },
        pachw: { minReplicas: 1, maxReplicas: 3 },
      }),
    ).toMatchObject({
      WORKER_IMAGE: 'registry.acme.com/pachyderm/worker:2.11.7',
      WORKER_SIDECAR_IMAGE: 'registry.acme.com/pachyderm/pachd:2.11.7',
      WORKER_IMAGE_PULL_POLICY: 'Always',
      WORKER_SERVICE_ACCOUNT: 'worker',
      METRICS: 'false',
      METRICS_ENDPOINT: 'https://metrics.acme.com',
      GOMAXPROCS: '3',
      GOMEMLIMIT: '2GiB',
      GC_PERCENT: '50',
      REQUIRE_CRITICAL_SERVERS_ONLY: 'true',
      ENABLE_PREFLIGHT_CHECKS: 'false',
      SSL_CERT_DIR: '/pachd-tls-cert',
      TLS_CERT_SECRET_NAME: 'pachd-tls',
      IMAGE_PULL_SECRETS: 'one,two',
      https_proxy: 'http://proxy:3128',
      NO_PROXY: '.svc',
      ENABLE_WORKER_SECURITY_CONTEXTS: 'false',
      IDENTITY_SERVER_DATABASE: 'dex-prod',
      PACHW_MIN_REPLICAS: '1',
      PACHW_MAX_REPLICAS: '3',
    });
  });

  it('gives pachw nothing to log in with but its own token', () => {
    const pachw = environment({ release: '2.12.0-rc.3', ...connectors }, 'pachw');
    expect(Object.keys(pachw).filter((name) => BOOTSTRAP.test(name))).toEqual([]);
    expect(pachw).toMatchObject({
      IS_PACHW: 'true',
      PJS_WORKER_AUTH_TOKEN: secret('pachyderm-pjs-worker-authentication', 'pjsWorkerAuthToken'),
    });
    expect(namesOf({}, 'pachw')).not.toContain('PJS_WORKER_AUTH_TOKEN');
  });
});

describe('variables of the document', () => {
  it('come on top and replace', () => {
    const pachd = { environment: { STORAGE_GC_PERIOD: '300', PPS_WORKER_GRPC_PORT: '1090' } };
    for (const workload of ['pachd', 'pachw'] as const)
      expect(environment({ pachd }, workload)).toMatchObject(pachd.environment);
    expect(namesOf({ pachd }).filter((name) => name === 'PPS_WORKER_GRPC_PORT')).toHaveLength(1);
  });

  it('may differ for pachw', () => {
    const document = {
      pachd: { environment: { PIPELINE_DEFAULT_MEMORY_REQUEST: '512Mi' } },
      pachw: { environment: { STORAGE_LEVEL_FACTOR: '10' } },
    };
    expect(namesOf(document)).toContain('PIPELINE_DEFAULT_MEMORY_REQUEST');
    expect(namesOf(document, 'pachw')).not.toContain('PIPELINE_DEFAULT_MEMORY_REQUEST');
    expect(environment(document, 'pachw')['STORAGE_LEVEL_FACTOR']).toBe('10');
  });
});
