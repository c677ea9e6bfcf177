import { describeRule } from '../support/rule-cases';
import { diagnosticsOf, findingsOf } from '../support/check-document';

const MEMBER =
  'enterprise: { member: { serverAddress: grpc://e:31650, callbackAddress: grpc://p:30650, serverToken: { env: TOKEN } } }';

describeRule('IDN001', [
  {
    shows: 'an empty list',
    document: 'identity:\n  connectors: ▸[]',
    says: ['no one but the root user can log in'],
    severity: 'error',
  },
  {
    shows: 'none in profile dev',
    document: 'profile: dev\n▸identity: { idTokenExpiry: 12h }',
    says: ['no one but the root user can log in'],
    severity: 'error',
  },
  {
    shows: 'a release whose connectors pachctl may add',
    document: 'release: 2.2.8\n▸identity: { idTokenExpiry: 12h }',
    says: ['until pachctl idp create-connector adds one'],
    severity: 'warning',
  },
  { shows: 'a connector', document: 'identity: { connectors: [{ type: github, id: hub }] }' },
  {
    shows: 'a Secret with connectors',
    document: 'identity: { connectorsFrom: { existing: { name: idps } } }',
  },
  { shows: 'Auth0', document: 'auth0: { domain: acme.eu.auth0.com }' },
  { shows: 'Keycloak', document: 'keycloak: { url: https://keycloak.acme.com, realm: acme }' },
  { shows: 'a member of an enterprise server', document: `release: 2.11.6\nidentity: {}\n${MEMBER}` },
  { shows: 'no authentication', document: 'profile: dev\nauth: { enabled: false }\nidentity: {}' },
]);

test('IDN001 stands at the beginning of a document without the section', () => {
  expect(
    findingsOf('apiVersion: pachkit/v1\nrelease: 2.12.0\n').map((found) => found.slice(0, 3)),
  ).toContainEqual(['IDN001', 1, 1]);
});

describeRule('IDN002', [
  {
    shows: 'connectors in two places',
    document: `
identity:
  connectors: [{ type: github, id: hub }]
  ▸connectorsFrom: { existing: { name: idps } }
`,
    says: ['those of identity.connectors never reach it'],
    severity: 'error',
  },
  {
    shows: 'clients in two places',
    document: `
identity:
  clients: [{ id: app, secret: { env: APP }, redirectURIs: [https://app.acme.com/callback] }]
  ▸clientsFrom: { existing: { name: clients } }
`,
    says: ['those of identity.clients never reach it'],
  },
  {
    shows: 'one place for each',
    document: `
identity:
  connectors: []
  connectorsFrom: { existing: { name: idps } }
  clientsFrom: { existing: { name: clients } }
`,
  },
  {
    shows: 'connectors and Auth0',
    document: 'identity: { connectors: [{ type: github, id: hub }] }\nauth0: { domain: a.auth0.com }',
  },
]);

describeRule('IDN013', [
  {
    shows: 'a slash before Pachyderm 2.12',
    document: `
release: 2.11.6
identity: { connectors: [{ type: ldap, id: ▸a/b }] }
`,
    says: ['The id "a/b" has a slash, with which only the Dex of Pachyderm 2.12'],
    severity: 'warning',
  },
  {
    shows: 'a slash in a standalone Dex',
    document: 'identity: { dex: standalone, connectors: [{ type: ldap, id: ▸staff/eu }] }',
    says: ['has a slash'],
    severity: 'warning',
  },
  {
    shows: 'ids that are found, which may be in use',
    document: `
identity:
  connectors:
    - { type: ldap, id: a/b }
    - { type: ldap, id: 'a:b' }
    - { type: ldap, id: '~x' }
    - { type: ldap, id: -a.b_ }
    - { type: ldap, id: ${'x'.repeat(200)} }
`,
  },
]);

