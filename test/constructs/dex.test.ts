import { Chart, Testing } from 'cdk8s';
import YAML from 'yaml';
import { Dex, type DexProps } from '../../src/constructs/dex';
import { dexConfiguration } from '../../src/constructs/dex-configuration';
import { EnvoyProxy } from '../../src/constructs/envoy-proxy';
import { identityConfigData, clientVariables } from '../../src/constructs/identity';
import { Ingress } from '../../src/constructs/ingress';
import { pachdEnvironment } from '../../src/constructs/pachd-environment';
import { Postgres } from '../../src/constructs/postgres';
import { bootstrapConfig } from '../../src/constructs/support/bootstrap-config';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import type { Cluster } from '../../src/model/cluster';
import type { DexServer } from '../../src/model/dex';
import { DexConnector } from '../../src/model/dex-connector';
import { dexServer, type DexServerOptions } from '../../src/model/dex-server';
import { existingSecret, literalSecret, Secret } from '../../src/model/secret';
import { readSchema, connectorSchemas, secretValueSchema, strictAjv } from '../connectors/support/schemas';
import { clusterOf } from '../support/cluster-of';

type Json = Record<string, never>;

const issuer = 'https://dex.example.com/dex';

function objectsOf(props: DexProps): Map<string, Json> {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'other' });
  new Dex(chart, 'dex', props);
  const objects = chart.toJson() as { kind: string; metadata: { name: string } }[];
  return new Map(
    objects.map((object) => [`${object.kind}/${object.metadata.name}`, object as unknown as Json]),
  );
}

function dexOf(options: Partial<DexServerOptions> = {}, props: Partial<DexProps> = {}): Map<string, Json> {
  return objectsOf({
    namespace: 'auth',
    dex: dexServer({ issuer, storage: { type: 'kubernetes' }, ...options }),
    ...props,
  });
}

/** A value deep in an object. */
function at(object: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], object);
}

const POD = 'spec.template.spec';
const CONTAINER = `${POD}.containers.0`;

function podOf(objects: Map<string, Json>, path: string): unknown {
  return at(objects.get('Deployment/dex'), path);
}

function fileOf(objects: Map<string, Json>): Record<string, unknown> {
  return YAML.parse(String(at(objects.get('Secret/dex'), 'stringData')?.['config.yaml' as never])) as Record<
    string,
    unknown
  >;
}

function variablesOf(objects: Map<string, Json>): Record<string, unknown> {
  const list = podOf(objects, `${CONTAINER}.env`) as { name: string; value?: string; valueFrom?: unknown }[];
  return Object.fromEntries(list.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));
}

const postgres = {
  type: 'postgres',
  host: 'db.example.com',
  port: 5433,
  user: 'dex',
  password: literalSecret('db password'),
  database: 'dex',
  sslMode: 'verify-full',
  certificateAuthority: 'PEM',
  clientCertificateSecretName: 'db-client',
  maxOpenConns: 5,
  maxIdleConns: 2,
  connMaxLifetimeSeconds: 300,
  connectionTimeoutSeconds: 0,
} as const;

const ldap = new DexConnector({
  issuer,
  type: 'ldap',
  id: 'corp-ldap',
  config: {
    host: 'ldap.example.com:3269',
    bindPW: existingSecret('bind', 'password'),
    userSearch: { baseDN: 'dc=example', username: 'uid', idAttr: 'uid', emailAttr: 'mail' },
  },
});

