import fs from 'node:fs';
import path from 'node:path';
import { check, only, rows, type Row } from './support/check';
import { config } from './support/minimal-config';

const github =
  '{ type: github, id: gh, name: G, config: { clientID: a, clientSecret: b, redirectURI: https://dex.example.com/dex/callback, orgs: [{ name: acme }] } }';
const HASH = '$2a$10$33EMT0cVYVlPy6WAMCLsceLYjWhuHpbz5yuZxu/GAFj03J9Lytjuy';

test('a configuration with something in every section is valid', () => {
  const text = fs.readFileSync(path.resolve(__dirname, '../fixtures/connectors/dex-config.yaml'), 'utf8');
  expect(rows(check('dex-config', text, 'dex@2.45'))).toEqual([]);
});

test.each<[string, string]>([
  ['the smallest one', config()],
  ['a boolean of YAML 1.1', config({ enablePasswordDB: 'yes' })],
  ['numbers where Dex takes them for strings', config({ web: '{ http: 0.0.0.0:5556, tlsMinVersion: 1.2 }' })],
  ['what is null', config({ expiry: '', grpc: '{ addr: }' })],
  ['a connector', config({ connectors: `[${github}]` })],
  [
    'a hash in base64',
    config({ staticPasswords: `[{ email: a, hash: ${Buffer.from(HASH).toString('base64')} }]` }),
  ],
  [
    'a variable for a word of a list',
    config({ storage: '{ type: postgres, config: { host: db, ssl: { mode: $SSL_MODE } } }' }),
  ],
  [
    'a hash that is empty beside its variable',
    config({ staticPasswords: "[{ email: a, hash: '', hashFromEnv: HASH }]" }),
  ],
  [
    'a variable that is empty beside the hash',
    config({ staticPasswords: `[{ email: a, hash: ${HASH}, hashFromEnv: '' }]` }),
  ],
  [
    'variables that are empty',
    config({ staticClients: "[{ id: a, idEnv: '', secret: b, secretEnv: '', name: a }]" }),
  ],
  [
    'a mode of SSL that is empty',
    config({ storage: "{ type: postgres, config: { host: db, ssl: { mode: '', caFile: /ca } } }" }),
  ],
  [
    'addresses, TLS versions and durations that are empty',
    config({
      web: "{ http: '', https: ':443', tlsCert: /c, tlsKey: /k, tlsMinVersion: '', tlsMaxVersion: '' }",
      telemetry: "{ http: '' }",
      grpc: "{ addr: '', tlsMinVersion: '' }",
      expiry: "{ signingKeys: '', idTokens: '', refreshTokens: { reuseInterval: '', absoluteLifetime: '' } }",
    }),
  ],
  ['response types of several', config({ oauth2: '{ responseTypes: [code id_token] }' })],
  [
    'a variable in storage',
    config({
      storage:
        '{ type: etcd, config: { endpoints: [http://$ETCD_HOST:2379], password: "${ETCD_PASSWORD}" } }',
    }),
  ],
])('%s is valid', (_, text) => expect(rows(check('dex-config', text, 'dex@2.45'))).toEqual([]));

