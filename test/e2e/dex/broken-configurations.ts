/** A mapping of Dex's configuration. */
type Json = Record<string, unknown>;

const HASH = '$2a$10$33EMT0cVYVlPy6WAMCLsceLYjWhuHpbz5yuZxu/GAFj03J9Lytjuy';
const USER = { email: 'ada@example.com', username: 'ada', userID: '1' };
const CLIENT = { id: 'app', secret: 's', name: 'App', redirectURIs: ['https://app.example.com/callback'] };
const REDIRECT = { redirectURI: 'http://127.0.0.1/dex/callback' };
const SECRETS = { clientID: 'a', clientSecret: 'b' };

/** A configuration that Dex takes, with other sections in place of its own; undefined takes one away. */
function configuration(changes: Json): Json {
  return {
    issuer: 'http://127.0.0.1/dex',
    storage: { type: 'memory' },
    web: { http: '127.0.0.1:0' },
    connectors: [{ type: 'mockCallback', id: 'mock', name: 'Mock', config: {} }],
    ...changes,
  };
}

function connector(type: string, config: Json): Json {
  return { connectors: [{ type, id: 'one', name: 'One', config }] };
}

function ldap(config: Json): Json {
  const userSearch = { baseDN: 'dc=a', username: 'uid', idAttr: 'uid', emailAttr: 'mail' };
  return connector('ldap', { host: 'ldap:636', userSearch, ...config });
}

function saml(config: Json): Json {
  return connector('saml', {
    ssoURL: 'https://idp.example.com/sso',
    usernameAttr: 'name',
    emailAttr: 'email',
    insecureSkipSignatureValidation: true,
    ...REDIRECT,
    ...config,
  });
}

function postgres(config: Json): Json {
  return {
    storage: {
      type: 'postgres',
      config: {
        host: '127.0.0.1',
        port: 1,
        database: 'dex',
        user: 'dex',
        password: 'p',
        ssl: { mode: 'disable' },
        ...config,
      },
    },
  };
}

