import { checkDocument } from '../../src/pipeline/check-document';
import { documentOf } from '../support/input-of';
import { errorsIn, importOf, tryImport } from '../support/import-values';
import { at } from '../support/tree';

const LICENSED = 'pachd: { enterpriseLicenseKey: lk, storage: { local: { hostPath: /srv/ } } }\n';

describe('the way in', () => {
  test.each<[values: string, release: string, access: unknown]>([
    ['proxy: { host: pach.example.com }', '2.11.6', { host: 'pach.example.com' }],
    ['proxy: { host: "localhost:8283" }', '2.11.6', { host: 'localhost', port: 8283 }],
    ['proxy: { enabled: true, host: a.example.com }', '2.4.0', { via: 'proxy', host: 'a.example.com' }],
    ['proxy: { enabled: false }', '2.11.6', { via: 'portForward' }],
    ['proxy: { enabled: false }\npachd: { service: { type: NodePort } }', '2.11.6', { via: 'nodePort' }],
    ['', '2.2.8', undefined],
    ['pachd: { service: { type: NodePort } }', '2.2.8', { via: 'nodePort' }],
    ['ingress: { enabled: true, host: a.example.com }', '2.11.6', { via: 'ingress', host: 'a.example.com' }],
    [
      'ingress: { enabled: true, host: a.example.com }\nproxy: { enabled: false }',
      '2.11.6',
      { via: 'ingress', host: 'a.example.com', ingress: { through: 'services' } },
    ],
    [
      'ingress: { enabled: true, host: a.example.com, uriHttpsProtoOverride: true }',
      '2.11.6',
      { via: 'ingress', host: 'a.example.com', tls: { offloaded: true } },
    ],
    [
      'proxy: { host: a.example.com, tls: { enabled: true, secretName: cert } }',
      '2.11.6',
      { host: 'a.example.com', tls: { secretName: 'cert' } },
    ],
    [
      'ingress: { host: a.example.com, tls: { enabled: true, secretName: cert } }',
      '2.2.8',
      {
        urls: {
          issuer: 'https://a.example.com/dex',
          pachdRedirect: 'https://a.example.com/authorization-code/callback',
          consoleRedirect: 'https://a.example.com/oauth/callback/?inline=true',
          consoleIssuer: 'https://a.example.com',
          // Without an Ingress the chart takes no host for this one.
          userAccessibleIssuer: 'http://localhost:30658',
        },
      },
    ],
  ])('%s of %s', (values, release, access) => {
    expect(importOf(`deployTarget: LOCAL\n${values}`, { release }).document['access']).toEqual(access);
  });

  test('URLs that pachkit derives are left out, others are kept', () => {
    const host = 'proxy: { host: a.example.com, tls: { enabled: true, secretName: cert } }\n';
    const derived = importOf(`${host}oidc: { issuerURI: https://a.example.com/dex }\n${LICENSED}`);
    expect(at(derived.document, 'access.urls')).toBeUndefined();
    expect(derived.entry('oidc.issuerURI')).toMatchObject({ fate: 'derived' });
    const other = importOf(`${host}oidc: { issuerURI: https://id.example.com/dex }\n${LICENSED}`);
    // The chart derives none of these from the issuer.
    expect(at(other.document, 'access.urls')).toEqual({
      issuer: 'https://id.example.com/dex',
      consoleIssuer: 'https://a.example.com',
      userAccessibleIssuer: 'https://a.example.com',
    });
  });

  test('an issuer that no document takes leaves nothing behind', () => {
    const { document, entry } = importOf(
      `${LICENSED}oidc: { issuerURI: "http://pachd.{{ .Release.Namespace }}:30658/dex" }`,
    );
    expect(document['access']).toBeUndefined();
    expect(entry('oidc.issuerURI')).toMatchObject({ fate: 'not-carried' });
  });
});

