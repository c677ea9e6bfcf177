import { findingsOf } from './findings-of';

const SECRET_FORMS = '{ env: NAME }, { file: PATH }, { existing: { name, key } } or { generate: {} }';

/** A document in which one value has to have a form. */
const FORMS: Readonly<Record<string, (text: string) => string>> = {
  'connector id': (text) => `identity: { connectors: [{ type: github, id: ${text} }] }`,
  'id of the connector for Auth0': (text) =>
    `auth0: { domain: acme.eu.auth0.com, connector: { id: ${text} } }`,
  'trusted network': (text) =>
    `dex: { web: { clientRemoteIP: { header: X-Real-IP, trustedProxies: [${text}] } } }`,
  variable: (text) => `dex: { environment: { ${text}: x } }`,
  'variable of pachd': (text) => `pachd: { environment: { ${text}: x } }`,
  'variable of pachw': (text) => `pachw: { environment: { ${text}: x } }`,
  registry: (text) => `images: { registry: ${text} }`,
  'public host': (text) => `access: { host: ${text} }`,
  'host of a database': (text) => `database: { external: { host: ${text}, password: { env: A } } }`,
  'host of Loki': (text) => `loki: { host: ${text} }`,
  endpoint: (text) => `storage: { s3: { bucket: data, endpoint: ${text} } }`,
  "registry of Dex's image": (text) => `dex: { image: { registry: ${text} } }`,
  "repository of Dex's image": (text) => `dex: { image: { repository: ${text} } }`,
};

test.each([
  [
    'connector id',
    ['auth0', 'myBasicAuth', 'A', 'a.b_c~d-e', "'a:b'", "'~x'", '-a', 'a-', "'x'", "'...'"],
    ["'a b'", "''", "'a%'", 'ä', "'a+b'", "'.'", "'..'", "'a/..'", "'../a'", "'/a'", "'a//b'"],
  ],
  ['id of the connector for Auth0', ['Auth0'], ["'a b'"]],
  [
    'trusted network',
    ['10.0.0.0/8', "'::/0'", "'fd00::/8'", "'2001:db8::1:2/64'", "'1:2:3:4:5:6:7:8/128'"],
    ['999.0.0.0/8', "':::/8'", '010.0.0.0/8', '10.0.0.0/33', "'1::2::3/8'", "'::/129'", '10.0.0.1'],
  ],
  ['variable', ['A', '_a1', 'a.b-c'], ["''", "'A=B'", '1A', "'A B'", "'..'"]],
  ['variable of pachd', ['A'], ["'A=B'"]],
  ['variable of pachw', ['A'], ["'A=B'"]],
  [
    'registry',
    ['docker.io', "'localhost:5000'", 'registry.acme.com/mirror'],
    ['https://docker.io', 'docker.io/'],
  ],
  [
    'public host',
    ['acme.com', 'Pach', '192.0.2.1', "'2001:db8::10'", "'::1'"],
    ['acme.com.', "'[::1]'", "'acme.com:443'", 'https://acme.com', "'1::2::3'", "''", '-a'],
  ],
  [
    'host of a database',
    ['db', 'cloudsql-auth-proxy.default.svc.cluster.local.', 'db.acme.com', "'fd00::5'"],
    ['db..', '.', "'[fd00::5]'", "'db:5432'"],
  ],
  ['host of Loki', ['loki.monitoring.svc.cluster.local.', "'fd00::5'"], ["'loki:3100'"]],
  [
    'endpoint',
    ['minio.minio:9000', 'minio.minio.svc.cluster.local.:9000', "'[fd00::5]:9000'"],
    ["'fd00::5'", "'http://minio'", "'[minio]'"],
  ],
  ["registry of Dex's image", ['ghcr.io', "'[::1]:5000'"], ['https://ghcr.io/', "'a b'"]],
  ["repository of Dex's image", ['dex', 'my_org/a.b--c'], ["'DexIdp/Dex'", "'dex:v1'", 'a//b', '/a']],
])('%s: which forms are taken', (what, right, wrong) => {
  const codes = (text: string): readonly string[] =>
    findingsOf(FORMS[what]?.(text) ?? '').map(([code]) => code);
  expect(right.map((text) => [text, codes(text)])).toEqual(right.map((text) => [text, []]));
  expect(wrong.map((text) => [text, codes(text)])).toEqual(wrong.map((text) => [text, ['SCH005']]));
});

