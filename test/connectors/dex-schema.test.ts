import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { JsonSchema } from '../../src/connectors/derive-schema';
import { connectorSchemas, readSchema, secretValueSchema, strictAjv } from './support/schemas';

type Config = Record<string, unknown>;

const schema = readSchema('dex');
const validate = strictAjv([secretValueSchema, readSchema('connector'), ...connectorSchemas]).compile(schema);

/** A fresh copy of a configuration that says something in every section. */
function complete(): Config {
  const file = path.resolve(__dirname, '../fixtures/connectors/dex-config.yaml');
  return parse(fs.readFileSync(file, 'utf8')) as Config;
}

/** The complete configuration after a change; undefined takes a key away. */
function changed(pointer: string, value: unknown): Config {
  const config = complete();
  const steps = pointer.split('.');
  const last = steps.pop() ?? '';
  const parent = steps.reduce<Config>((node, step) => node[step] as Config, config);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return config;
}

function minimal(more: Config = {}): Config {
  return {
    issuer: 'https://dex.example.com',
    storage: { type: 'memory' },
    web: { http: '0.0.0.0:5556' },
    enablePasswordDB: true,
    ...more,
  };
}

const HASH = '$2a$10$33EMT0cVYVlPy6WAMCLsceLYjWhuHpbz5yuZxu/GAFj03J9Lytjuy';
const client = { id: 'app', secret: 's', name: 'App' };
const postgres = (ssl: unknown, port: unknown = 5432): Config => ({
  storage: { type: 'postgres', config: { host: 'db', port, ssl } },
});
const kubernetes = (config: unknown): Config => ({ storage: { type: 'kubernetes', config } });

test('a configuration that says something in every section is valid', () => {
  expect([validate(complete()), validate.errors]).toEqual([true, null]);
});

test.each<[string, Config]>([
  ['the smallest', {}],
  ['sqlite3', { storage: { type: 'sqlite3', config: { file: '/var/dex/dex.db' } } }],
  [
    'mysql',
    { storage: { type: 'mysql', config: { host: '/run/mysqld.sock', ssl: { mode: 'skip-verify' } } } },
  ],
  ['etcd', { storage: { type: 'etcd', config: { endpoints: ['http://etcd:2379'], namespace: 'dex/' } } }],
  ['kubernetes in a cluster', kubernetes({ inCluster: true, crdHandling: 'check' })],
  ['kubernetes from outside', kubernetes({ kubeConfigFile: '/home/dex/.kube/config' })],
  ['storage that may hold connectors', { ...kubernetes({ inCluster: true }), enablePasswordDB: false }],
  ['a signer in Vault', { signer: { type: 'vault', config: { keyName: 'dex', token: '$VAULT_TOKEN' } } }],
  [
    'a client from the environment',
    { staticClients: [{ idEnv: 'APP_ID', secretEnv: 'APP_SECRET', name: 'App' }] },
  ],
  [
    'a public client',
    {
      staticClients: [
        {
          id: 'cli',
          public: true,
          name: 'CLI',
          redirectURIs: ['http://localhost:8000', '/device/callback', 'urn:ietf:wg:oauth:2.0:oob'],
        },
      ],
    },
  ],
  ['a password from the environment', { staticPasswords: [{ email: 'a@example.com', hashFromEnv: 'HASH' }] }],
  [
    'a hash in base64',
    { staticPasswords: [{ email: 'a@example.com', hash: Buffer.from(HASH).toString('base64') }] },
  ],
  [
    'durations of every kind',
    {
      expiry: {
        idTokens: '1h30m',
        authRequests: '.5h',
        refreshTokens: { reuseInterval: '0s', absoluteLifetime: '3960h0m0.5s' },
      },
    },
  ],
  ['log levels with a step', { logger: { level: 'INFO+2' } }],
  [
    'networks of both kinds',
    {
      web: {
        http: ':80',
        clientRemoteIP: { header: 'X-Forwarded-For', trustedProxies: ['10.0.0.0/8', 'fd00::/8'] },
      },
    },
  ],
])('%s is valid', (_, more) => expect([validate(minimal(more)), validate.errors]).toEqual([true, null]));