describeRule('IDN003', [
  {
    shows: 'ids that differ in case only',
    document: `
identity:
  connectors:
    - { type: github, id: sso }
    - { type: gitlab, id: ▸SSO }
`,
    says: ['The connector ids "sso" and "SSO" differ in case only'],
    severity: 'warning',
  },
  {
    shows: 'one id three times',
    document: `
identity:
  connectors:
    - { type: github, id: sso }
    - { type: gitlab, id: ▸sso }
    - { type: ldap, id: ▸sso }
`,
    says: ['The connector id "sso" is taken by identity.connectors[0]'],
    severity: 'error',
  },
  {
    shows: "Dex's own id where it is taken already, which DEX314 says",
    document: `
identity: { dex: standalone, connectors: [{ type: ldap, id: local }] }
dex: { staticPasswords: [{ email: ada@acme.com, hash: { env: HASH }, userID: '1' }] }
`,
  },
  {
    shows: "Dex's own id",
    document: 'identity: { dex: standalone, connectors: [{ type: ldap, id: ▸local }] }',
    says: ['Dex calls its own password database "local"'],
    severity: 'warning',
  },
  {
    shows: "Dex's own id inside pachd, whose Dex has no password database",
    document: 'identity: { connectors: [{ type: ldap, id: local }] }',
  },
  {
    shows: 'ids of their own',
    document: 'identity: { connectors: [{ type: ldap, id: a }, { type: ldap, id: b }] }',
  },
]);

describeRule('IDN008', [
  {
    shows: 'settings of a Dex that does not run',
    document: `
release: 2.11.6
identity:
  ▸idTokenExpiry: 12h
  ▸connectors: [{ type: github, id: hub }]
${MEMBER}
`,
    says: [
      'identity.idTokenExpiry has no effect on a member',
      'identity.connectors has no effect on a member',
    ],
    severity: 'warning',
  },
  { shows: 'no member', document: 'identity: { idTokenExpiry: 12h }' },
]);

describeRule('IDN010', [
  {
    shows: 'files of a Secret that is not mounted',
    document: `
identity:
  connectors:
    - { type: oidc, id: a, config: { rootCAs: [/etc/ssl/certs/ca.pem, ▸/dexcreds/ca.pem] } }
    - { type: google, id: b, config: { serviceAccountFilePath: ▸/dexcreds/sa.json, adminEmail: a@acme.com } }
`,
    says: [
      'open /dexcreds/ca.pem: no such file or directory',
      'open /dexcreds/sa.json: no such file or directory',
    ],
    severity: 'error',
  },
  {
    shows: 'files beside the document, which are in no pod',
    document: `
identity:
  credentialFilesSecretName: dex-files
  connectors:
    - { type: oidc, id: a, config: { rootCAs: [▸certs/ca.pem, ▸./ca.pem, /dexcreds/ca.pem] } }
    - { type: github, id: b, config: { hostName: git.acme.com, rootCA: ▸../ca.crt } }
`,
    says: [
      'certs/ca.pem is looked for in the pod of pachd, in the folder that it starts in',
      'open ./ca.pem: no such file or directory',
      'open ../ca.crt: no such file or directory',
    ],
  },
  {
    shows: 'files that Dex does not open',
    document: `
identity:
  connectors:
    - { type: saml, id: a, config: { caData: /dexcreds/ca.pem } }
    - { type: ldap, id: b, config: { rootCA: /dexcreds/ca.pem, rootCAData: QUJD } }
    - { type: ldap, id: c, config: { clientCert: /dexcreds/tls.crt } }
    - { type: ldap, id: d, config: { clientKey: /dexcreds/tls.key } }
    - { type: google, id: e, config: { serviceAccountFilePath: /dexcreds/sa.json } }
    - { type: ldap, id: f, config: { clientCert: ▸/dexcreds/tls.crt, clientKey: ▸/dexcreds/tls.key } }
`,
    says: ['open /dexcreds/tls.crt', 'open /dexcreds/tls.key'],
  },
  {
    shows: 'files of one that is',
    document: `
identity:
  credentialFilesSecretName: dex-files
  connectors: [{ type: saml, id: a, config: { ca: /dexcreds/ca.pem } }]
`,
  },
  {
    shows: 'files in directories that pachd does not have',
    document: `
identity:
  credentialFilesSecretName: dex-files
  connectors:
    - { type: saml, id: a, config: { ca: ▸/etc/ssl/idp.pem, entityIssuer: /not/a/file } }
    - { type: ldap, id: b, config: { rootca: ▸/ca.pem, clientCert: /dexcreds/tls.crt, clientKey: ▸/certs/tls.key } }
`,
    says: [
      'mounted at /etc/ssl/ in the pod of pachd',
      'mounted at / in the pod',
      'open /certs/tls.key: no such file or directory',
    ],
  },
  {
    shows: 'files in directories that Dex does not have',
    document: `
access: { via: proxy, host: pach.acme.com, tls: { secretName: tls } }
identity:
  dex: standalone
  connectors:
    - { type: oidc, id: a, config: { rootCAs: [▸/certs/ca.pem] } }
    - { type: ldap, id: b, config: { rootCA: ▸/certs/ca.pem } }
`,
    says: [
      'in the pod of Dex, so the connector "a" cannot be opened: `is not in PEM format',
      'open /certs/ca.pem',
    ],
  },
  {
    shows: 'a string where this Dex takes one',
    document: `
access: { via: proxy, host: pach.acme.com, tls: { secretName: tls } }
identity:
  dex: standalone
  connectors: [{ type: oidc, id: a, config: { rootCAs: [LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t] } }]
`,
  },
  {
    shows: 'images of the user, in which there may be any file',
    document: `
pachd: { image: { repository: acme/pachd } }
identity: { connectors: [{ type: saml, id: a, config: { ca: /etc/ssl/idp.pem } }] }
`,
  },
]);