describe('secrets', () => {
  const VALUES = `
deployTarget: AMAZON
pachd:
  enterpriseLicenseKey: license-of-acme
  rootToken: token-of-acme
  storage: { storageURL: s3://acme, amazon: { bucket: acme, region: eu-west-1, id: AKIA, secret: key-of-acme } }
oidc:
  upstreamIDPs:
    - { id: auth0, name: Auth0, type: oidc, config: { issuer: https://acme.auth0.com/, clientID: a, clientSecret: oidc-of-acme } }
`;

  test('existing names the Secrets and keys of the release, those that it generated too', () => {
    const { document, variables } = importOf(VALUES);
    const existing = (name: string, key: string) => ({ existing: { name, key } });
    expect({ ...(document['auth'] as object), ...(document['enterprise'] as object) }).toEqual({
      rootToken: existing('pachyderm-auth', 'root-token'),
      clientSecret: existing('pachyderm-auth', 'pachd-oauth-client-secret'),
      licenseKey: existing('pachyderm-license', 'enterprise-license-key'),
      secret: existing('pachyderm-enterprise', 'enterprise-secret'),
    });
    expect(at(document, 'storage.s3.credentials')).toEqual({
      id: existing('pachyderm-storage-secret', 'AMAZON_ID'),
      secret: existing('pachyderm-storage-secret', 'AMAZON_SECRET'),
    });
    expect(at(document, 'database.internal')).toEqual({
      password: existing('postgres', 'postgresql-password'),
      rootPassword: existing('postgres', 'postgresql-postgres-password'),
    });
    expect(document['deploymentID']).toEqual(
      existing('pachyderm-deployment-id-secret', 'CLUSTER_DEPLOYMENT_ID'),
    );
    // The Dex inside pachd reads its connectors as one document, so no key holds this one alone.
    expect(variables.map(({ name }) => name)).toEqual(['AUTH0_CLIENT_SECRET']);
    expect(document['profile']).toBeUndefined();
  });

  test('of the bootstrap Job of 2.2 pachkit writes the Secret itself, so they come from variables', () => {
    const { variables } = importOf(VALUES.replace('config: {', "jsonConfig: '{}', config: {"), {
      release: '2.2.8',
    });
    expect(variables.map(({ name, from }) => `${name} ${from?.name}/${from?.key}`)).toEqual([
      'PACHYDERM_LICENSE pachyderm-bootstrap-config/license',
      'ENTERPRISE_SECRET pachyderm-bootstrap-config/enterpriseSecret',
      'ROOT_TOKEN pachyderm-bootstrap-config/rootToken',
      'PACHD_CLIENT_SECRET pachyderm-bootstrap-config/authConfig',
    ]);
  });

  test('env reads every one from a variable, under a name of its own', () => {
    const { variables } = importOf(VALUES, { secrets: 'env' });
    const names = variables.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(names).toEqual(expect.arrayContaining(['ROOT_TOKEN', 'AMAZON_SECRET', 'POSTGRES_PASSWORD']));
  });

  test('plain keeps what the values say in profile dev, and says so', () => {
    const { document, diagnostics, plainFields } = importOf(VALUES, { secrets: 'plain' });
    expect(at(document, 'auth.rootToken')).toBe('token-of-acme');
    expect(document['profile']).toBe('dev');
    expect(plainFields).toContain('auth.rootToken');
    expect(diagnostics.map(({ code }) => code)).toEqual(['IMP009']);
  });

  test.each(['existing', 'env', 'plain'] as const)('%s: none is in the report or in a message', (secrets) => {
    const { report, diagnostics, variables } = importOf(
      VALUES.replace('rootToken', 'rootTokn').replace('eu-west-1', 'eu west 1'),
      { secrets },
    );
    const said = JSON.stringify({ report, variables, messages: diagnostics.map((each) => each.message) });
    for (const secret of ['token-of-acme', 'license-of-acme', 'key-of-acme', 'oidc-of-acme'])
      expect(said).not.toContain(secret);
  });

  test.each(['existing', 'env', 'plain'] as const)('%s: one in a URL is carried, and said', (secrets) => {
    const { document, diagnostics, entry } = importOf(
      `${VALUES}global: { proxy: "http://pach:s3cret@proxy:3128", noProxy: .svc }`,
      { secrets },
    );
    expect(at(document, 'network.httpProxy')).toBe('http://pach:s3cret@proxy:3128');
    expect(entry('global.proxy')).toMatchObject({
      fate: 'carried',
      message: 'with the secret in its URL, in plain text',
    });
    const [finding] = diagnostics.filter(({ path }) => path === '/global/proxy');
    expect(finding).toMatchObject({ code: 'IMP009', severity: 'warning' });
    expect(finding?.message).toContain('as network.httpProxy');
    // It is no reason to permit what only dev clusters may have.
    if (secrets !== 'plain') expect(document['profile']).toBeUndefined();
  });

  test('a Secret that the values name goes before everything', () => {
    const { document } = importOf(
      'pachd: { enterpriseLicenseKeySecretName: lic, rootToken: x, rootTokenSecretName: mine }',
      { secrets: 'plain' },
    );
    expect(at(document, 'auth.rootToken')).toEqual({ existing: { name: 'mine', key: 'root-token' } });
    expect(at(document, 'enterprise.licenseKey')).toEqual({
      existing: { name: 'lic', key: 'enterprise-license-key' },
    });
  });

  test('an imported document of a release that runs needs no word about its own Secrets', () => {
    const { text } = importOf(VALUES);
    const codes = checkDocument(documentOf(text)).diagnostics.map(({ code }) => code);
    expect(codes.filter((code) => code.startsWith('SEC'))).toEqual([]);
  });
});