/** What Dex says, the sections that make it say so, and where the finding is. Line 5 is the first one that is added. */
test.each<[string, Record<string, string | undefined>, Row]>([
  ['no issuer specified in config file', { issuer: undefined }, ['DEX204', 1, 1]],
  ['no issuer specified in config file', { issuer: '""' }, ['DEX204', 1, 1]],
  ['no storage supplied in config file', { storage: undefined }, ['DEX204', 1, 1]],
  ['unknown storage type "redis"', { storage: '{ type: redis }' }, ['DEX203', 2, 18]],
  ['must supply a HTTP/HTTPS  address to listen on', { web: undefined }, ['DEX212', 1, 1]],
  ['must supply a HTTP/HTTPS  address to listen on', { web: '{}' }, ['DEX212', 3, 1]],
  ['no cert specified for HTTPS', { web: '{ https: ":443", tlsKey: /k }' }, ['DEX213', 3, 1]],
  ['no private key specified for HTTPS', { web: '{ https: ":443", tlsCert: /c }' }, ['DEX213', 3, 1]],
  [
    'supported TLS versions are: 1.2, 1.3',
    { web: '{ http: ":80", tlsMinVersion: "1.1" }' },
    ['DEX203', 3, 36],
  ],
  [
    'TLSMinVersion greater than TLSMaxVersion',
    { web: '{ http: ":80", tlsMinVersion: "1.3", tlsMaxVersion: "1.2" }' },
    ['DEX214', 3, 58],
  ],
  ['no address specified for gRPC', { grpc: '{ tlsCert: /c, tlsKey: /k }' }, ['DEX215', 5, 1]],
  [
    'must specific both a gRPC TLS cert and key',
    { grpc: '{ addr: ":1", tlsCert: /c, tlsClientCA: /a }' },
    ['DEX215', 5, 1],
  ],
  [
    'cannot specify gRPC TLS client CA without a gRPC TLS cert',
    { grpc: '{ addr: ":1", tlsClientCA: /a }' },
    ['DEX215', 5, 1],
  ],
  [
    'cannot specify static passwords without enabling password db',
    {
      enablePasswordDB: 'false',
      connectors: `[${github}]`,
      staticPasswords: `[{ email: a, hash: ${HASH} }]`,
    },
    ['DEX217', 6, 1],
  ],
  ['server: no connectors specified', { enablePasswordDB: undefined }, ['DEX218', 1, 1]],
  [
    "must specify either 'inCluster' or 'kubeConfigFile'",
    { storage: '{ type: kubernetes, config: {} }' },
    ['DEX219', 2, 30],
  ],
  [
    "cannot specify both 'inCluster' and 'kubeConfigFile'",
    { storage: '{ type: kubernetes, config: { inCluster: true, kubeConfigFile: /k } }' },
    ['DEX219', 2, 57],
  ],
  [
    'Go struct field … of type uint16',
    { storage: '{ type: postgres, config: { port: "5432", ssl: { mode: disable } } }' },
    ['DEX203', 2, 44],
  ],
  [
    'cannot unmarshal number 65536',
    { storage: '{ type: postgres, config: { port: 65536, ssl: { mode: disable } } }' },
    ['DEX203', 2, 44],
  ],
  [
    'Dex cannot connect to the database',
    { storage: '{ type: postgres, config: { ssl: { mode: prefer } } }' },
    ['DEX203', 2, 51],
  ],
  ['the database would be gone', { storage: '{ type: sqlite3, config: {} }' }, ['DEX204', 2, 27]],
  [
    'failed to initialize storage: etcdclient: no available endpoints',
    { storage: '{ type: etcd, config: { endpoints: [] } }' },
    ['DEX204', 2, 34],
  ],
  [
    'invalid config value "1d" for id token expiry: time: unknown unit "d" in duration "1d"',
    { expiry: '{ idTokens: 1d }' },
    ['DEX203', 5, 21],
  ],
  [
    'invalid config value "5" for auth request expiry: time: missing unit in duration "5"',
    { expiry: '{ authRequests: 5 }' },
    ['DEX203', 5, 25],
  ],
  [
    'for local signer rotation period: time: unknown unit "H" in duration "24H"',
    { expiry: '{ signingKeys: 24H }' },
    ['DEX203', 5, 24],
  ],
  ['it is over at once', { expiry: '{ deviceRequests: -1s }' }, ['DEX203', 5, 27]],
  [
    'invalid refresh token expiration policy config: invalid config value "3 s" for refresh tokens reuse interval',
    { expiry: '{ refreshTokens: { reuseInterval: 3 s } }' },
    ['DEX203', 5, 43],
  ],
  ['slog: level string "verbose": unknown name', { logger: '{ level: verbose }' }, ['DEX203', 5, 18]],
  [
    'log format is not one of the supported values (json, text): xml',
    { logger: '{ format: xml }' },
    ['DEX203', 5, 19],
  ],
  [
    'unsupported response_type "id_token code"',
    { oauth2: '{ responseTypes: [id_token code] }' },
    ['DEX203', 5, 27],
  ],
  ['unsupported response_type "cod"', { oauth2: '{ responseTypes: [cod] }' }, ['DEX203', 5, 27]],
  ['Dex drops it silently', { oauth2: '{ grantTypes: [device_code] }' }, ['DEX203', 5, 24]],
  ['unknown signer type "aws"', { signer: '{ type: aws }' }, ['DEX203', 5, 17]],
  ['signer.config.keysRotationPeriod must be specified', { signer: '{ type: local }' }, ['DEX204', 5, 1]],
  [
    'signer.config.keysRotationPeriod must be specified',
    { signer: '{ type: local, config: {} }' },
    ['DEX204', 5, 24],
  ],
  [
    'failed to parse CIDR "10.0.0.0"',
    { web: '{ http: ":80", clientRemoteIP: { trustedProxies: [10.0.0.0] } }' },
    ['DEX203', 3, 56],
  ],
  ...['999.0.0.0/8', '10.0.0.0/33', ':::/8', 'fd00::/129', 'fe80::1%eth0/64'].map(
    (network): [string, Record<string, string>, [string, number, number]] => [
      `failed to parse CIDR "${network}"`,
      {
        web: `{ http: ":80", clientRemoteIP: { trustedProxies: [fd00::/8, '::ffff:10.0.0.0/104', '${network}'] } }`,
      },
      ['DEX203', 3, 89],
    ],
  ),
  ['listen tcp', { web: '{ http: 5556 }' }, ['DEX203', 3, 14]],
  ['Name field is required for a client', { staticClients: '[{ id: a, secret: b }]' }, ['DEX204', 5, 19]],
  [
    'ID or IDEnv field is required for a client',
    { staticClients: '[{ secret: b, name: a }]' },
    ['DEX222', 5, 19],
  ],
  [
    'ID and IDEnv fields are exclusive for client "a"',
    { staticClients: '[{ id: a, idEnv: A, secret: b, name: a }]' },
    ['DEX222', 5, 26],
  ],
  [
    'Secret or SecretEnv field is required for client "a"',
    { staticClients: '[{ id: a, name: a }]' },
    ['DEX222', 5, 19],
  ],
  [
    'Secret and SecretEnv fields are exclusive for client "a"',
    { staticClients: '[{ id: a, secret: b, secretEnv: B, name: a }]' },
    ['DEX222', 5, 37],
  ],
  [
    'knows no wildcards, so no request matches',
    { staticClients: '[{ id: a, secret: b, name: a, redirectURIs: ["https://*.x/c"] }]' },
    ['IDN006', 5, 61],
  ],
  [
    'The client id "a" is that of staticClients[0].id too',
    { staticClients: '[{ id: a, secret: b, name: a }, { id: a, secret: b, name: a }]' },
    ['IDN004', 5, 54],
  ],
  ['no password hash provided', { staticPasswords: '[{ email: a }]' }, ['DEX226', 5, 21]],
  ['no password hash provided', { staticPasswords: "[{ email: a, hash: '' }]" }, ['DEX226', 5, 21]],
  ['slog: level string "": unknown name', { logger: "{ level: '' }" }, ['DEX203', 5, 18]],
  ['malformed bcrypt hash', { staticPasswords: '[{ email: a, hash: password }]' }, ['DEX203', 5, 37]],
  [
    'given hash cost = 8 does not meet minimum cost requirement = 10',
    { staticPasswords: `[{ email: a, hash: ${HASH.replace('$10$', '$08$')} }]` },
    ['DEX203', 5, 37],
  ],
  [
    'given hash cost = 17 is above upper bound cost = 16',
    { staticPasswords: `[{ email: a, hash: ${HASH.replace('$10$', '$17$')} }]` },
    ['DEX203', 5, 37],
  ],
  [
    'There is a user A already',
    { staticPasswords: `[{ email: a, hash: ${HASH} }, { email: A, hash: ${HASH} }]` },
    ['DEX314', 5, 110],
  ],
  ['unknown connector type "local"', { connectors: '[{ type: local, id: l, name: L }]' }, ['DEX105', 5, 22]],
  ['unknown connector type ""', { connectors: '[{ id: l, name: L }]' }, ['FIL004', 5, 16]],
  [
    'ID, Type and Name fields are required for a connector',
    { connectors: `[${github.replace('id: gh, ', '')}]` },
    ['FIL004', 5, 16],
  ],
  [
    'cannot unmarshal number into Go struct field .id of type string',
    { connectors: `[${github.replace('gh', '5')}]` },
    ['FIL003', 5, 34],
  ],
  ['Go struct field Config.connectors of type []main.Connector', { connectors: github }, ['DEX203', 5, 1]],
  [
    'The connector id "gh" is taken by connectors[0]',
    { connectors: `[${github}, ${github}]` },
    ['IDN003', 5, 186],
  ],
  [
    'Dex adds a connector "local" of its own',
    { connectors: `[${github.replace('gh', 'local')}]` },
    ['DEX314', 5, 34],
  ],
  [
    'expected callback URL "https://dex.example.com/dex/callback" did not match the URL in the config "https://dex.example.com/callback"',
    { connectors: `[${github.replace('dex/callback', 'callback')}]` },
    ['DEX001', 5, 100],
  ],
  [
    'sends browsers to a page and checks no passwords',
    { connectors: `[${github}]`, oauth2: '{ passwordConnector: gh }' },
    ['DEX315', 6, 30],
  ],
  [
    'cannot unmarshal string into Go struct field Config.enablePasswordDB of type bool',
    { enablePasswordDB: '"yes"', connectors: `[${github}]` },
    ['DEX203', 4, 19],
  ],
  [
    'Go struct field Config.enablePasswordDB of type bool',
    {
      enablePasswordDB: '"true"',
      staticPasswords: `[{ email: a, hash: ${HASH} }]`,
      oauth2: '{ passwordConnector: local }',
    },
    ['DEX203', 4, 19],
  ],
  ['Go struct field Config.enablePasswordDB of type bool', { enablePasswordDB: '[true]' }, ['DEX203', 4, 19]],
  [
    'Go struct field … of type bool',
    { staticClients: '[{ id: a, public: "true", name: a }]' },
    ['DEX203', 5, 34],
  ],
  ['not a key of a Dex configuration; Dex ignores it', { allowedOrigins: '[a]' }, ['DEX201', 5, 1]],
  [
    'expands no environment variables in `staticClients[0].secret`',
    { staticClients: '[{ id: a, secret: $SECRET, name: a }]' },
    ['DEX308', 5, 34],
  ],
  ['expands no environment variables in `issuer`', { issuer: '${ISSUER}' }, ['DEX308', 1, 9]],
  [
    'expands no environment variables in `web.http`',
    { web: '{ http: "0.0.0.0:${PORT}" }' },
    ['DEX308', 3, 14],
  ],
  [
    'expands no environment variables in `storage.type`',
    { storage: '{ type: $STORAGE }' },
    ['DEX308', 2, 18],
  ],
  ['expands no environment variables in `issuer`', { issuer: 'https://$HOST/dex' }, ['DEX308', 1, 9]],
  [
    'expands what follows a dollar sign',
    { connectors: `[${github.replace('clientSecret: b', 'clientSecret: pa$$word')}]` },
    ['DEX208', 5, 84],
  ],
  [
    'expands no environment variables in `staticClients[0].redirectURIs[0]`',
    { staticClients: '[{ id: a, secret: b, name: a, redirectURIs: ["https://$HOST/c"] }]' },
    ['DEX308', 5, 61],
  ],
  [
    '`staticClients[0].idEnv` cannot be "$X"',
    { staticClients: '[{ idEnv: $X, secret: b, name: a }]' },
    ['DEX203', 5, 26],
  ],
  [
    'many clients leave out a user name before the host',
    { issuer: 'https://u@dex.example.com/dex' },
    ['DEX203', 1, 9],
  ],
])('%s', (error, more, row) => {
  const found = check('dex-config', config(more), 'dex@2.45').filter(({ severity }) => severity === 'error');
  expect(rows(found)).toEqual([row]);
  expect(found[0]?.message).toContain(error);
});

