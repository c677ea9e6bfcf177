import { checkSchema } from '../../src/schema/check-schema';
import { documentOf } from '../support/input-of';

/** What the schema says about a document that has the lines that every document needs in front. */
function findingsOf(
  text: string,
): [code: string, line: number, column: number, message: string, hint?: string][] {
  const document = documentOf(`apiVersion: pachkit/v1\nrelease: 2.11.6\n${text}`);
  return checkSchema(document)
    .map(
      ({ code, location, message, hint }) =>
        [code, location.range?.line ?? 0, location.range?.column ?? 0, message, hint] as const,
    )
    .sort((a, b) => a[1] - b[1] || a[2] - b[2])
    .map(([...finding]) => finding as [string, number, number, string, string?]);
}

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
          'write a list: `["…"]`, or one item a line after `- `',
        ],
        [
          'etcd: { replicas: "3" }',
          'SCH003',
          3,
          19,
          'etcd.replicas must be a whole number, not a string',
          'write it without quotes',
        ],
        ['etcd: { replicas: 1.5 }', 'SCH003', 3, 19, 'etcd.replicas must be a whole number, not a number'],
        ['etcd: { replicas: .inf }', 'SCH003', 3, 19, 'etcd.replicas must be a whole number, not a number'],
        [
          'auth: { roleBindings: { "user:a": clusterAdmin } }',
          'SCH003',
          3,
          35,
          'auth.roleBindings["user:a"] must be a list, not a string',
          'write a list: `["…"]`, or one item a line after `- `',
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
          'one of: proxy, ingress, nodePort, portForward',
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
          'write only the host: pach.acme.com',
        ],
        ['etcd: { replicas: 0 }', 'SCH005', 3, 19, 'etcd.replicas must be at least 1'],
        ['access: { port: 70000 }', 'SCH005', 3, 17, 'access.port must be at most 65535'],
        ['auth: { scopes: [] }', 'SCH005', 3, 17, 'auth.scopes must not be empty'],
        ['auth: { scopes: [a, a] }', 'SCH005', 3, 17, 'auth.scopes has an entry twice'],
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
      ['SCH005', 3, 17, expect.any(String), 'write only the host: fd00::1'],
    ]),
);