describe('people who log in', () => {
  test('without a license authentication is off, in releases that need one', () => {
    const { document, entry } = importOf('deployTarget: LOCAL\npachd: { rootToken: x }');
    expect(document['auth']).toEqual({ enabled: false });
    expect(entry('pachd.rootToken')).toMatchObject({ fate: 'idle' });
    const newer = importOf('deployTarget: LOCAL\npachd: { rootToken: x }', { release: '2.12.0-rc.3' });
    expect(at(newer.document, 'auth.enabled')).toBeUndefined();
  });

  test('the mock login of the chart replaces role bindings, with a connector they hold', () => {
    const bindings = 'pachAuthClusterRoleBindings: { "user:ada@acme.com": [clusterAdmin] }';
    const mock = importOf(`pachd: { enterpriseLicenseKey: k, ${bindings} }`);
    expect(at(mock.document, 'auth.roleBindings')).toEqual({
      'user:kilgore@kilgore.trout': ['clusterAdmin'],
      allClusterUsers: ['projectCreator'],
    });
    expect(mock.entry('pachd.pachAuthClusterRoleBindings')).toMatchObject({ fate: 'idle' });
    const real = importOf(
      `pachd: { enterpriseLicenseKey: k, ${bindings} }\noidc: { upstreamIDPsSecretName: idps }`,
    );
    expect(at(real.document, 'auth.roleBindings')).toEqual({ 'user:ada@acme.com': ['clusterAdmin'] });
    expect(at(real.document, 'identity.connectorsFrom')).toEqual({ existing: { name: 'idps' } });
  });

  test('jsonConfig becomes config, in the spelling of Dex and without what pachkit derives', () => {
    const { document } = importOf(
      `proxy: { host: a.example.com }
pachd: { enterpriseLicenseKey: k }
oidc:
  upstreamIDPs:
    - id: corp
      name: Corp
      type: oidc
      jsonConfig: '{"Issuer":"https://id.example.com","clientID":"c","redirectURI":"http://a.example.com/dex/callback"}'
`,
    );
    expect(at(document, 'identity.connectors')).toEqual([
      { type: 'oidc', id: 'corp', name: 'Corp', config: { issuer: 'https://id.example.com', clientID: 'c' } },
    ]);
  });

  test('jsonConfig that is not JSON is not carried, and not quoted', () => {
    const { diagnostics } = importOf(
      `pachd: { enterpriseLicenseKey: k }
oidc: { upstreamIDPs: [{ id: a, name: a, type: oidc, jsonConfig: '{"clientSecret":"hunter2"' }] }`,
    );
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'IMP003 oidc.upstreamIDPs.0.jsonConfig is not carried: it is not a JSON mapping, and pachd refuses the connector',
    ]);
  });

  test('of further clients pachd reads redirect_uris alone', () => {
    const { document, report } = importOf(
      `pachd: { enterpriseLicenseKey: k }
oidc:
  mockIDP: false
  additionalClients:
    - { id: app, name: app, secret: s, redirect_uris: [https://app.example.com/cb], redirectURIs: [https://other] }`,
      { secrets: 'plain' },
    );
    expect(at(document, 'identity.clients')).toEqual([
      { id: 'app', secret: 's', redirectURIs: ['https://app.example.com/cb'] },
    ]);
    expect(report.find(({ path }) => path.endsWith('redirectURIs'))).toMatchObject({ fate: 'dead' });
  });
});