/** What Dex says, or what goes wrong silently, and a configuration that makes it so. */
test.each<[string, Config]>([
  ['no issuer specified in config file', minimal({ issuer: undefined })],
  ['no issuer specified in config file (empty)', minimal({ issuer: '' })],
  ["server: can't parse issuer URL", minimal({ issuer: 'dex.example.com' })],
  ['an issuer with a query', minimal({ issuer: 'https://dex.example.com/dex?x=1' })],
  ['an issuer with a fragment', minimal({ issuer: 'https://dex.example.com/dex#x' })],
  [
    'cannot specify static passwords without enabling password db',
    minimal({
      enablePasswordDB: false,
      connectors: [{ type: 'mockCallback', id: 'm', name: 'M' }],
      staticPasswords: [{ email: 'a@example.com', hash: HASH }],
    }),
  ],
  ['no storage supplied in config file', minimal({ storage: undefined })],
  ['must supply a HTTP/HTTPS  address to listen on', minimal({ web: {} })],
  ['must supply a HTTP/HTTPS  address to listen on (no web)', minimal({ web: undefined })],
  ['no cert specified for HTTPS', minimal({ web: { https: ':443', tlsKey: '/k' } })],
  ['no private key specified for HTTPS', minimal({ web: { https: ':443', tlsCert: '/c' } })],
  ['supported TLS versions are: 1.2, 1.3 (web)', minimal({ web: { http: ':80', tlsMinVersion: '1.1' } })],
  ['supported TLS versions are: 1.2, 1.3 (gRPC)', minimal({ grpc: { addr: ':5557', tlsMaxVersion: '1.4' } })],
  ['a TLS version that is a number', minimal({ web: { http: ':80', tlsMinVersion: 1.2 } })],
  [
    'TLSMinVersion greater than TLSMaxVersion',
    minimal({ web: { http: ':80', tlsMinVersion: '1.3', tlsMaxVersion: '1.2' } }),
  ],
  ['no address specified for gRPC', minimal({ grpc: { tlsCert: '/c', tlsKey: '/k' } })],
  ['must specific both a gRPC TLS cert and key', minimal({ grpc: { addr: ':5557', tlsCert: '/c' } })],
  ['must specific both a gRPC TLS cert and key (key)', minimal({ grpc: { addr: ':5557', tlsKey: '/k' } })],
  [
    'cannot specify gRPC TLS client CA without a gRPC TLS cert',
    minimal({ grpc: { addr: ':5557', tlsClientCA: '/ca' } }),
  ],
  ['a section that Dex does not have', minimal({ nonsense: {} })],
  ['unknown storage type "redis"', minimal({ storage: { type: 'redis' } })],
  ['a file for sqlite3', minimal({ storage: { type: 'sqlite3', config: {} } })],
  [
    'cannot unmarshal string into Go struct field …Port of type uint16',
    minimal(postgres({ mode: 'disable' }, '5432')),
  ],
  [
    'cannot unmarshal number 65536 into Go struct field …Port of type uint16',
    minimal(postgres({ mode: 'disable' }, 65536)),
  ],
  ['a mode that postgres does not have', minimal(postgres({ mode: 'prefer' }))],
  [
    'a mode of mysql that is no string',
    minimal({ storage: { type: 'mysql', config: { ssl: { mode: true } } } }),
  ],
  ["must specify either 'inCluster' or 'kubeConfigFile'", minimal(kubernetes({}))],
  ["must specify either 'inCluster' or 'kubeConfigFile' (false)", minimal(kubernetes({ inCluster: false }))],
  [
    "cannot specify both 'inCluster' and 'kubeConfigFile'",
    minimal(kubernetes({ inCluster: true, kubeConfigFile: '/k' })),
  ],
  ['invalid crdHandling value', minimal(kubernetes({ inCluster: true, crdHandling: 'create' }))],
  ['endpoints for etcd', minimal({ storage: { type: 'etcd', config: { endpoints: [] } } })],
  [
    'failed to parse CIDR "10.0.0.0"',
    minimal({ web: { http: ':80', clientRemoteIP: { trustedProxies: ['10.0.0.0'] } } }),
  ],
  [
    'a header that Dex does not know',
    minimal({ web: { http: ':80', headers: { 'Referrer-Policy': 'no-referrer' } } }),
  ],
  ['log format is not one of the supported values (json, text): xml', minimal({ logger: { format: 'xml' } })],
  ['log level is not one of the supported values', minimal({ logger: { level: 'verbose' } })],
  ['an empty log level', minimal({ logger: { level: '' } })],
  ['time: unknown unit "d" in duration "1d"', minimal({ expiry: { idTokens: '1d' } })],
  ['time: missing unit in duration "5"', minimal({ expiry: { authRequests: '5' } })],
  ['time: unknown unit "H" in duration "24H"', minimal({ expiry: { signingKeys: '24H' } })],
  ['a device request that lasts no time', minimal({ expiry: { deviceRequests: '0s' } })],
  ['an ID token that is never valid', minimal({ expiry: { idTokens: '-1h' } })],
  [
    'for refresh token valid if not used for',
    minimal({ expiry: { refreshTokens: { validIfNotUsedFor: '90d' } } }),
  ],
  [
    'for refresh tokens absolute lifetime',
    minimal({ expiry: { refreshTokens: { absoluteLifetime: 3960 } } }),
  ],
  ['for refresh tokens reuse interval', minimal({ expiry: { refreshTokens: { reuseInterval: '3 s' } } })],
  ['unknown signer type "aws"', minimal({ signer: { type: 'aws', config: {} } })],
  ['signer.config.keysRotationPeriod must be specified', minimal({ signer: { type: 'local', config: {} } })],
  ['signer.config.keysRotationPeriod must be specified (no config)', minimal({ signer: { type: 'local' } })],
  [
    'unsupported local signer algorithm "ES512"',
    minimal({ signer: { type: 'local', config: { keysRotationPeriod: '6h', algorithm: 'ES512' } } }),
  ],
  ['unsupported response_type "code  token"', minimal({ oauth2: { responseTypes: ['code  token'] } })],
  ['a grant type that is dropped silently', minimal({ oauth2: { grantTypes: ['device_code'] } })],
  ['Name field is required for a client', minimal({ staticClients: [{ id: 'a', secret: 's' }] })],
  ['ID or IDEnv field is required for a client', minimal({ staticClients: [{ secret: 's', name: 'A' }] })],
  [
    'ID and IDEnv fields are exclusive for client "app"',
    minimal({ staticClients: [{ ...client, idEnv: 'A' }] }),
  ],
  [
    'Secret or SecretEnv field is required for client "app"',
    minimal({ staticClients: [{ id: 'app', name: 'App' }] }),
  ],
  [
    'Secret or SecretEnv field is required for client "app" (not public)',
    minimal({ staticClients: [{ id: 'app', name: 'App', public: false }] }),
  ],
  [
    'Secret and SecretEnv fields are exclusive for client "app"',
    minimal({ staticClients: [{ ...client, secretEnv: 'S' }] }),
  ],
  [
    'Secret and SecretEnv fields are exclusive for client "app" (public)',
    minimal({ staticClients: [{ ...client, public: true, secretEnv: 'S' }] }),
  ],
  [
    'a name that no environment variable has',
    minimal({ staticClients: [{ id: 'app', name: 'App', secretEnv: '$S' }] }),
  ],
  [
    'a redirect URI that is none',
    minimal({ staticClients: [{ ...client, redirectURIs: ['app.example.com/callback'] }] }),
  ],
  ['no password hash provided', minimal({ staticPasswords: [{ email: 'a@example.com' }] })],
  ['malformed bcrypt hash', minimal({ staticPasswords: [{ email: 'a@example.com', hash: 'password' }] })],
  [
    'given hash cost = 8 does not meet minimum cost requirement = 10',
    minimal({ staticPasswords: [{ email: 'a@example.com', hash: HASH.replace('$10$', '$08$') }] }),
  ],
  [
    'given hash cost = 17 is above upper bound cost = 16',
    minimal({ staticPasswords: [{ email: 'a@example.com', hash: HASH.replace('$10$', '$17$') }] }),
  ],
  ['server: no connectors specified', minimal({ enablePasswordDB: false })],
  [
    'server: no connectors specified (an empty list)',
    minimal({ enablePasswordDB: undefined, connectors: [] }),
  ],
  [
    'unknown connector type "local"',
    minimal({ connectors: [{ type: 'local', id: 'l', name: 'L', config: {} }] }),
  ],
  [
    'ID, Type and Name fields are required for a connector',
    minimal({ connectors: [{ type: 'mockCallback', id: 'm' }] }),
  ],
  [
    'a key of connector files for pachctl',
    minimal({ connectors: [{ type: 'mockCallback', id: 'm', name: 'M', version: 1 }] }),
  ],
  ['a connector whose config has a slip in it', changed('connectors.0.config.allowedGroup', ['a'])],
  ['a connector without redirectURI', changed('connectors.0.config.redirectURI', undefined)],
])('%s is not valid', (_, config) => {
  // JSON has no undefined: such keys are not there.
  expect(validate(JSON.parse(JSON.stringify(config)))).toBe(false);
});

test('what is changed in the complete configuration is what makes it invalid', () => {
  expect(validate(changed('connectors.0.config.allowedGroups', ['a']))).toBe(true);
  for (const section of Object.keys(complete()).filter((key) => typeof complete()[key] === 'object'))
    if (!Array.isArray(complete()[section]))
      expect([section, validate(changed(`${section}.nonsense`, 1))]).toEqual([section, false]);
});

test('the complete configuration has every section that some release reads', () => {
  const sections = Object.entries(schema['properties'] as Record<string, JsonSchema>);
  const released = sections.filter(([, section]) => !section['x-unreleased']).map(([name]) => name);
  expect(Object.keys(complete()).sort()).toEqual(released.sort());
});