describe('a whole document', () => {
  test('is missing the required keys that every document needs', () => {
    const codes = checkSchema(documentOf('name: a')).map(({ code, message, hint }) => [code, message, hint]);
    expect(codes).toEqual([
      [
        'SCH002',
        'The document is missing the required key "apiVersion"',
        'add the line: apiVersion: pachkit/v1',
      ],
      [
        'SCH002',
        'The document is missing the required key "release"',
        'add the release of Pachyderm that runs, such as: release: 2.11.6',
      ],
    ]);
  });

  test.each([
    ['[a]', 'a list'],
    ['text', 'a string'],
    ['5', 'a number'],
    ['~', 'empty'],
  ])('%s is no mapping', (text, kind) =>
    expect(checkSchema(documentOf(text)).map(({ message }) => message)).toEqual([
      `The document must be a mapping, not ${kind}`,
    ]),
  );

  test('every mistake is found in one run', () =>
    expect(
      findingsOf('nme: a\naccess: { via: x, prot: 1 }\netcd: { replicas: 0, size: -1 }\nauth0: {}\n').map(
        ([code, line, column]) => `${code} ${line}:${column}`,
      ),
    ).toEqual(['SCH001 3:1', 'SCH004 4:16', 'SCH001 4:19', 'SCH005 5:19', 'SCH005 5:28', 'SCH002 6:1']));

  test('keys that objects have by themselves are refused where any other key is allowed', () =>
    expect(
      findingsOf(
        'pachd: { placement: { labels: { constructor: a }, nodeSelector: { constructor: a } } }\n',
      ).map(([code, line, column, message]) => [code, line, column, message]),
    ).toEqual([
      ['SCH005', 3, 33, 'A key cannot be called "constructor": no manifest with it can be written'],
      ['SCH005', 3, 67, 'A key cannot be called "constructor": no manifest with it can be written'],
    ]));

  test('a missing key that a misspelt one was meant for is one mistake', () => {
    const client = (keys: string) =>
      findingsOf(`identity: { clients: [{ ${keys} }] }\n`).map(([code, , , message]) => [code, message]);
    expect(client('id: a, secret: x, redirect_uris: [http://localhost/x]')).toEqual([
      ['SCH001', 'identity.clients[0] has no key "redirect_uris"'],
    ]);
    expect(client('id: a, secrett: x, redirectURLs: [http://localhost/x]')).toEqual([
      ['SCH001', 'identity.clients[0] has no key "secrett"'],
      ['SCH001', 'identity.clients[0] has no key "redirectURLs"'],
    ]);
    // What is meant is there already: the other key is missing besides.
    expect(client('id: a, secret: x, secrett: y')).toEqual([
      ['SCH002', 'identity.clients[0] is missing the required key "redirectURIs"'],
      ['SCH001', 'identity.clients[0] has no key "secrett"'],
    ]);
  });

  test('keys of Kubernetes are those that Kubernetes has', () => {
    const affinity = (text: string) =>
      findingsOf(`pachd: { placement: { affinity: { ${text} } } }\n`).map(([code, , column, message]) => [
        code,
        column,
        message,
      ]);
    expect(affinity('nodeAfinity: {}')).toEqual([
      ['SCH001', 35, 'pachd.placement.affinity has no key "nodeAfinity"'],
    ]);
    const required = 'nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution';
    expect(affinity(`${required}: { nodeSelectorTerm: [] } }`).map(([code]) => code)).toEqual(['SCH001']);
    const condition = (text: string) =>
      affinity(`${required}: { nodeSelectorTerms: [{ matchExpressions: [{ ${text} }] }] } }`).map(
        ([code]) => code,
      );
    expect(condition('key: pool, operater: In, values: [pach]')).toEqual(['SCH001']);
    expect(condition('key: pool, operater: In, xyz: [pach]')).toEqual(['SCH001', 'SCH001']);
    expect(condition('key: pool, xyz: In, values: [pach]')).toEqual(['SCH002', 'SCH001']);
    expect(condition('key: pool, operator: In, values: pach')).toEqual(['SCH003']);
    expect(condition('key: pool, operator: Is, values: [pach]')).toEqual(['SCH004']);
    expect(condition('key: pool, operator: In, values: [pach]')).toEqual([]);
  });

  test.each([
    ['database: { identityName: "x\\nEOSQL\\ntouch x" }', 'database.identityName'],
    ['database: { name: "a -h evil" }', 'database.name'],
    [`database: { name: ${'a'.repeat(64)} }`, 'database.name'],
    ['network: { httpProxy: "http://b:1/\\u0001" }', 'network.httpProxy'],
    ['network: { noProxy: "a,$(OAUTH_CLIENT_SECRET)" }', 'network.noProxy'],
    ['storage: { local: { hostPath: /var/pachyderm/../../etc/ } }', 'storage.local.hostPath'],
    ['pachd: { placement: { labels: { team: "a b" } } }', 'pachd.placement.labels.team'],
    ['pachd: { placement: { annotations: { "a b": c } } }', 'A key of pachd.placement.annotations'],
    ['pachd: { resources: { limits: { cpus: 1 } } }', 'A key of pachd.resources.limits'],
    ['access: { ingress: { className: a..b } }', 'access.ingress.className'],
  ])('%s is refused', (text, place) => {
    const [finding, ...others] = findingsOf(`${text}\n`);
    expect(others).toEqual([]);
    expect(finding?.[0]).toBe('SCH005');
    expect(finding?.[3]).toContain(`${place} must`);
  });

  test('thousands of mistakes are found', () =>
    expect(findingsOf(Array.from({ length: 5_000 }, (_, index) => `key${index}: 1\n`).join(''))).toHaveLength(
      5_000,
    ));

  test('without mistakes nothing is said', () =>
    expect(findingsOf('name: a\nstorage: { local: {} }\n')).toEqual([]));
});

