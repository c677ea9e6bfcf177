import { readFileSync } from 'node:fs';
import path from 'node:path';
import { explanations } from '../../src/explanations/registry';
import { dexConfigRules } from '../../src/rules/dex-config';
import { describeServerRule } from './support/server-rule-cases';

const HASH = '$2a$10$33EMT0cVYVlPy6WAMCLsceLYjWhuHpbz5yuZxu/GAFj03J9Lytjuy';
const github =
  '{ type: github, id: gh, name: G, config: { clientID: a, clientSecret: b, redirectURI: https://dex.example.com/dex/callback, orgs: [{ name: acme }] } }';

const client = (more: string): string => `[{ name: a, ${more} }]`;
const postgres = (config: string): string => `{ type: postgres, config: { host: db, ${config} } }`;
const keystone = (password: string): string =>
  `[{ type: keystone, id: k, name: K, config: { domain: d, keystoneHost: https://k, keystoneUsername: u, keystonePassword: ${password} } }]`;
const strict = (type: string, redirectURI: string): string =>
  `[{ type: ${type}, id: one, name: One, config: { redirectURI: ${redirectURI} } }]`;

test('every rule has a page and tests, and every code is there once', () => {
  const codes = explanations.map(({ code }) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  const tests = [__filename, path.join(__dirname, 'dex-config-elsewhere.test.ts')]
    .map((file) => readFileSync(file, 'utf8'))
    .join('');
  for (const rule of dexConfigRules) {
    expect(explanations).toContain(rule);
    expect(rule.title).toMatch(/^[^.]+$/);
    for (const text of [rule.reason, rule.remedy]) expect(text).toMatch(/^\S[^]+\.$/);
    expect(tests).toContain(`'${rule.code}'`);
  }
  expect(dexConfigRules.map(({ code }) => code)).toEqual(dexConfigRules.map(({ code }) => code).sort());
});

describeServerRule('IDN003', [
  {
    shows: 'two connectors of one id',
    sections: { connectors: `[${github}, { type: mockCallback, id: ▸gh, name: M }]` },
    says: ['The connector id "gh" is taken by connectors[0]'],
    severity: 'error',
  },
  {
    shows: 'ids of their own',
    sections: { connectors: `[${github}, { type: mockCallback, id: m, name: M }]` },
  },
]);

describeServerRule('IDN004', [
  {
    shows: 'two clients of one id',
    sections: { staticClients: '[{ id: a, secret: b, name: a }, { id: ▸a, secret: b, name: a }]' },
    says: ['The client id "a" is that of staticClients[0].id too'],
    severity: 'error',
  },
  {
    shows: 'ids of their own, and ids from variables',
    sections: {
      staticClients:
        '[{ id: a, secret: b, name: a }, { idEnv: B, secret: b, name: b }, { idEnv: C, secret: c, name: c }]',
    },
  },
]);

describeServerRule('DEX314', [
  {
    shows: 'two passwords of one email, whatever its case',
    sections: { staticPasswords: `[{ email: a, hash: ${HASH} }, { email: ▸A, hash: ${HASH} }]` },
    says: ['There is a user A already'],
    severity: 'error',
  },
  {
    shows: 'the id of the password database',
    sections: { connectors: '[{ type: mockCallback, id: ▸local, name: M }]' },
    says: ['With enablePasswordDB Dex adds a connector "local" of its own'],
    severity: 'error',
  },
  {
    shows: 'that id without the database',
    sections: { connectors: '[{ type: mockCallback, id: local, name: M }]', enablePasswordDB: 'false' },
  },
]);

describeServerRule('DEX208', [
  {
    shows: 'two dollar signs',
    sections: { connectors: keystone("▸'Pa$$WORD'") },
    says: ['that part of the value is lost'],
    severity: 'error',
  },
  {
    shows: 'a password with capitals',
    sections: { connectors: keystone("▸'Winter$A1'") },
    says: ['is lost silently'],
  },
  {
    shows: 'a password with a separator',
    sections: { connectors: keystone("▸'Winter-$A1'") },
    says: ['is lost silently'],
  },
  { shows: 'a number', sections: { connectors: keystone("▸'x$1y'") }, says: ['is lost silently'] },
  { shows: 'a brace', sections: { connectors: keystone("▸'${UNSET:-d}'") }, says: ['is lost silently'] },
  {
    shows: 'dollars before a brace',
    sections: { connectors: keystone("▸'a$${B}'") },
    says: ['is lost silently'],
  },
  {
    shows: 'a password in storage',
    sections: { storage: "{ type: etcd, config: { endpoints: [a], password: ▸'a$b' } }" },
    says: ['`storage.config.password`'],
  },
  {
    shows: 'a signer that is expanded',
    sections: { signer: "{ type: vault, config: { addr: a, keyName: k, token: ▸'hvs.$A1' } }" },
    says: ['`signer.config.token`'],
  },
  {
    shows: 'a variable glued to a word',
    sections: { storage: '{ type: sqlite3, config: { file: ▸/a$B } }' },
    says: ['lost'],
  },
  { shows: 'nothing but a reference', sections: { connectors: keystone('$PASSWORD') } },
  { shows: 'a reference in lowercase letters', sections: { connectors: keystone('$password') } },
  { shows: 'a reference with braces', sections: { connectors: keystone("'${PASSWORD}'") } },
  { shows: 'a reference with braces inside', sections: { connectors: keystone("'${PREFIX}-${PASSWORD}'") } },
  {
    shows: 'a reference with braces and lowercase letters inside',
    sections: { connectors: keystone("'${prefix}-${PASSWORD}'") },
  },
  {
    shows: 'a reference that is set apart',
    sections: { storage: '{ type: etcd, config: { endpoints: [http://$ETCD_HOST:2379] } }' },
  },
  { shows: 'a dollar sign at the end', sections: { connectors: keystone("'pass$'") } },
]);

describeServerRule('DEX308', [
  {
    shows: 'a secret of a client',
    sections: { staticClients: client('id: a, secret: ▸$SECRET') },
    says: ['expands no environment variables in `staticClients[0].secret`'],
    severity: 'error',
    hint: 'use `secretEnv` instead',
  },
  {
    shows: 'an issuer',
    sections: { issuer: '▸https://$HOST/dex' },
    says: ['the text $HOST stays as it is'],
    hint: 'write the value',
  },
  {
    shows: 'braces around lowercase letters',
    sections: { issuer: '▸"https://${host}/dex"' },
    says: ['the text ${host} stays as it is'],
  },
  {
    shows: 'the name of a variable, whose form is checked',
    sections: { staticClients: client('idEnv: $ID, secretEnv: $SECRET') },
  },
  {
    shows: 'a secret with a dollar sign in it',
    sections: { staticClients: client("id: a, secret: 'Winter$A1'") },
  },
  { shows: 'a hash', sections: { staticPasswords: `[{ email: a, hash: ${HASH} }]` } },
  { shows: 'a variable where Dex puts one in', sections: { connectors: keystone('$PASSWORD') } },
]);

describeServerRule('ACC005', [
  {
    shows: 'uppercase letters',
    sections: { issuer: '▸https://Dex.Example.com/dex' },
    says: ['The issuer has uppercase letters in the host: '],
    severity: 'warning',
    hint: 'write https://dex.example.com/dex',
  },
  {
    shows: 'the port of https',
    sections: { issuer: '▸https://dex.example.com:443/dex' },
    says: ['the port that the scheme has anyway'],
    hint: 'write https://dex.example.com/dex',
  },
  {
    shows: 'steps up',
    sections: { issuer: '▸https://dex.example.com/a/../dex' },
    says: ['a path that is not clean'],
    hint: 'write https://dex.example.com/dex',
  },
  {
    shows: 'two slashes',
    sections: { issuer: '▸https://dex.example.com//dex' },
    says: ['a path that is not clean'],
  },
  {
    shows: 'a slash at the end',
    sections: { issuer: '▸https://dex.example.com/dex/' },
    says: ['a slash at the end'],
  },
  {
    shows: 'nothing but a slash',
    sections: { issuer: '▸https://dex.example.com/' },
    says: ['a slash at the end'],
  },
  { shows: 'a user name, which is no issuer', sections: { issuer: 'https://u@Dex.example.com/dex' } },
  { shows: 'a query, which is no issuer', sections: { issuer: 'https://Dex.example.com/dex?x' } },
  { shows: 'another port', sections: { issuer: 'https://dex.example.com:8443/dex' } },
  { shows: 'a host alone', sections: { issuer: 'https://dex.example.com' } },
]);

describeServerRule('ACC003', [
  {
    shows: 'http',
    sections: { issuer: '▸http://dex.example.com' },
    says: ['issuer leads browsers over plain http'],
    severity: 'warning',
  },
  { shows: 'http on the machine itself', sections: { issuer: 'http://127.0.0.1:5556/dex' } },
  {
    shows: 'http by a port of a node, which the file does not tell who reaches',
    sections: { issuer: 'http://dex.example.com:31080/dex' },
  },
  {
    shows: 'the same with https beside it',
    sections: {
      issuer: '▸http://dex.example.com:5556/dex',
      web: '{ http: ":5556", https: ":5554", tlsCert: /c, tlsKey: /k }',
    },
    says: ['plain http'],
  },
  {
    shows: 'the same with a callback URL by https',
    sections: {
      issuer: '▸http://dex.example.com:5556/dex',
      connectors:
        '[{ type: github, id: g, name: G, config: { clientID: a, clientSecret: b, redirectURI: "https://Dex.example.com/dex/callback" } }]',
    },
    says: ['plain http'],
  },
  { shows: 'http on localhost', sections: { issuer: 'http://localhost:5556/dex' } },
  {
    shows: 'http inside the cluster, where browsers never come',
    sections: { issuer: 'http://dex.auth.svc.cluster.local:5556/dex' },
  },
  { shows: 'https' },
]);

describeServerRule('DEX212', [
  {
    shows: 'no section',
    sections: { '▸issuer': 'https://dex.example.com/dex', web: undefined },
    says: ['`must supply a HTTP/HTTPS  address to listen on`'],
    severity: 'error',
  },
  { shows: 'an empty section', sections: { '▸web': '{}' }, says: ['must supply'] },
  { shows: 'https', sections: { web: '{ https: ":443", tlsCert: /c, tlsKey: /k }' } },
  { shows: 'a section of another kind', sections: { web: '5' } },
]);

describeServerRule('DEX213', [
  {
    shows: 'no certificate',
    sections: { '▸web': '{ https: ":443", tlsKey: /k }' },
    says: ['no cert specified for HTTPS'],
    severity: 'error',
  },
  {
    shows: 'no key',
    sections: { '▸web': '{ https: ":443", tlsCert: /c }' },
    says: ['no private key specified for HTTPS'],
  },
  { shows: 'both', sections: { web: '{ https: ":443", tlsCert: /c, tlsKey: /k }' } },
  { shows: 'http' },
]);

describeServerRule('DEX214', [
  {
    shows: 'an order that leaves nothing',
    sections: { web: '{ http: ":80", tlsMinVersion: "1.3", tlsMaxVersion: ▸"1.2" }' },
    says: ['TLSMinVersion greater than TLSMaxVersion'],
    severity: 'error',
  },
  {
    shows: 'the same for gRPC',
    sections: { grpc: '{ addr: "127.0.0.1:1", tlsMinVersion: "1.3", tlsMaxVersion: ▸"1.2" }' },
    says: ['`grpc.tlsMaxVersion` is below'],
  },
  { shows: 'one version', sections: { web: '{ http: ":80", tlsMinVersion: "1.2", tlsMaxVersion: "1.2" }' } },
  {
    shows: 'a version that does not read them',
    sections: { web: '{ http: ":80", tlsMinVersion: "1.3", tlsMaxVersion: "1.2" }' },
    target: 'dex@2.37',
  },
]);

describeServerRule('DEX215', [
  {
    shows: 'no address',
    sections: { '▸grpc': '{ tlsCert: /c, tlsKey: /k, tlsClientCA: /a }' },
    says: ['no address specified for gRPC'],
    severity: 'error',
    hint: 'unless Dex is started with --grpc-addr',
  },
  {
    shows: 'no key',
    sections: { '▸grpc': '{ addr: ":1", tlsCert: /c, tlsClientCA: /a }' },
    says: ['must specific both a gRPC TLS cert and key'],
  },
  {
    shows: 'an authority alone',
    sections: { '▸grpc': '{ addr: ":1", tlsClientCA: /a }' },
    says: ['cannot specify gRPC TLS client CA without a gRPC TLS cert'],
  },
  { shows: 'everything', sections: { grpc: '{ addr: ":1", tlsCert: /c, tlsKey: /k, tlsClientCA: /a }' } },
  { shows: 'an address alone', sections: { grpc: '{ addr: ":1" }' } },
]);

describeServerRule('DEX216', [
  {
    shows: 'every address',
    sections: { grpc: '{ addr: ▸":1" }' },
    says: ['no one is asked who they are'],
    severity: 'warning',
  },
  {
    shows: 'TLS alone',
    sections: { grpc: '{ addr: ▸"0.0.0.0:5557", tlsCert: /c, tlsKey: /k }' },
    says: ['no one'],
  },
  { shows: 'the loopback address', sections: { grpc: '{ addr: 127.0.0.1:5557 }' } },
  { shows: 'that of IPv6', sections: { grpc: '{ addr: "[::1]:5557" }' } },
  { shows: 'its name', sections: { grpc: '{ addr: localhost:5557 }' } },
  { shows: 'an authority', sections: { grpc: '{ addr: ":1", tlsCert: /c, tlsKey: /k, tlsClientCA: /a }' } },
]);

describeServerRule('DEX217', [
  {
    shows: 'passwords alone',
    sections: {
      enablePasswordDB: 'false',
      connectors: `[${github}]`,
      '▸staticPasswords': `[{ email: a, hash: ${HASH} }]`,
    },
    says: ['cannot specify static passwords without enabling password db'],
    severity: 'error',
  },
  { shows: 'passwords with their database', sections: { staticPasswords: `[{ email: a, hash: ${HASH} }]` } },
  { shows: 'no passwords', sections: { enablePasswordDB: undefined, staticPasswords: '[]' } },
]);

describeServerRule('DEX218', [
  {
    shows: 'an empty storage',
    sections: { '▸issuer': 'https://dex.example.com/dex', enablePasswordDB: undefined },
    says: ['`server: no connectors specified`'],
    severity: 'error',
  },
  {
    shows: 'a storage that may have some',
    sections: {
      '▸issuer': 'https://dex.example.com/dex',
      storage: '{ type: kubernetes, config: { inCluster: true } }',
      enablePasswordDB: undefined,
    },
    says: ['unless the storage holds connectors'],
    severity: 'warning',
  },
  { shows: 'a connector', sections: { enablePasswordDB: undefined, connectors: `[${github}]` } },
  { shows: 'the password database' },
]);

describeServerRule('DEX219', [
  {
    shows: 'neither',
    sections: { storage: '{ type: kubernetes, ▸config: {} }' },
    says: ["must specify either 'inCluster' or 'kubeConfigFile'"],
    severity: 'error',
  },
  {
    shows: 'both',
    sections: { storage: '{ type: kubernetes, config: { inCluster: true, ▸kubeConfigFile: /k } }' },
    says: ["cannot specify both 'inCluster' and 'kubeConfigFile'"],
  },
  { shows: 'one', sections: { storage: '{ type: kubernetes, config: { kubeConfigFile: /k } }' } },
  { shows: 'another storage' },
]);

describeServerRule('DEX304', [
  {
    shows: 'no mode',
    sections: { storage: '{ type: postgres, ▸config: { host: db } }' },
    says: ['demands a certificate of Postgres that the system trusts'],
    severity: 'warning',
  },
  { shows: 'a mode', sections: { storage: postgres('ssl: { mode: require }') } },
  { shows: 'an authority for the default', sections: { storage: postgres('ssl: { caFile: /ca }') } },
  { shows: 'a socket', sections: { storage: '{ type: postgres, config: { host: /cloudsql/p:r:i } }' } },
  { shows: 'mysql', sections: { storage: '{ type: mysql, config: { host: db } }' } },
]);

describeServerRule('DEX305', [
  {
    shows: 'verify-full',
    sections: { storage: postgres('ssl: { mode: ▸verify-full }') },
    says: ['x509: certificate signed by unknown authority'],
    severity: 'warning',
  },
  {
    shows: 'verify-ca',
    sections: { storage: postgres('ssl: { mode: ▸verify-ca }') },
    says: ['With verify-ca'],
  },
  { shows: 'an authority', sections: { storage: postgres('ssl: { mode: verify-full, caFile: /ca }') } },
  {
    shows: 'a socket',
    sections: {
      storage: '{ type: postgres, config: { host: /run/postgresql, ssl: { mode: verify-full } } }',
    },
  },
  { shows: 'no verification', sections: { storage: postgres('ssl: { mode: require }') } },
]);

describeServerRule('DEX222', [
  {
    shows: 'no id',
    sections: { staticClients: '[{ ▸secret: b, name: a }]' },
    says: ['ID or IDEnv field is required for a client'],
    severity: 'error',
  },
  {
    shows: 'two ids',
    sections: { staticClients: client('id: a, ▸idEnv: A, secret: b') },
    says: ['ID and IDEnv fields are exclusive for client "a"'],
  },
  {
    shows: 'no secret',
    sections: { staticClients: '[{ ▸id: a, name: a }]' },
    says: ['Secret or SecretEnv field is required for client "a"'],
  },
  {
    shows: 'two secrets',
    sections: { staticClients: client('id: a, secret: b, ▸secretEnv: B') },
    says: ['Secret and SecretEnv fields are exclusive for client "a"'],
  },
  { shows: 'a public client', sections: { staticClients: client('id: a, public: true') } },
  { shows: 'variables', sections: { staticClients: client('idEnv: A, secretEnv: B') } },
]);

describeServerRule('IDN006', [
  {
    shows: 'a star',
    sections: { staticClients: client('id: a, secret: b, redirectURIs: [▸"https://*.x/c"]') },
    says: ['knows no wildcards, so no request matches: `Unregistered redirect_uri`'],
    severity: 'error',
  },
  { shows: 'none', sections: { staticClients: client('id: a, secret: b, redirectURIs: ["https://a.x/c"]') } },
]);

describeServerRule('DEX224', [
  {
    shows: 'a public client with URIs',
    sections: { staticClients: client('id: a, public: true, ▸redirectURIs: ["http://localhost:1"]') },
    says: ['the device flow needs `/device/callback`'],
    severity: 'warning',
  },
  {
    shows: 'with that of the device flow',
    sections: { staticClients: client('id: a, public: true, redirectURIs: [/device/callback]') },
  },
  { shows: 'without URIs', sections: { staticClients: client('id: a, public: true') } },
  {
    shows: 'a client with a secret',
    sections: { staticClients: client('id: a, secret: b, redirectURIs: ["https://a.x/c"]') },
  },
]);

describeServerRule('IDN005', [
  {
    shows: 'a peer that is not there',
    sections: { staticClients: client('id: a, secret: b, trustedPeers: [▸c]') },
    says: ['No client has the id "c"'],
    severity: 'warning',
  },
  { shows: 'itself', sections: { staticClients: client('id: a, secret: b, trustedPeers: [a]') } },
  {
    shows: 'ids that are not in the file',
    sections: { staticClients: client('idEnv: A, secret: b, trustedPeers: [c]') },
  },
]);

describeServerRule('DEX226', [
  {
    shows: 'no hash',
    sections: { staticPasswords: '[{ ▸email: a }]' },
    says: ['no password hash provided'],
    severity: 'error',
  },
  { shows: 'a hash', sections: { staticPasswords: `[{ email: a, hash: ${HASH} }]` } },
  { shows: 'a variable', sections: { staticPasswords: '[{ email: a, hashFromEnv: HASH }]' } },
]);

describeServerRule('DEX315', [
  {
    shows: 'a connector with a page of its own',
    sections: { connectors: `[${github}]`, oauth2: '{ passwordConnector: ▸gh }' },
    says: ['of type github, which sends browsers to a page and checks no passwords'],
    severity: 'error',
  },
  {
    shows: 'no connector',
    sections: { oauth2: '{ passwordConnector: ▸x }' },
    says: ['There is no connector "x"; every request with a password fails unless the storage holds one'],
    severity: 'warning',
  },
  { shows: 'the password database', sections: { oauth2: '{ passwordConnector: local }' } },
  { shows: 'keystone', sections: { connectors: keystone('$P'), oauth2: '{ passwordConnector: k }' } },
]);

describeServerRule('DEX001', [
  {
    shows: 'a path that was forgotten',
    sections: { connectors: strict('github', '▸https://dex.example.com/callback') },
    says: [
      'expected callback URL "https://dex.example.com/dex/callback" did not match the URL in the config "https://dex.example.com/callback"',
    ],
    severity: 'error',
    hint: 'write https://dex.example.com/dex/callback',
  },
  {
    shows: 'an issuer that is to be written another way',
    sections: {
      issuer: 'https://Dex.example.com/dex',
      connectors: strict('github', '▸https://dex.example.com/dex/callback'),
    },
    says: ['https://Dex.example.com/dex/callback'],
    hint: 'make the issuer https://dex.example.com/dex',
  },
  ...['gitea', 'gitlab'].map((type) => ({
    shows: `${type}, which swaps the two`,
    sections: { connectors: strict(type, '▸https://dex.example.com/callback') },
    says: [
      'expected callback URL "https://dex.example.com/callback" did not match the URL in the config "https://dex.example.com/dex/callback"',
    ],
  })),
  {
    shows: 'saml at another host',
    sections: { connectors: strict('saml', '▸https://evil.example.com/dex/callback') },
    says: [
      'this Dex takes it at https://dex.example.com/dex/callback and https://dex.example.com/dex/callback/one',
    ],
    severity: 'error',
  },
  {
    shows: 'saml at another connector',
    sections: { connectors: strict('saml', '▸https://dex.example.com/dex/callback/two') },
    says: ['would post its response to https://dex.example.com/dex/callback/two'],
  },
  {
    shows: 'saml at the callback URL',
    sections: { connectors: strict('saml', 'https://dex.example.com/dex/callback') },
  },
  {
    shows: 'saml at that of the connector',
    sections: { connectors: strict('saml', 'https://dex.example.com/dex/callback/one') },
  },
  {
    shows: 'saml in capitals, which nothing compares',
    sections: { connectors: strict('saml', 'https://DEX.example.com:443/dex/callback') },
  },
  { shows: 'the callback URL', sections: { connectors: `[${github}]` } },
  { shows: 'a variable', sections: { connectors: strict('gitlab', 'https://$HOST/dex/callback') } },
]);

describeServerRule('DEX229', [
  {
    shows: 'braces in a file that is a template',
    sections: { frontend: '{ issuer: "▸{{ x }}" }' },
    name: 'config.yaml',
    says: ['runs files with the ending .yaml through gomplate'],
    severity: 'error',
    hint: 'name the file config.yml',
  },
  {
    shows: 'braces in a comment',
    sections: { frontend: '{ issuer: a } # ▸{{' },
    name: 'dex.tmpl',
    says: ['ending .tmpl'],
  },
  { shows: 'braces in another file', sections: { frontend: '{ issuer: "{{ x }}" }' }, name: 'config.yml' },
  { shows: 'no braces', name: 'config.yaml' },
]);

describeServerRule('DEX233', [
  {
    shows: 'telemetry at the address of the pages',
    sections: { web: '{ http: ▸0.0.0.0:5556 }', telemetry: '{ http: 0.0.0.0:5556 }' },
    says: ['`listening (http) on 0.0.0.0:5556: listen tcp …: bind: address already in use`'],
    severity: 'error',
    hint: '5558 for telemetry',
  },
  {
    shows: 'every address, and one of them',
    sections: { web: '{ http: ":5556" }', grpc: '{ addr: ▸127.0.0.1:5556 }' },
    says: ['`listening (grcp) on 127.0.0.1:5556'],
  },
  {
    shows: 'http and https at one port',
    sections: { web: '{ http: localhost:443, https: ▸127.0.0.1:https, tlsCert: /c, tlsKey: /k }' },
    says: ['listening (https)'],
  },
  {
    shows: 'ports of their own, addresses of their own, and ports that are free',
    sections: {
      web: '{ http: 127.0.0.1:5556, https: 127.0.0.2:5556, tlsCert: /c, tlsKey: /k }',
      telemetry: '{ http: 127.0.0.1:0 }',
      grpc: '{ addr: "127.0.0.1:0" }',
    },
  },
]);

describeServerRule('DEX234', [
  {
    shows: 'the text of a certificate',
    sections: { web: '{ https: ":5554", tlsCert: ▸"-----BEGIN CERTIFICATE-----\\nMII", tlsKey: /k }' },
    says: [
      '`web.tlsCert` holds a certificate or key, and Dex takes it for the path of a file: `file name too long`',
    ],
    severity: 'error',
  },
  {
    shows: 'a line break behind the path',
    sections: { grpc: '{ addr: 127.0.0.1:5557, tlsCert: ▸"/c\\n", tlsKey: ▸" /k" }' },
    says: ['`grpc.tlsCert` has white space at one of its ends', '`grpc.tlsKey` has white space'],
    hint: 'does not',
  },
  {
    shows: 'the same where no file is opened',
    sections: { web: '{ http: 0.0.0.0:5556, tlsCert: "/c\\n" }' },
  },
  {
    shows: 'paths',
    sections: { web: '{ https: ":5554", tlsCert: /etc/tls/tls.crt, tlsKey: /etc/my tls/tls.key }' },
  },
]);

describeServerRule('DEX235', [
  {
    shows: 'neither address nor token',
    sections: { signer: '{ type: vault, ▸config: { keyName: dex } }' },
    says: ['environment variables VAULT_ADDR and VAULT_TOKEN'],
    severity: 'warning',
  },
  {
    shows: 'no token',
    sections: { signer: '{ type: vault, ▸config: { keyName: dex, addr: "https://vault:8200" } }' },
    says: ['environment variable VAULT_TOKEN'],
  },
  {
    shows: 'both',
    sections: { signer: '{ type: vault, config: { keyName: dex, addr: "https://vault:8200", token: $T } }' },
  },
  {
    shows: 'a Dex that does not read the section',
    sections: { signer: '{ type: vault, config: { keyName: dex } }' },
    target: 'dex@2.44',
  },
]);

describeServerRule('DEX236', [
  {
    shows: 'a confidential client with the device flow, and an issuer with a path',
    sections: { staticClients: `[{ id: a, secret: s, name: A, redirectURIs: [▸/device/callback] }]` },
    says: ['instead of /dex/device/callback, where Dex is: 404'],
    severity: 'warning',
  },
  {
    shows: 'a public client',
    sections: { staticClients: `[{ id: a, public: true, name: A, redirectURIs: [/device/callback] }]` },
  },
  {
    shows: 'an issuer without a path',
    sections: {
      issuer: 'https://dex.example.com',
      staticClients: `[{ id: a, secret: s, name: A, redirectURIs: [/device/callback] }]`,
    },
  },
]);

describeServerRule('DEX237', [
  {
    shows: 'a slash, a path, no scheme, uppercase letters, a port of the scheme, a wildcard',
    sections: {
      web: '{ http: ":5556", allowedOrigins: [▸https://a.com/, ▸https://a.com/x, ▸a.com, ▸https://A.com, ▸https://a.com:443, ▸https://*.a.com] }',
    },
    says: ['No browser sends the origin', '', '', '', '', ''],
    severity: 'warning',
    hint: 'write ',
  },
  {
    shows: 'origins',
    sections: { web: '{ http: ":5556", allowedOrigins: ["*", https://a.com, http://localhost:3000] }' },
  },
]);

describeServerRule('DEX238', [
  {
    shows: 'a program on any port beside a site',
    sections: {
      staticClients:
        '[{ id: a, public: true, name: A, redirectURIs: [https://a.com/cb, ▸http://localhost, /device/callback] }]',
    },
    says: ['is port 80 alone'],
    severity: 'warning',
  },
  {
    shows: 'a program with a port of its own, a confidential client',
    sections: {
      staticClients:
        '[{ id: a, public: true, name: A, redirectURIs: [http://localhost:8000/cb] }, { id: b, secret: s, name: B, redirectURIs: [http://localhost/cb] }]',
    },
  },
]);

const mysql = (ssl: string): string => `{ type: mysql, config: { host: db, ssl: ${ssl} } }`;

describeServerRule('DEX239', [
  {
    shows: 'no files',
    sections: { storage: mysql('{ mode: ▸custom }') },
    says: ['`failed to initialize storage: … unknown config name: custom`'],
    severity: 'error',
  },
  { shows: 'a file', sections: { storage: mysql('{ mode: custom, caFile: /ca.pem }') } },
  { shows: 'another mode', sections: { storage: mysql('{ mode: Preferred }') } },
]);