describe('a Dex alone', () => {
  test('has these objects, all in its namespace but the definitions', () => {
    const objects = dexOf();
    const crds = [...objects.keys()].filter((name) => name.startsWith('CustomResourceDefinition/'));
    expect(crds).toHaveLength(10);
    expect([...objects.keys()].filter((name) => !crds.includes(name)).sort()).toEqual([
      'Deployment/dex',
      'NetworkPolicy/dex',
      'PodDisruptionBudget/dex',
      'Role/dex',
      'RoleBinding/dex',
      'Secret/dex',
      'Service/dex',
      'ServiceAccount/dex',
    ]);
    for (const [name, object] of objects)
      expect([name, at(object, 'metadata.namespace')]).toEqual([
        name,
        crds.includes(name) ? undefined : 'auth',
      ]);
  });

  test('has an Ingress when asked for one, to the path of its issuer', () => {
    expect(
      at(dexOf({}, { ingress: { className: 'nginx', tlsSecretName: 'tls' } }).get('Ingress/dex'), 'spec'),
    ).toEqual({
      ingressClassName: 'nginx',
      tls: [{ secretName: 'tls', hosts: ['dex.example.com'] }],
      rules: [
        {
          host: 'dex.example.com',
          http: {
            paths: [
              {
                path: '/dex',
                pathType: 'Prefix',
                backend: { service: { name: 'dex', port: { name: 'http' } } },
              },
            ],
          },
        },
      ],
    });
    const root = dexOf({ issuer: 'https://Dex.example.com:8443' }, { ingress: {} });
    expect(at(root.get('Ingress/dex'), 'spec.rules.0')).toMatchObject({
      host: 'dex.example.com',
      http: { paths: [{ path: '/' }] },
    });
  });

  test.each(['http://10.0.0.1/dex', 'http://[fd00::1]/dex', 'https://under_score.example.com'])(
    'has no Ingress for %s, which has no host that one takes',
    (address) => {
      const dex = { ...dexServer({ issuer, storage: { type: 'memory' } }), issuer: address };
      expect(() => objectsOf({ namespace: 'auth', dex, ingress: {} })).toThrow(
        `the issuer "${address}" has none`,
      );
      expect(objectsOf({ namespace: 'auth', dex }).has('Ingress/dex')).toBe(false);
    },
  );

  test('is nothing where there is none', () => expect(objectsOf({ namespace: 'auth' }).size).toBe(0));
});