test.each([
  ['global: {}', 'database, images, network and securityContexts'],
  ['oidc: {}', 'identity, access.urls and auth.requireVerifiedEmail'],
  ['deployTarget: LOCAL', 'storage.s3, storage.gcs, storage.azure, storage.minio and storage.local'],
  ['proxy: {}', 'access.via, access.host, access.tls and access.proxy'],
  ['postgresql: {}', 'database.internal and database.external'],
  ['cloudsqlAuthProxy: {}', 'database.external.cloudSqlProxy and database.external.iamLogin'],
  ['etcd: { storageSize: 5Gi }', 'etcd.size'],
  ['etcd: { dynamicNodes: 3 }', 'etcd.replicas'],
  ['console: { config: {} }', 'console.clientID, console.clientSecret, console.telemetry and access.urls'],
  ['pachd: { podLabels: { a: b } }', 'pachd.placement.labels'],
  ['pachd: { nodeSelector: { a: b } }', 'pachd.placement.nodeSelector'],
  ['pachd: { rootToken: abcdefgh }', 'auth.rootToken'],
  ['pachd: { activateAuth: true }', 'auth.enabled'],
  ['pachd: { pachAuthClusterRoleBindings: {} }', 'auth.roleBindings'],
])('SCH001: %s is what the official chart calls a field', (text, fields) => {
  const [[code, , , , hint] = []] = findingsOf(text);
  expect([code, hint]).toEqual(['SCH001', `that is a value of the official chart; here it is ${fields}`]);
});

describe('what to write instead', () => {
  const releaseFinding = (written: string): { hint?: string; replacement?: string } => {
    const [found] = checkSchema(documentOf(`apiVersion: pachkit/v1\nrelease: ${written}\n`));
    return {
      ...(found?.hint && { hint: found.hint }),
      ...(found?.fix && { replacement: found.fix.replacement }),
    };
  };

  test.each([
    ['2.11', 'name the patch, such as 2.11.6; pachctl version prints that of pachd'],
    ['"2.11"', 'name the patch, such as 2.11.6; pachctl version prints that of pachd'],
    ['2.8.x', 'name the patch, such as 2.8.0; pachctl version prints that of pachd'],
    ['2.9', 'name the patch, such as 2.9.0; pachctl version prints that of pachd'],
    ['latest', 'name the release that runs, such as 2.11.6; pachctl version prints it'],
  ])('release: %s', (written, hint) => expect(releaseFinding(written)).toEqual({ hint }));

  test.each([
    ['v2.11.6', '2.11.6'],
    ['2.11.06', '2.11.6'],
    ['"v2.12.0-rc.3"', '"2.12.0-rc.3"'],
  ])('release: %s, which is a tag', (written, replacement) =>
    expect(releaseFinding(written)).toEqual({
      hint: `write: ${replacement.replaceAll('"', '')}`,
      replacement,
    }),
  );

  test.each([
    ['dex: { version: v2.45.1 }', 'write: 2.45.1', '2.45.1'],
    ['dex: { version: "2.44" }', 'write: 2.44.0', undefined],
    ['dex: { version: 2.43 }', 'write: 2.43.1', undefined],
    ['dex: { version: latest }', 'write: 2.45.1', undefined],
    ['dex: { version: v2.99.1 }', 'write: 2.45.1', undefined],
    [
      'auth0: { domain: a.auth0.com, terraform: { providerVersion: "~> v1.55" } }',
      'write: ~> 1.55',
      '"~> 1.55"',
    ],
  ])('%s, which is no version', (text, hint, replacement) => {
    const found = checkSchema(documentOf(`apiVersion: pachkit/v1\nrelease: 2.11.6\n${text}\n`))[0];
    expect([found?.hint, found?.fix?.replacement]).toEqual([hint, replacement]);
  });

  test.each([
    ['auth: { sessionDuration: 30 days }', 'write: 30d'],
    ['auth: { sessionDuration: 1 day 12 hours }', 'write: 1d12h'],
    ['name: My_Cluster', 'write: my-cluster'],
    ['name: " prod "', 'write: prod'],
  ])('%s', (text, hint) => expect(findingsOf(text)[0]?.[4]).toBe(hint));

  test('a section that is empty, with its keys beside it', () =>
    expect(
      findingsOf('identity:\nconnectors: []\n').map(([code, line, , , hint]) => [code, line, hint]),
    ).toEqual([
      ['SCH003', 3, 'indent connectors below it by two spaces'],
      ['SCH001', 4, 'indent it by two spaces, so that it is in identity'],
    ]));
});