test.each<[which: string, values: string, console: unknown, pachd: unknown]>([
  ['Console', 'proxy: { enabled: true, host: a.b, tls: { enabled: true, secretName: p } }', true, undefined],
  [
    'pachd, and Console as by default',
    `pachd: { tls: { enabled: true, secretName: own } }
proxy: { enabled: true, host: a.b, tls: { enabled: true, secretName: p } }`,
    undefined,
    true,
  ],
  ['no one without a certificate', 'proxy: { enabled: true, host: a.b }', undefined, undefined],
])('customCaCerts is said of %s', (_which, values, ofConsole, ofPachd) => {
  const { document, entry } = importOf(`global: { customCaCerts: true }\n${values}`);
  expect(at(document, 'console.customCertificateAuthority')).toBe(ofConsole);
  expect(at(document, 'pachd.tls.customCertificateAuthority')).toBe(ofPachd);
  const isCarried = ofConsole === true || ofPachd === true;
  expect(entry('global.customCaCerts')).toMatchObject({ fate: isCarried ? 'carried' : 'idle' });
});

test('values are laid over each other as Helm does, and what is set last is reported where it stands', () => {
  const { document, entry } = importOf({
    'base.yaml':
      'deployTarget: LOCAL\netcd: { storageSize: 1Gi, dynamicNodes: 3 }\nconsole: { enabled: false }\n',
    'prod.yaml': '\n\netcd: { storageSize: 50Gi }\nconsole: { enabled: yes }\n',
  });
  expect(document['etcd']).toEqual({ size: '50Gi', replicas: 3 });
  expect(entry('etcd.storageSize')?.location).toMatchObject({ file: 'prod.yaml', range: { line: 3 } });
  // Helm reads YAML 1.1, where yes is true.
  expect(entry('console.enabled')).toMatchObject({ fate: 'default' });
});

test('mappings merge with the defaults of the chart, and null takes one away', () => {
  const resources = (values: string): unknown =>
    at(importOf(`deployTarget: LOCAL\nproxy: { resources: ${values} }`).document, 'access.proxy.resources');
  expect(resources('{ requests: { cpu: 500m } }')).toEqual({
    requests: { cpu: '500m', memory: '512Mi' },
    limits: { memory: '512Mi' },
  });
  expect(resources('{ limits: null }')).toEqual({ requests: { cpu: '100m', memory: '512Mi' } });
  expect(resources('{ limits: { memory: 512Mi } }')).toBeUndefined();
});

test('pachw takes over from pachd what it does not have itself', () => {
  const pachw = (values: string): unknown =>
    importOf(
      `deployTarget: LOCAL
pachd: { resources: { limits: { cpu: 1 } }, podLabels: { a: b }, nodeSelector: { pool: big } }
pachw: ${values}`,
    ).document['pachw'];
  expect(pachw('{ maxReplicas: 4 }')).toEqual({ maxReplicas: 4 });
  expect(pachw('{ nodeSelector: { pool: small } }')).toEqual({
    placement: { labels: { a: 'b' }, nodeSelector: { pool: 'small' } },
  });
  expect(pachw('{ inheritFromPachd: false }')).toEqual({ resources: {}, placement: { labels: { a: 'b' } } });
});