describe('the pod', () => {
  test("does not go through the image's template engine", () => {
    const objects = dexOf();
    expect(podOf(objects, `${CONTAINER}.command`)).toEqual(['/usr/local/bin/dex']);
    expect(podOf(objects, `${CONTAINER}.args`)).toEqual(['serve', '/etc/dex/config.yaml']);
  });

  test("fits Pod Security's level restricted", () => {
    const objects = dexOf();
    expect(podOf(objects, `${POD}.securityContext`)).toEqual({
      runAsUser: 1001,
      runAsGroup: 1001,
      fsGroup: 1001,
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(podOf(objects, `${CONTAINER}.securityContext`)).toEqual({
      runAsUser: 1001,
      runAsGroup: 1001,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    const open = dexOf({}, { securityContexts: false });
    expect(podOf(open, `${POD}.securityContext`)).toBeUndefined();
    expect(podOf(open, `${CONTAINER}.securityContext`)).toBeUndefined();
  });

  test('is asked for its health on the telemetry port, whatever the path of the issuer', () => {
    const objects = dexOf();
    expect(podOf(objects, `${CONTAINER}.ports`)).toEqual([
      { name: 'http', containerPort: 5556 },
      { name: 'telemetry', containerPort: 5558 },
    ]);
    for (const [probe, path] of [
      ['startupProbe', '/healthz/live'],
      ['livenessProbe', '/healthz/live'],
      ['readinessProbe', '/healthz/ready'],
    ])
      expect(podOf(objects, `${CONTAINER}.${probe}.httpGet`)).toMatchObject({ path, port: 'telemetry' });
    expect(fileOf(objects)).toMatchObject({
      web: { http: '0.0.0.0:5556' },
      telemetry: { http: '0.0.0.0:5558' },
    });
  });

  test('has the token of its account only for custom resources', () => {
    expect(podOf(dexOf(), `${POD}.automountServiceAccountToken`)).toBe(true);
    expect(variablesOf(dexOf())).toHaveProperty(
      'KUBERNETES_POD_NAMESPACE.fieldRef.fieldPath',
      'metadata.namespace',
    );
    const other = dexOf({ storage: postgres });
    expect(podOf(other, `${POD}.automountServiceAccountToken`)).toBe(false);
    expect(variablesOf(other)).not.toHaveProperty('KUBERNETES_POD_NAMESPACE');
  });

  test('has its files: configuration, certificates, a volume, credentials', () => {
    const volumes = (options: Partial<DexServerOptions>) =>
      podOf(dexOf(options), `${POD}.volumes`) as { name: string }[];
    const items = (...files: string[]) => files.map((file) => ({ key: file, path: file }));
    expect(volumes({})).toEqual([
      { name: 'configuration', secret: { secretName: 'dex', items: items('config.yaml') } },
    ]);
    expect(volumes({ storage: postgres, credentialFilesSecretName: 'files' })).toEqual([
      {
        name: 'configuration',
        secret: { secretName: 'dex', items: items('config.yaml', 'postgres-ca.crt') },
      },
      { name: 'postgres-certificate', secret: { secretName: 'db-client', defaultMode: 0o440 } },
      { name: 'credential-files', secret: { secretName: 'files' } },
    ]);
    const sqlite = dexOf({ storage: { type: 'sqlite3', size: '2Gi', storageClass: 'fast' } });
    expect(podOf(sqlite, `${POD}.volumes.1`)).toEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: 'dex' },
    });
    expect(podOf(sqlite, 'spec.strategy')).toEqual({ type: 'Recreate' });
    expect(at(sqlite.get('PersistentVolumeClaim/dex'), 'spec')).toEqual({
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'fast',
      resources: { requests: { storage: '2Gi' } },
    });
  });

  test('is a new one when what it reads changes, and the same otherwise', () => {
    const checksum = (options: Partial<DexServerOptions>): unknown => {
      const annotations = podOf(dexOf(options), 'spec.template.metadata.annotations');
      return (annotations as Record<string, string>)['pachkit.dev/configuration-checksum'];
    };
    const first = checksum({});
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(checksum({})).toBe(first);
    expect(
      checksum({ expiry: { ...dexServer({ issuer, storage: { type: 'memory' } }).expiry, idTokens: '1h' } }),
    ).not.toBe(first);
    expect(checksum({ storage: postgres })).not.toBe(
      checksum({ storage: { ...postgres, certificateAuthority: 'X' } }),
    );
  });

  test('changes with a secret where a generated one can be the key', () => {
    const generated = {
      kind: 'literal',
      value: new Secret('x'.repeat(32)),
      isGenerated: true,
      generated: true,
    } as const;
    const checksum = (password: string): unknown =>
      podOf(
        dexOf({
          storage: { ...postgres, password: literalSecret(password) },
          staticClients: [{ id: 'a', name: 'A', secret: generated, redirectURIs: [], trustedPeers: [] }],
        }),
        'spec.template.metadata.annotations',
      );
    expect(checksum('one')).not.toEqual(checksum('two'));
    expect(checksum('one')).toEqual(checksum('one'));
  });

  test('takes further variables, which win over its own', () => {
    const objects = dexOf({
      environment: { DEX_API_CONNECTORS_CRUD: 'true', KUBERNETES_POD_NAMESPACE: 'x' },
    });
    expect(variablesOf(objects)).toEqual({ DEX_API_CONNECTORS_CRUD: 'true', KUBERNETES_POD_NAMESPACE: 'x' });
  });

  test('of several asks for nodes of their own', () => {
    expect(podOf(dexOf({ replicas: 2 }), `${POD}.affinity.podAntiAffinity`)).toBeDefined();
    expect(podOf(dexOf({ replicas: 1 }), `${POD}.affinity`)).toBeUndefined();
  });
});

describe('custom resources', () => {
  test('are those of Dex', () => {
    const objects = dexOf();
    expect(objects.get('CustomResourceDefinition/signingkeies.dex.coreos.com')).toEqual({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'signingkeies.dex.coreos.com' },
      spec: {
        group: 'dex.coreos.com',
        names: {
          kind: 'SigningKey',
          listKind: 'SigningKeyList',
          plural: 'signingkeies',
          singular: 'signingkey',
        },
        scope: 'Namespaced',
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
          },
        ],
      },
    });
  });

  test('are all that the account may touch', () => {
    const objects = dexOf({ serviceAccount: { name: 'login', create: false, annotations: {} } });
    expect(
      [...objects.keys()].filter((name) => /^Cluster(Role|RoleBinding)|^ServiceAccount/.test(name)),
    ).toEqual([]);
    expect(at(objects.get('Role/dex'), 'rules')).toEqual([
      { apiGroups: ['dex.coreos.com'], resources: ['*'], verbs: ['*'] },
    ]);
    expect(at(objects.get('RoleBinding/dex'), 'subjects')).toEqual([
      { kind: 'ServiceAccount', name: 'login', namespace: 'auth' },
    ]);
  });

  test('are checked, not made, by a Dex that can be told so', () => {
    expect(fileOf(dexOf())['storage']).toEqual({
      type: 'kubernetes',
      config: { inCluster: true, crdHandling: 'check' },
    });
    expect(fileOf(dexOf({ version: '2.44.0' }))['storage']).toEqual({
      type: 'kubernetes',
      config: { inCluster: true },
    });
    expect([...dexOf({ storage: postgres }).keys()].some((name) => name.startsWith('CustomResource'))).toBe(
      false,
    );
  });
});