/** What is wrong with a configuration, by what is said about it; each is refused by Dex 2.41 when it starts. */
const CHANGES: Readonly<Record<string, Json>> = {
  'no issuer': { issuer: undefined },
  'an empty issuer': { issuer: '' },
  'an issuer that is no string': { issuer: ['http://127.0.0.1/dex'] },
  'no storage': { storage: undefined },
  'storage without type': { storage: { config: {} } },
  'storage of a type that does not exist': { storage: { type: 'redis' } },
  'storage that is a string': { storage: 'memory' },
  'no address': { web: undefined },
  'a web section without address': { web: {} },
  'https without certificate': { web: { https: '127.0.0.1:0', tlsKey: '/key' } },
  'https without key': { web: { https: '127.0.0.1:0', tlsCert: '/cert' } },
  'an old version of TLS': { web: { http: '127.0.0.1:0', tlsMinVersion: '1.1' } },
  'a version of TLS that does not exist': { web: { http: '127.0.0.1:0', tlsMaxVersion: '1.4' } },
  'versions of TLS that exclude each other': {
    web: { http: '127.0.0.1:0', tlsMinVersion: '1.3', tlsMaxVersion: '1.2' },
  },
  'an address without port': { web: { http: 'localhost' } },
  'a network that is none': {
    web: { http: '127.0.0.1:0', clientRemoteIP: { header: 'X-Forwarded-For', trustedProxies: ['10.0.0.0'] } },
  },
  'a network with a byte of 999': {
    web: {
      http: '127.0.0.1:0',
      clientRemoteIP: { header: 'X-Forwarded-For', trustedProxies: ['999.0.0.0/8'] },
    },
  },
  'a network of three colons': {
    web: { http: '127.0.0.1:0', clientRemoteIP: { header: 'X-Forwarded-For', trustedProxies: [':::/8'] } },
  },
  'origins that are a string': { web: { http: '127.0.0.1:0', allowedOrigins: '*' } },
  'headers that are a list': { web: { http: '127.0.0.1:0', headers: ['X-Frame-Options'] } },
  'a gRPC certificate without address': { grpc: { tlsCert: '/cert', tlsKey: '/key' } },
  'a gRPC key without address': { grpc: { tlsKey: '/key' } },
  'a gRPC certificate without key': { grpc: { addr: '127.0.0.1:0', tlsCert: '/cert' } },
  'a gRPC key without certificate': { grpc: { addr: '127.0.0.1:0', tlsKey: '/key' } },
  'a gRPC authority without certificate': { grpc: { addr: '127.0.0.1:0', tlsClientCA: '/ca' } },
  'an old version of TLS for gRPC': { grpc: { addr: '127.0.0.1:0', tlsMinVersion: '1.0' } },
  'versions of TLS for gRPC that exclude each other': {
    grpc: { addr: '127.0.0.1:0', tlsMinVersion: '1.3', tlsMaxVersion: '1.2' },
  },
  'profiling that is a string': { telemetry: { http: '127.0.0.1:0', enableProfiling: 'yes' } },
  'ID tokens for a day in days': { expiry: { idTokens: '1d' } },
  'ID tokens for a number': { expiry: { idTokens: 24 } },
  'a login in days': { expiry: { authRequests: '1d' } },
  'the login of a device without unit': { expiry: { deviceRequests: '5' } },
  'signing keys in capitals': { expiry: { signingKeys: '6H' } },
  'refresh tokens unused in days': { expiry: { refreshTokens: { validIfNotUsedFor: '90d' } } },
  'refresh tokens for long in weeks': { expiry: { refreshTokens: { absoluteLifetime: '4w' } } },
  'a reuse interval with a blank': { expiry: { refreshTokens: { reuseInterval: '3 s' } } },
  'rotation that is a string': { expiry: { refreshTokens: { disableRotation: 'no way' } } },
  'a log level that does not exist': { logger: { level: 'verbose' } },
  'a log format that does not exist': { logger: { format: 'xml' } },
  'a log level that is empty': { logger: { level: '' } },
  'a response type that does not exist': { oauth2: { responseTypes: ['password'] } },
  'response types that are a string': { oauth2: { responseTypes: 'code' } },
  'grant types that are a string': { oauth2: { grantTypes: 'authorization_code' } },
  'an approval screen that is a string': { oauth2: { skipApprovalScreen: 'sure' } },
  'a client without name': { staticClients: [{ ...CLIENT, name: undefined }] },
  'a client without id': { staticClients: [{ ...CLIENT, id: undefined }] },
  'a client with two ids': { staticClients: [{ ...CLIENT, idEnv: 'APP_ID' }] },
  'a client without secret': { staticClients: [{ ...CLIENT, secret: undefined }] },
  'a client with two secrets': { staticClients: [{ ...CLIENT, secretEnv: 'APP_SECRET' }] },
  'redirect URIs that are a string': {
    staticClients: [{ ...CLIENT, redirectURIs: 'https://app.example.com' }],
  },
  'a public client by a string': { staticClients: [{ ...CLIENT, public: 'yes' }] },
  'clients that are a mapping': { staticClients: { app: CLIENT } },
  'users without their database': { staticPasswords: [{ ...USER, hash: HASH }] },
  'a user without hash': { enablePasswordDB: true, staticPasswords: [USER] },
  'a user with a password for a hash': {
    enablePasswordDB: true,
    staticPasswords: [{ ...USER, hash: 'password' }],
  },
  'users that are a mapping': { enablePasswordDB: true, staticPasswords: { ada: USER } },
  'a password database by a string': { enablePasswordDB: 'yes please' },
  'a frontend that is a string': { frontend: 'dark' },
  'no connectors': { connectors: undefined },
  'an empty list of connectors': { connectors: [] },
  'connectors that are a mapping': { connectors: { mock: { type: 'mockCallback', id: 'm', name: 'M' } } },
  'a connector of a type that does not exist': connector('okta', {}),
  'the connector of the password database': connector('local', {}),
  'a connector without id': { connectors: [{ type: 'mockCallback', name: 'Mock', config: {} }] },
  'a connector without name': { connectors: [{ type: 'mockCallback', id: 'mock', config: {} }] },
  'a connector without type': { connectors: [{ id: 'mock', name: 'Mock', config: {} }] },
  'postgres on a port that is a string': postgres({ port: '5432' }),
  'postgres on a port that is none': postgres({ port: 70000 }),
  'postgres with a mode of pg-bouncer': postgres({ ssl: { mode: 'prefer' } }),
  'sqlite with a number for a file': { storage: { type: 'sqlite3', config: { file: 1 } } },
  'etcd with one endpoint for a list': {
    storage: { type: 'etcd', config: { endpoints: 'http://etcd:2379' } },
  },
  'Kubernetes both inside and outside': {
    storage: { type: 'kubernetes', config: { inCluster: true, kubeConfigFile: '/kubeconfig' } },
  },
  'Kubernetes neither inside nor outside': { storage: { type: 'kubernetes', config: {} } },
  'mysql on a port that is a string': { storage: { type: 'mysql', config: { port: '3306' } } },
  'mysql with a mode that is no string': {
    storage: { type: 'mysql', config: { host: '127.0.0.1', port: 1, ssl: { mode: true } } },
  },
  'ldap without host': ldap({ host: undefined }),
  'ldap without a search for users': ldap({ userSearch: undefined }),
  'ldap without base for users': ldap({ userSearch: { username: 'uid', idAttr: 'uid', emailAttr: 'mail' } }),
  'ldap without attribute for user names': ldap({
    userSearch: { baseDN: 'dc=a', idAttr: 'uid', emailAttr: 'mail' },
  }),
  'ldap with a scope that does not exist': ldap({
    userSearch: { baseDN: 'dc=a', username: 'uid', idAttr: 'uid', emailAttr: 'mail', scope: 'tree' },
  }),
  'ldap with a scope for groups that does not exist': ldap({
    groupSearch: { baseDN: 'dc=a', scope: 'base', nameAttr: 'cn' },
  }),
  'ldap with PEM for base64': ldap({ rootCAData: '-----BEGIN CERTIFICATE-----' }),
  'ldap with base64 of something else': ldap({ rootCAData: 'aGVsbG8=' }),
  'ldap with a switch that is a string': ldap({ startTLS: 'true' }),
  'github with org and orgs': connector('github', {
    ...SECRETS,
    ...REDIRECT,
    org: 'acme',
    orgs: [{ name: 'acme' }],
  }),
  'github with a URL for a host': connector('github', {
    ...SECRETS,
    ...REDIRECT,
    hostName: 'https://github.example.com',
  }),
  'github with an authority and no host': connector('github', { ...SECRETS, ...REDIRECT, rootCA: '/ca.crt' }),
  'github with a field for teams that does not exist': connector('github', {
    ...SECRETS,
    ...REDIRECT,
    teamNameField: 'id',
  }),
  'github with a domain that ends in a star': connector('github', {
    ...SECRETS,
    ...REDIRECT,
    preferredEmailDomain: 'example.*',
  }),
  'saml without address': saml({ ssoURL: undefined }),
  'saml without attribute for names': saml({ usernameAttr: undefined }),
  'saml without attribute for addresses': saml({ emailAttr: undefined }),
  'saml without redirectURI': saml({ redirectURI: undefined }),
  'saml without certificates': saml({ insecureSkipSignatureValidation: false }),
  'saml with certificates twice': saml({
    insecureSkipSignatureValidation: false,
    ca: '/ca.crt',
    caData: 'LS0t',
  }),
  'saml with PEM for base64': saml({
    insecureSkipSignatureValidation: false,
    caData: '-----BEGIN CERTIFICATE-----',
  }),
  'saml with base64 of something else': saml({ insecureSkipSignatureValidation: false, caData: 'aGVsbG8=' }),
  'saml with a format that does not exist': saml({ nameIDPolicyFormat: 'email' }),
  'microsoft with a format that does not exist': connector('microsoft', {
    ...SECRETS,
    ...REDIRECT,
    groupNameFormat: 'mail',
  }),
  'crowd without address': connector('atlassian-crowd', SECRETS),
  'a mock without user name': connector('mockPassword', { password: 'p' }),
  'a mock without password': connector('mockPassword', { username: 'a' }),
  'a mock with a password of dollar signs, which are gone': connector('mockPassword', {
    username: 'a',
    password: '$$',
  }),
  'oidc without issuer': connector('oidc', { ...SECRETS, ...REDIRECT }),
  'oidc with nothing below config': {
    connectors: [{ type: 'oidc', id: 'one', name: 'One', config: null }],
  },
  'ldap with nothing below config': {
    connectors: [{ type: 'ldap', id: 'one', name: 'One', config: null }],
  },
  'oidc with scopes that are a string': connector('oidc', {
    issuer: 'https://a.example.com',
    ...SECRETS,
    ...REDIRECT,
    scopes: 'openid email',
  }),
  'oidc with a number for an id': connector('oidc', {
    issuer: 'https://a.example.com',
    clientID: 12345,
    clientSecret: 'b',
    ...REDIRECT,
  }),
  'oidc with a key that was taken away': connector('oidc', {
    issuer: 'https://a.example.com',
    ...SECRETS,
    ...REDIRECT,
    hostedDomains: ['example.com'],
  }),
  'gitlab with groups that are a string': connector('gitlab', { ...SECRETS, ...REDIRECT, groups: 'acme' }),
};

/** Strings that are no configuration at all. */
const TEXTS: Readonly<Record<string, string>> = {
  'an empty file': '',
  'nothing but null': 'null\n',
  'a string': 'issuer\n',
  'a list': '- issuer: http://127.0.0.1/dex\n',
  'no YAML': 'issuer: "http://127.0.0.1/dex\nstorage: { type: memory\n',
  'a tab': 'issuer: http://127.0.0.1/dex\nstorage:\n\ttype: memory\n',
};

/** Configurations that Dex 2.41 refuses when it starts, as strings, by what is wrong with them. */
export const brokenConfigurations: Readonly<Record<string, string>> = {
  ...TEXTS,
  ...Object.fromEntries(
    Object.entries(CHANGES).map(([what, changes]) => [what, JSON.stringify(configuration(changes), null, 2)]),
  ),
};

/** One without anything wrong, to show that what is refused is refused for what was changed. */
export const soundConfiguration = JSON.stringify(configuration({}), null, 2);