test('a key in another case is worth a warning', () =>
  expect(rows(check('dex-config', config({ Logger: '{ level: info }' }), 'dex@2.45'))).toEqual([
    ['DEX206?', 5, 1],
  ]));

test('nothing but null is a configuration without anything', () => {
  const found = check('dex-config', 'null\n', 'dex@2.45');
  expect(found.map(({ code, message }) => [code, /`([^`]*)`$/.exec(message)?.[1]])).toEqual([
    ['DEX204', 'no issuer specified in config file'],
    ['DEX204', 'no storage supplied in config file'],
    ['DEX212', 'must supply a HTTP/HTTPS  address to listen on'],
    ['DEX218', 'server: no connectors specified'],
  ]);
});

test('a string is no configuration', () =>
  expect(only('dex-config', 'hello\n', 'dex@2.45')).toMatchObject({
    code: 'DEX203',
    message: expect.stringMatching(/^The configuration must be a mapping, not a string: /) as string,
  }));

describe('versions', () => {
  test.each<[string, Record<string, string>, string, string]>([
    ['web.headers', { web: '{ http: ":80", headers: {} }' }, 'dex@2.38', 'dex@2.39'],
    ['signer', { signer: '{ type: local, config: { keysRotationPeriod: 6h } }' }, 'dex@2.44', 'dex@2.45'],
    ['logger.level warn', { logger: '{ level: warn }' }, 'dex@2.39', 'dex@2.40'],
    ['response types', { oauth2: '{ responseTypes: [code id_token] }' }, 'dex@2.37', 'dex@2.38'],
  ])('%s', (_, more, before, from) => {
    expect(rows(check('dex-config', config(more), before))).toHaveLength(1);
    expect(rows(check('dex-config', config(more), from))).toEqual([]);
  });

  test('a key that is not read says since when it is', () => {
    expect(only('dex-config', config({ signer: '{ type: local }' }), 'dex@2.44')).toMatchObject({
      code: 'DEX202',
      message: 'Dex 2.44 ignores `signer` silently',
      hint: 'it is read by Dex 2.45 and newer; remove it until then',
    });
    expect(only('dex-config', config({ sessions: '{}' }), 'dex@2.45').hint).toBe(
      'it is read by no release of Dex up to 2.45; remove it until then',
    );
  });
});

test('a key in the wrong section is sent home', () =>
  expect(only('dex-config', config({ allowedOrigins: '[a]' }), 'dex@2.45').hint).toBe(
    '`allowedOrigins` belongs to `web.allowedOrigins`',
  ));

test('secrets and hashes are not shown', () => {
  const text = config({
    staticClients: '[{ id: a, secret: hunter2, secretEnv: B, nam: hunter2 }]',
    staticPasswords: '[{ email: a, hash: hunter2, hsh: hunter2 }]',
    storage: '{ type: etcd, config: { endpoints: [a], password: hunt$er2, pasword: hunter2 } }',
    issuer: 'https://u:hunter2@dex.example.com',
    expiry: 'hunter2',
    connectors: '[hunter2, { type: ldap, id: a, name: a, config: { host: x, userSearch: hunter2 } }]',
  });
  const findings = check('dex-config', text, 'dex@2.45');
  expect(findings.length).toBeGreaterThan(5);
  for (const { message, hint, location } of findings)
    expect(`${message} ${hint} ${location.source?.shownLine(location.range?.line ?? 0)}`).not.toMatch(/hunt/);
});

test('everything that is wrong comes out in one run', () => {
  const text = 'storage: [memory]\nweb: 5\nissuer: [a]\nconnectors: 7\nstaticClients: [a]\n';
  expect(rows(check('dex-config', text, 'dex@2.45')).map(([code, line]) => [code, line])).toEqual([
    ['DEX203', 1],
    ['DEX203', 2],
    ['DEX203', 3],
    ['DEX203', 4],
    ['DEX203', 5],
  ]);
});

test('the URL of the issuer is not the name that pages show', () => {
  const text =
    'issuer: https://dex.example.com\nstorage: { type: memory }\nweb: { http: ":5556" }\nenablePasswordDB: true\nfrontend: { issuerUrl: https://dex.example.com }\n';
  const [found] = check('dex-config', text, 'dex@2.45');
  expect(found).toMatchObject({ code: 'DEX201', path: '/frontend/issuerUrl' });
  expect(found?.hint).not.toContain('did you mean');
});