describe('a proxy to the outside', () => {
  const noProxy = (options: Partial<DexServerOptions>, network: DexProps['network']) =>
    (
      podOf(dexOf(options, network ? { network } : {}), `${CONTAINER}.env`) as {
        name: string;
        value: string;
      }[]
    )
      .filter(({ name }) => name.toLowerCase() === 'no_proxy')
      .map(({ value }) => value);
  const httpProxy = 'http://proxy:3128';

  test('is not asked for custom resources', () => {
    const host = '$(KUBERNETES_SERVICE_HOST)';
    expect(noProxy({}, { httpProxy })).toEqual([host, host]);
    expect(noProxy({}, { httpProxy, noProxy: '.svc' })).toEqual([`.svc,${host}`, `.svc,${host}`]);
    expect(noProxy({}, { httpProxy, noProxy: `${host},.svc` })).toEqual([`${host},.svc`, `${host},.svc`]);
  });

  test('is asked for all else', () => {
    expect(noProxy({ storage: postgres }, { httpProxy })).toEqual([]);
    expect(noProxy({}, {})).toEqual([]);
  });
});

describe('the network policy', () => {
  const ports = (options: Partial<DexServerOptions>, props: Partial<DexProps> = {}): unknown => {
    const egress = at(dexOf(options, props).get('NetworkPolicy/dex'), 'spec.egress.1.ports');
    return (egress as { port: number }[]).map(({ port }) => port);
  };

  test('opens the ports that connectors, storage and the proxy name', () => {
    const keycloak = new DexConnector({
      issuer,
      type: 'oidc',
      id: 'k',
      config: { issuer: 'http://keycloak:8080/realms/a', clientID: 'a', clientSecret: literalSecret('s') },
    });
    expect(ports({ storage: postgres, connectors: [ldap, keycloak] })).toEqual([443, 3269, 5433, 8080]);
    expect(ports({}, { network: { httpProxy: 'http://user:pw@proxy:3128' } })).toEqual([
      443, 3128, 6443, 8443, 16443,
    ]);
    expect(ports({ storage: { type: 'memory' }, networkPolicy: { egressPorts: [8200] } })).toEqual([
      443, 8200,
    ]);
  });

  test('opens the port of a host that is no URL', () => {
    const github = new DexConnector({
      issuer,
      type: 'github',
      id: 'g',
      config: { hostName: 'git.acme.com:8443', clientID: 'a', clientSecret: literalSecret('s') },
    });
    expect(ports({ storage: { type: 'memory' }, connectors: [github] })).toEqual([443, 8443]);
  });

  test('does not take the own address for one to ask', () => {
    const github = new DexConnector({
      issuer: 'https://dex.example.com:9443',
      type: 'github',
      id: 'g',
      config: { clientID: 'a', clientSecret: literalSecret('s') },
    });
    expect(ports({ storage: { type: 'memory' }, connectors: [github] })).toEqual([443]);
  });

  test('shows metrics to the namespace and to those named', () => {
    const rule = (options: Partial<DexServerOptions>) =>
      at(dexOf(options).get('NetworkPolicy/dex'), 'spec.ingress.1');
    expect(rule({})).toEqual({ ports: [{ port: 5558, protocol: 'TCP' }], from: [{ podSelector: {} }] });
    expect(rule({ networkPolicy: { egressPorts: [], metricsFrom: { name: 'monitoring' } } })).toMatchObject({
      from: [{ podSelector: {} }, { namespaceSelector: { matchLabels: { name: 'monitoring' } } }],
    });
  });
});