describe.each<[title: string, rows: [text: string, ...finding: [string, number, number, string, string?]][]]>(
  [
    [
      'SCH001: a key that is not known',
      [
        [
          'apiversion: x',
          'SCH001',
          3,
          1,
          'The document has no key "apiversion"',
          'did you mean "apiVersion"?',
        ],
        ['access: { Via: proxy }', 'SCH001', 3, 11, 'access has no key "Via"', 'did you mean "via"?'],
        [
          'rootToken: x',
          'SCH001',
          3,
          1,
          'The document has no key "rootToken"',
          'there is such a key elsewhere: auth.rootToken',
        ],
        [
          'auth0: { domain: acme.eu.auth0.com, application: { grantTypes: [device_code] } }',
          'SCH001',
          3,
          52,
          'auth0.application has no key "grantTypes"',
          'remove it: at Auth0 Dex uses authorization_code and refresh_token and no other grant, and the application has these; the device flow is between Dex and its own clients, in dex.oauth2.grantTypes',
        ],
        [
          'identity:\n  connectors:\n    - { type: oidc, id: a, confg: {} }',
          'SCH001',
          5,
          28,
          'identity.connectors[0] has no key "confg"',
          'did you mean "config"?',
        ],
        [
          'dex: { storage: { etcd: {} } }',
          'SCH001',
          3,
          19,
          'dex.storage has no key "etcd"',
          'valid keys: postgres, kubernetes, sqlite3, memory',
        ],
        [
          'secrets: { xyz: 1 }',
          'SCH001',
          3,
          12,
          'secrets has no key "xyz"',
          'valid keys: seed, output, encryptionKey, store, sops, sealedSecret, externalSecret',
        ],
        [
          'secrets: { constructor: 1 }',
          'SCH001',
          3,
          12,
          'secrets has no key "constructor"',
          'valid keys: seed, output, encryptionKey, store, sops, sealedSecret, externalSecret',
        ],
        [
          'auth: { rootToken: { Env: X } }',
          'SCH001',
          3,
          22,
          'A secret value has no key "Env"',
          'did you mean "env"?',
        ],
        [
          'auth: { rootToken: { s3cret: } }',
          'SCH001',
          3,
          20,
          'A secret value has no such key',
          `write ${SECRET_FORMS}`,
        ],
        [`${'x'.repeat(70)}: 1`, 'SCH001', 3, 1, `The document has no key "${'x'.repeat(60)}…"`],
      ],
    ],
    [
      'SCH002: a key that is missing',
      [
        [
          'storage: { azure: {} }',
          'SCH002',
          3,
          12,
          'storage.azure is missing the required key "account"',
          'add it: pachkit explain storage.azure.account says what it takes',
        ],
        ['auth0: {}', 'SCH002', 3, 1, 'auth0 is missing the required key "domain"'],
        [
          'identity: { connectors: [{ id: a }] }',
          'SCH002',
          3,
          28,
          'identity.connectors[0] is missing the required key "type"',
        ],
        [
          'auth: { rootToken: { existing: { name: a } } }',
          'SCH002',
          3,
          22,
          'auth.rootToken.existing is missing the required key "key"',
        ],
      ],
    ],
    [
      'SCH003: a value of the wrong kind',
      [
        ['name: 5', 'SCH003', 3, 7, 'name must be a string, not a number', 'put it in quotes'],
        [
          'auth: { sessionDuration: 30 }',
          'SCH003',
          3,
          26,
          'auth.sessionDuration must be a string, not a number',
          'write days, hours and minutes such as 30d, 12h or 1d12h',
        ],
        ['name: true', 'SCH003', 3, 7, 'name must be a string, not true or false', 'put it in quotes'],
        ['name:', 'SCH003', 3, 6, 'name must be a string, not empty', 'give it a value, or remove the line'],
        ['name: [a]', 'SCH003', 3, 7, 'name must be a string, not a list'],
        ['access: proxy', 'SCH003', 3, 9, 'access must be a mapping, not a string'],
        [
          'auth: { rootToken: 12345 }',
          'SCH003',
          3,
          20,
          'auth.rootToken must be a string or a mapping, not a number',
          'put it in quotes',
        ],
        [
          'auth: { enabled: yes }',
          'SCH003',
          3,
          18,
          'auth.enabled must be true or false, not a string',
          'write true, without quotes',
        ],
        [
          'auth: { enabled: "False" }',
          'SCH003',
          3,
          18,
          'auth.enabled must be true or false, not a string',
          'write false, without quotes',
        ],
        [
          'auth: { scopes: email }',
          'SCH003',
          3,
          17,
          'auth.scopes must be a list, not a string',
          'write a list: ["email"]',
        ],
        [
          'etcd: { replicas: "3" }',
          'SCH003',
          3,
          19,
          'etcd.replicas must be a whole number, not a string',
          'write it without quotes',
        ],
        [
          'etcd: { replicas: 1.5 }',
          'SCH003',
          3,
          19,
          'etcd.replicas must be a whole number, not one with a fraction',
        ],
        ['etcd: { replicas: .inf }', 'SCH003', 3, 19, 'etcd.replicas must be a whole number, not a number'],
        [
          'auth: { roleBindings: { "user:a": clusterAdmin } }',
          'SCH003',
          3,
          35,
          'auth.roleBindings["user:a"] must be a list, not a string',
          'write a list: ["clusterAdmin"]',
        ],
      ],
    ],
    [
      'SCH004: a value that is not one of those allowed',
      [
        [
          'profile: Dev',
          'SCH004',
          3,
          10,
          'profile cannot be "Dev"',
          'did you mean "dev"? one of: production, dev',
        ],
        [
          'access: { via: loadbalancer }',
          'SCH004',
          3,
          16,
          'access.via cannot be "loadbalancer"',
          'write proxy, and access.proxy.service.type: LoadBalancer; one of: proxy, ingress, nodePort, portForward',
        ],
      ],
    ],
    [
      'SCH005: a value of the wrong form',
      [
        [
          'name: My_Cluster',
          'SCH005',
          3,
          7,
          'name must be a DNS label: lowercase letters, digits and hyphens, at most 63; "My_Cluster" is not',
        ],
        [
          'access: { host: "https://pach.acme.com/" }',
          'SCH005',
          3,
          17,
          'access.host must be a host name or address, without scheme, port, path or brackets; "https://pach.acme.com/" is not',
          'write only the host: pach.acme.com',
        ],
        [
          'access: { host: "pach.acme.com:443" }',
          'SCH005',
          3,
          17,
          'access.host must be a host name or address, without scheme, port, path or brackets; "pach.acme.com:443" is not',
          'write only the host: pach.acme.com, and the port in access.port',
        ],
        ['etcd: { replicas: 0 }', 'SCH005', 3, 19, 'etcd.replicas must be at least 1'],
        ['access: { port: 70000 }', 'SCH005', 3, 17, 'access.port must be at most 65535'],
        ['auth: { scopes: [] }', 'SCH005', 3, 17, 'auth.scopes must not be empty'],
        ['auth: { scopes: [a, a] }', 'SCH005', 3, 21, 'auth.scopes has this entry twice'],
        ['auth: { clientID: "" }', 'SCH005', 3, 19, 'auth.clientID must not be empty'],
        [
          'auth: { rootToken: { env: "1 2" } }',
          'SCH005',
          3,
          27,
          'auth.rootToken.env must be the name of an environment variable: letters, digits and underscores; this value is not',
        ],
        [
          'auth: { rootToken: { generate: { length: 3 } } }',
          'SCH005',
          3,
          42,
          'auth.rootToken.generate.length must be at least 16',
        ],
        [
          'auth: { roleBindings: { "": [a] } }',
          'SCH005',
          3,
          25,
          'A key of auth.roleBindings must not be empty',
        ],
        [
          'identity: { idTokenExpiry: 1d }',
          'SCH005',
          3,
          28,
          'identity.idTokenExpiry must be a duration of Go: numbers with ns, us, ms, s, m or h, such as 24h or 1h30m; days are not a unit; "1d" is not',
        ],
        ['extends: []', 'SCH005', 3, 10, 'extends must not be empty'],
      ],
    ],
    [
      'SCH006: a mapping with too many or too few keys',
      [
        [
          'auth: { rootToken: { env: A, file: b } }',
          'SCH006',
          3,
          20,
          'auth.rootToken says in more than one way where the secret is',
          `keep one of ${SECRET_FORMS}`,
        ],
        ['auth: { rootToken: {} }', 'SCH006', 3, 20, 'auth.rootToken is empty', `write ${SECRET_FORMS}`],
        [
          'dex: { storage: { postgres: {}, memory: {} } }',
          'SCH006',
          3,
          17,
          'dex.storage can be one thing only, and the document names several',
          'keep one of postgres, kubernetes, sqlite3, memory',
        ],
        [
          'dex: { networkPolicy: { metricsFrom: {} } }',
          'SCH006',
          3,
          38,
          'dex.networkPolicy.metricsFrom is empty',
          'fill it, or remove the line',
        ],
        ['storage: {}', 'SCH006', 3, 10, 'storage is empty', 'fill it, or remove the line'],
      ],
    ],
  ],
)('%s', (_title, rows) => {
  const cases = rows.map(([text, ...finding]) => ({ text, finding }));
  test.each(cases)('$text', ({ text, finding: [code, line, column, message, hint] }) => {
    const [found, ...others] = findingsOf(text);
    expect(found?.slice(0, 4)).toEqual([code, line, column, message]);
    if (hint !== undefined) expect(found?.[4]).toBe(hint);
    expect(others).toEqual([]);
  });
});

test('SCH002: every key that another one needs', () =>
  expect(findingsOf('dex: { storage: { postgres: { host: db.x.com } } }')).toEqual(
    ['user', 'password'].map((key) => [
      'SCH002',
      3,
      19,
      `dex.storage.postgres is missing the required key "${key}", which it needs beside "host"`,
      `add it: pachkit explain dex.storage.postgres.${key} says what it takes`,
    ]),
  ));

test.each(['[fd00::1]', '[fd00::1]:443', 'https://[fd00::1]/'])(
  'SCH005: the host in %s is the address without brackets',
  (host) =>
    expect(findingsOf(`access: { host: "${host}" }`)).toEqual([
      [
        'SCH005',
        3,
        17,
        expect.any(String),
        expect.stringMatching(/^write only the host: fd00::1(, and the port in access.port)?$/),
      ],
    ]),
);