test.each([
  ['oidc: { mockIdp: false }', 'oidc.mockIdp', 'oidc.mockIDP is meant'],
  [
    'console: { config: { oauthClientSecretName: a } }',
    'console.config.oauthClientSecretName',
    'console.config.oauthClientSecretSecretName may be meant',
  ],
])('what no chart reads is said with what was meant: %s', (values, path, message) =>
  expect(importOf(`deployTarget: LOCAL\n${values}`).entry(path)).toMatchObject({ fate: 'unknown', message }),
);

test('no maximum of pachw and an empty registry are carried', () => {
  const { document, entry } = importOf(
    'deployTarget: LOCAL\npachw: { maxReplicas: 0 }\nglobal: { image: { registry: "" } }',
  );
  expect(at(document, 'pachw.maxReplicas')).toBe(0);
  expect(entry('global.image.registry')).toMatchObject({ fate: 'default' });
});

test('values that become variables reach pachw where the chart has them there', () => {
  const { document } = importOf(
    `deployTarget: LOCAL
pachd: { ppsWorkerGRPCPort: 1090, storageGCPeriod: 20, storage: { maxFanIn: 20, diskCacheSize: 100 } }`,
  );
  const both = { STORAGE_GC_PERIOD: '20', STORAGE_COMPACTION_MAX_FANIN: '20' };
  expect(at(document, 'pachd.environment')).toEqual({ PPS_WORKER_GRPC_PORT: '1090', ...both });
  expect(at(document, 'pachw.environment')).toEqual(both);
});

test.each<[which: string, values: string, release: string, entry: object | undefined]>([
  [
    'by default',
    '',
    '2.11.6',
    { fate: 'other-product', message: expect.stringMatching(/^not set, and on by default: /) as string },
  ],
  ['where settings of it are said', 'loki-stack: { loki: {} }', '2.11.6', undefined],
  [
    'switched on',
    'pachd: { lokiDeploy: true }',
    '2.2.8',
    { fate: 'other-product', message: expect.stringContaining('deploy it with its own chart') as string },
  ],
  [
    'switched off',
    'pachd: { lokiDeploy: false }',
    '2.11.6',
    { fate: 'other-product', message: 'pachkit does not deploy Loki either' },
  ],
  ['in a release without it', '', '2.2.8', undefined],
])('Loki is named as left out, %s', (_which, values, release, entry) => {
  const { report } = importOf(`deployTarget: LOCAL\n${values}\n`, { release });
  const entries = report.filter(({ path }) => path === 'pachd.lokiDeploy');
  expect(entries).toEqual(entry ? [expect.objectContaining(entry)] : []);
});

test.each([
  ['', '2.8.0', ['not-carried']],
  ['kubeEventTail: { enabled: false, clusterScope: true }', '2.8.0', ['derived', 'idle']],
  ['', '2.11.6', []],
])('kube-event-tail is named as left out where the chart installs it: %s, %s', (values, release, fates) => {
  const { report } = importOf(`deployTarget: LOCAL\n${values}\n`, { release });
  expect(report.filter(({ path }) => path.startsWith('kubeEventTail')).map(({ fate }) => fate)).toEqual(
    fates,
  );
});

describe('files that are not values', () => {
  test.each<[what: string, content: string, code: string]>([
    ['an empty file', '', 'IMP001'],
    ['a comment', '# nothing\n', 'IMP001'],
    ['an empty mapping', '{}', 'IMP001'],
    ['a list', '- a\n', 'IMP001'],
    ['a string', 'hello\n', 'IMP001'],
    ['two documents', 'deployTarget: LOCAL\n---\ndeployTarget: LOCAL\n', 'IMP001'],
    ['values of another chart', 'replicaCount: 2\nservice: { type: ClusterIP }\n', 'IMP001'],
    ['values of another chart with a proxy', 'proxy: { enabled: true }\nhub: {}\nsingleuser: {}\n', 'IMP001'],
    ['a manifest', 'apiVersion: v1\nkind: Secret\npachd: {}\n', 'IMP001'],
    ['a document', 'apiVersion: pachkit/v1\nrelease: 2.11.6\n', 'IMP002'],
    ['no YAML', 'pachd: {\n', 'DOC002'],
  ])('%s', (_, content, code) => {
    const { imported, diagnostics } = tryImport(content);
    expect(imported).toBeUndefined();
    expect(diagnostics.map((each) => each.code)).toEqual([code]);
  });
});