describe('the configuration', () => {
  const environmentOf = (dex: DexServer) => dexConfiguration(dex).variables;
  const server = (options: Partial<DexServerOptions>) =>
    dexServer({ issuer, storage: { type: 'memory' }, ...options });

  test('holds no secret: each comes from a variable', () => {
    const objects = dexOf({
      storage: postgres,
      connectors: [
        ldap,
        new DexConnector({
          issuer,
          type: 'github',
          id: 'github',
          config: { clientID: 'abc', clientSecret: literalSecret('github secret') },
        }),
      ],
      staticClients: [
        {
          id: 'my-app',
          name: 'App',
          secret: literalSecret('app secret'),
          redirectURIs: [],
          trustedPeers: ['cli'],
        },
        {
          id: 'my.app',
          name: 'App 2',
          secret: existingSecret('app', 'secret'),
          redirectURIs: [],
          trustedPeers: [],
        },
        { id: 'cli', name: 'CLI', redirectURIs: ['/device/callback'], trustedPeers: [] },
      ],
      staticPasswords: [{ email: 'a@b.c', hash: literalSecret('$2a$10$hash'), username: 'a', userID: '1' }],
    });
    const text = JSON.stringify(fileOf(objects));
    for (const secret of ['db password', 'github secret', 'app secret', '$2a$10$hash'])
      expect(text).not.toContain(secret);
    const own = (name: string) => ({ secretKeyRef: { name: 'dex', key: name } });
    expect(variablesOf(objects)).toEqual({
      DEX_STORAGE_PASSWORD: own('DEX_STORAGE_PASSWORD'),
      DEX_CONNECTOR_CORP_LDAP_BIND_PW: { secretKeyRef: { name: 'bind', key: 'password' } },
      DEX_CONNECTOR_GITHUB_CLIENT_SECRET: own('DEX_CONNECTOR_GITHUB_CLIENT_SECRET'),
      DEX_STATIC_CLIENT_MY_APP_SECRET: own('DEX_STATIC_CLIENT_MY_APP_SECRET'),
      DEX_STATIC_CLIENT_MY_APP_SECRET_2: { secretKeyRef: { name: 'app', key: 'secret' } },
      DEX_STATIC_PASSWORD_1_HASH: own('DEX_STATIC_PASSWORD_1_HASH'),
    });
    expect(Object.keys(at(objects.get('Secret/dex'), 'stringData') as object).sort()).toEqual([
      'DEX_CONNECTOR_GITHUB_CLIENT_SECRET',
      'DEX_STATIC_CLIENT_MY_APP_SECRET',
      'DEX_STATIC_PASSWORD_1_HASH',
      'DEX_STORAGE_PASSWORD',
      'config.yaml',
      'postgres-ca.crt',
    ]);
    expect(fileOf(objects)['staticClients']).toEqual([
      {
        id: 'my-app',
        name: 'App',
        secretEnv: 'DEX_STATIC_CLIENT_MY_APP_SECRET',
        redirectURIs: [],
        trustedPeers: ['cli'],
      },
      { id: 'my.app', name: 'App 2', secretEnv: 'DEX_STATIC_CLIENT_MY_APP_SECRET_2', redirectURIs: [] },
      { id: 'cli', name: 'CLI', public: true, redirectURIs: ['/device/callback'] },
    ]);
  });

  test('names no variable that the pod does not have', () => {
    const objects = dexOf({ storage: postgres, connectors: [ldap] });
    const file = JSON.stringify(fileOf(objects));
    const named = [...file.matchAll(/\$([A-Z_0-9]+)|"(?:secretEnv|hashFromEnv)":"([^"]+)"/g)].map(
      ([, a, b]) => a ?? b,
    );
    expect(named.length).toBe(2);
    expect(Object.keys(variablesOf(objects))).toEqual(expect.arrayContaining(named));
  });

  test('keeps a $ in a string by a variable, which Kubernetes leaves alone too', () => {
    const connector = new DexConnector({
      issuer,
      type: 'ldap',
      id: 'l',
      config: {
        host: 'ldap:636',
        userSearch: { baseDN: 'ou=$(x),dc=a', username: 'uid', idAttr: 'uid', emailAttr: 'mail' },
        groupSearch: { baseDN: 'dc=a', userMatchers: [{ userAttr: 'a$b', groupAttr: 'c' }], nameAttr: 'cn' },
      },
    });
    expect(environmentOf(server({ connectors: [connector] }))).toEqual({
      DEX_CONNECTOR_L_USER_SEARCH_BASE_DN: 'ou=$(x),dc=a',
      DEX_CONNECTOR_L_GROUP_SEARCH_USER_MATCHERS_1_USER_ATTR: 'a$b',
    });
    expect(variablesOf(dexOf({ connectors: [connector] }))).toMatchObject({
      DEX_CONNECTOR_L_USER_SEARCH_BASE_DN: 'ou=$$(x),dc=a',
      DEX_CONNECTOR_L_GROUP_SEARCH_USER_MATCHERS_1_USER_ATTR: 'a$$b',
    });
  });

  test('escapes what older releases put into JSON text', () => {
    const connectors = [
      new DexConnector({
        issuer,
        type: 'mockPassword',
        id: 'm',
        config: { username: 'a', password: literalSecret('quote " and \\') },
      }),
    ];
    const text = (version: string): unknown => {
      const value = environmentOf(server({ connectors, version }))['DEX_CONNECTOR_M_PASSWORD'];
      return typeof value === 'object' && value.kind === 'literal' ? value.value.reveal() : value;
    };
    expect(text('2.41.1')).toBe('quote \\" and \\\\');
    expect(text('2.42.0')).toBe('quote " and \\');
  });

  test('says the life of signing keys where the release reads it', () => {
    expect(dexConfiguration(server({})).file).toMatchObject({
      signer: { type: 'local', config: { keysRotationPeriod: '6h' } },
    });
    expect(dexConfiguration(server({})).file).not.toHaveProperty('expiry.signingKeys');
    const older = dexConfiguration(server({ version: '2.44.0' })).file;
    expect(older).not.toHaveProperty('signer');
    expect(older).toHaveProperty('expiry.signingKeys', '6h');
  });

  test('is one that the schema accepts', () => {
    const validate = strictAjv([secretValueSchema, readSchema('connector'), ...connectorSchemas]).compile(
      readSchema('dex'),
    );
    for (const options of [
      { connectors: [ldap] },
      { connectors: [ldap], storage: postgres },
      { connectors: [ldap], storage: { type: 'sqlite3', size: '1Gi' } },
      { connectors: [ldap], storage: { type: 'kubernetes' }, version: '2.30.0' },
      {
        connectors: [ldap],
        web: { headers: { 'X-Frame-Options': 'DENY' }, allowedOrigins: ['*'] },
        frontend: { theme: 'dark', extra: { a: 'b' } },
        staticPasswords: [
          { email: 'a@b.c', hash: literalSecret('h'), username: 'a', userID: '1', groups: ['g'] },
        ],
        staticClients: [{ id: 'cli', name: 'CLI', redirectURIs: [], trustedPeers: [] }],
      },
    ] as Partial<DexServerOptions>[])
      expect([validate(dexConfiguration(server(options)).file), validate.errors]).toEqual([true, null]);
  });
});