describeRule('IDN011', [
  {
    shows: 'one database on the server in the namespace',
    document: 'database: { name: all, identityName: ▸all }',
    says: ['database "all" already exists'],
    severity: 'error',
  },
  {
    shows: 'one database on a server of the user',
    document: `
database: { name: all, identityName: ▸all, external: { host: db.acme.com, password: { env: PASSWORD } } }`,
    says: ['column "num" does not exist'],
  },
  {
    shows: "the database of pachd's Dex, given for pachd",
    document: 'database: { name: ▸dex }',
    says: ['both called dex'],
  },
  {
    shows: "the database of pachd's Dex, given for both",
    document: 'database: { name: ▸dex, identityName: dex }',
    says: ['both called dex'],
  },
  {
    shows: "pachd's database, given for its Dex",
    document: 'database: { identityName: ▸pachyderm }',
    says: ['both called pachyderm'],
  },
  { shows: 'two databases', document: 'database: { name: pach, identityName: login }' },
  { shows: 'the usual names, exchanged', document: 'database: { name: dex, identityName: pachyderm }' },
]);

test.each([
  ['{ name: dex }', 'set database.name to another name, such as pachyderm'],
  ['{ name: dex, identityName: dex }', 'set database.name to another name, such as pachyderm'],
  ['{ identityName: pachyderm }', 'set database.identityName to another name, such as dex'],
  [
    '{ name: dex, external: { host: db.acme.com, password: { env: PASSWORD } } }',
    'set database.name to another name, such as pachyderm, and create that database on your server',
  ],
])('IDN011 suggests a name that is free: %s', (database, hint) => {
  const found = diagnosticsOf(`apiVersion: pachkit/v1\nrelease: 2.11.6\ndatabase: ${database}\n`);
  expect(found.find(({ code }) => code === 'IDN011')?.hint).toBe(hint);
});

const BESIDE = `
access: { via: proxy, host: pach.acme.com, tls: { secretName: tls } }
identity: { dex: standalone, connectors: [{ type: github, id: hub, config: { clientID: a, clientSecret: { env: S } } }] }`;

describeRule('IDN012', [
  {
    shows: 'databases that are there before the first start',
    document: `${BESIDE}
database: { name: ▸template1, identityName: ▸template0 }
dex: { storage: { postgres: { database: ▸postgres } } }`,
    says: [
      'has a database template1',
      'database "template0" already exists',
      'database "postgres" already exists',
    ],
    severity: 'error',
  },
  {
    shows: "pachd's database, which the image does not make then",
    document: 'database: { name: postgres }',
  },
  {
    shows: 'a server of the user',
    document: `${BESIDE}
database: { identityName: postgres, external: { host: db.acme.com, password: { env: PASSWORD } }, sslMode: require }`,
  },
  {
    shows: 'another server',
    document: `${BESIDE}
dex:
  storage:
    postgres: { host: db.acme.com, user: dex, password: { env: P }, sslMode: require, database: postgres }`,
  },
]);

describeRule('IDN018', [
  {
    shows: 'a user in production',
    document: `profile: production
keycloak:
  url: https://keycloak.acme.com
  realm: acme
  ▸users: [{ email: ada@acme.com }]`,
    says: ['accounts with passwords of this document'],
    severity: 'error',
  },
  {
    shows: 'a user in profile dev',
    document:
      'profile: dev\nkeycloak: { url: https://keycloak.acme.com, realm: acme, users: [{ email: ada@acme.com }] }',
  },
  {
    shows: 'no users',
    document: 'profile: production\nkeycloak: { url: https://keycloak.acme.com, realm: acme }',
  },
]);