test('a value of another type than the chart wants is taken for what is meant', () => {
  const { document } = importOf(
    'deployTarget: LOCAL\npachd: { replicas: "2", annotations: { a: true } }\nconsole: { enabled: "false" }\nglobal: { postgresql: { postgresqlPort: 5432 } }',
  );
  expect(document).toMatchObject({
    pachd: { replicas: 2, placement: { annotations: { a: 'true' } } },
    console: { enabled: false },
  });
});

describe('profile', () => {
  const CLOUD =
    'deployTarget: GOOGLE\npachd: { enterpriseLicenseKey: lk, storage: { storageURL: gs://acme, google: { bucket: acme } } }\n';
  const CONNECTOR = (config: string): string =>
    `oidc: { mockIDP: false, upstreamIDPs: [{ id: corp, name: Corp, ${config} }] }\n`;
  const OIDC = CONNECTOR(
    'type: oidc, config: { issuer: https://id.example.com, clientID: a, clientSecret: b }',
  );
  const LDAP = CONNECTOR(
    'type: ldap, config: { host: "ldap.example.com:389", insecureNoSSL: true, userSearch: { baseDN: "dc=example", username: uid, idAttr: uid, emailAttr: mail, nameAttr: cn } }',
  );
  const TLS = 'proxy: { host: pach.example.com, tls: { enabled: true, secretName: cert } }\n';

  test.each<[string, string, RegExp | undefined]>([
    ['a cluster on a public host', TLS + OIDC, undefined],
    ['one with the mock login', TLS, /people log in with the mock connector of the chart/],
    [
      'one over plain http',
      `proxy: { host: pach.example.com }\n${OIDC}`,
      /ACC003 \(plain http on a public host\)/,
    ],
    ['one with passwords as clear text on the network', TLS + LDAP, /DEX\d+ \(.*\) is an error there/],
  ])('of %s: dev only where production forbids what runs, which is said', (_, values, reason) => {
    const { document, comments, diagnostics, text } = importOf(CLOUD + values);
    const profile = reason === undefined ? undefined : 'dev';
    expect(document['profile']).toBe(profile);
    expect(comments.get('profile')).toEqual(reason === undefined ? undefined : expect.stringMatching(reason));
    const warnings = diagnostics.filter(({ code }) => code === 'IMP013').map(({ message }) => message);
    expect(warnings).toEqual(
      reason === undefined ? [] : [expect.stringMatching(/others reach .* pach\.example\.com/)],
    );
    expect(errorsIn(text)).toEqual([]);
  });

  test('dev on one machine is no matter', () => {
    const { document, diagnostics } = importOf(LICENSED);
    expect([document['profile'], diagnostics.filter(({ code }) => code === 'IMP013')]).toEqual(['dev', []]);
  });
});

test('the document is in the order of the schema, and every reader of YAML reads what was meant', () => {
  const { text, document } = importOf(
    `deployTarget: LOCAL
pachd:
  annotations: { on: "yes", port: "017", "a: b": "c, [d]", long: "x\\ny\\n" }
  podLabels: { version: "2.10", exp: "1e3" }
`,
    { namespace: 'pach', helmReleaseName: 'mldm' },
  );
  expect(text.split('\n').slice(0, 6)).toEqual([
    '# yaml-language-server: $schema=./schemas/cluster.schema.json',
    '# Imported from values of the official Helm chart.',
    'apiVersion: pachkit/v1',
    'name: mldm',
    'release: 2.11.6',
    '# Not production, because authentication is off: there is no license, so the chart does not activate it.',
  ]);
  expect(documentOf(text).value).toEqual(document);
  expect(errorsIn(text)).toEqual([]);
});