describe('beside pachd', () => {
  const standalone = (document: Partial<ClusterDocument> = {}): Cluster =>
    clusterOf({
      enterprise: { licenseKey: 'license' },
      access: { via: 'proxy', host: 'p.acme.com', tls: { secretName: 't' } },
      ...document,
      identity: {
        dex: 'standalone',
        connectors: [{ type: 'mockCallback', id: 'mock' }],
        clients: [{ id: 'app', redirectURIs: ['https://a/b'], secret: 's' }],
        ...document.identity,
      },
    });

  test('pachd gets where it is and who it is there, and no connectors or settings for a standalone Dex', () => {
    const names = pachdEnvironment(standalone(), 'pachd').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['AUTH_CONFIG', 'AUTH_CLIENT_SECRET', 'IDP_CLIENTS']));
    expect(names.filter((name) => /IDP_CON|IDP_ADD|IDP_CLIENT_SECRET/.test(name))).toEqual([]);
    expect(Object.keys(identityConfigData(standalone()))).toEqual(['oidc-clients', 'trusted-peers']);
    expect(clientVariables(standalone())).toEqual([]);
    const inside = clusterOf({
      ...standaloneDocument,
      identity: { connectors: [{ type: 'mockCallback', id: 'm' }] },
    });
    const variables = pachdEnvironment(inside, 'pachd').map(({ name }) => name);
    expect(variables).toEqual(expect.arrayContaining(['IDP_CONNECTORS', 'IDP_CONFIG']));
  });

  test('the job of release 2.2 sets up pachd and not its Dex', () => {
    const access = { via: 'ingress', host: 'p.acme.com' } as const;
    const { data } = bootstrapConfig(standalone({ release: '2.2.8', access }));
    expect(Object.keys(data)).toEqual(expect.arrayContaining(['authConfig', 'oidcClients', 'rootToken']));
    expect(data).not.toHaveProperty('idps');
    expect(data).not.toHaveProperty('identityServiceConfig');
    const config = data['authConfig'];
    expect(typeof config === 'object' && config.value.reveal()).toContain('localhost_issuer: false');
  });

  test('the proxy leads /dex to it', () => {
    const chart = new Chart(Testing.app(), 'test');
    new EnvoyProxy(chart, 'proxy', standalone());
    const objects = chart.toJson() as { kind: string; data?: Record<string, string> }[];
    const envoy = JSON.parse(
      objects.find(({ kind }) => kind === 'ConfigMap')?.data?.['envoy.json'] ?? '',
    ) as { static_resources: { clusters: { name: string }[] } };
    const names = envoy.static_resources.clusters.map(({ name }) => name);
    expect(names).toContain('dex');
    expect(names).not.toContain('pachd-identity');
    expect(JSON.stringify(envoy)).toContain('{"prefix":"/dex"},"route":{"cluster":"dex"');
    expect(JSON.stringify(envoy.static_resources.clusters.find(({ name }) => name === 'dex'))).toContain(
      '"address":"dex","port_value":5556',
    );
  });

  test('the ingress leads /dex to it where it leads to services', () => {
    const access = { via: 'ingress', host: 'p.acme.com', ingress: { through: 'services' } } as const;
    const chart = new Chart(Testing.app(), 'test');
    new Ingress(chart, 'ingress', standalone({ access }));
    expect(at(chart.toJson()[0], 'spec.rules.0.http.paths.0')).toEqual({
      path: '/dex',
      pathType: 'Prefix',
      backend: { service: { name: 'dex', port: { name: 'http' } } },
    });
  });

  test('the Service has the port of the nodes that the issuer names', () => {
    const cluster = standalone({ access: { via: 'nodePort', host: '10.0.0.1' } });
    expect(at(objectsOf(cluster).get('Service/dex'), 'spec')).toMatchObject({
      type: 'NodePort',
      ports: [{ name: 'http', port: 5556, nodePort: 30556 }],
    });
  });

  test('its database is made along with the other one when it has another name', () => {
    const script = (cluster: Cluster): unknown => {
      const chart = new Chart(Testing.app(), 'test');
      new Postgres(chart, 'postgres', cluster);
      const objects = chart.toJson() as { kind: string; data?: Record<string, string> }[];
      return objects.find(({ kind }) => kind === 'ConfigMap')?.data?.['dex.sh'];
    };
    const other = script(standalone({ dex: { storage: { postgres: { database: 'login' } } } }));
    expect(other).toContain('CREATE DATABASE dex;');
    expect(other).toContain('CREATE DATABASE login;');
    expect(script(standalone())).toBe(script(clusterOf()));
    const elsewhere = { host: 'db.acme.com', user: 'dex', password: 'p', database: 'login' };
    expect(script(standalone({ dex: { storage: { postgres: elsewhere } } }))).not.toContain('login');
  });

  test("carries the label by which pachctl's debug dump finds it", () =>
    expect(podOf(objectsOf(standalone()), 'spec.template.metadata.labels')).toEqual({
      app: 'dex',
      suite: 'pachyderm',
    }));
});

const standaloneDocument: Partial<ClusterDocument> = { enterprise: { licenseKey: 'license' } };
