import { CERTIFICATE } from '../../support/certificate';
import { describeRule } from '../../support/rule-cases';
import { LDAP, STANDALONE, EXTERNAL } from './documents';

describeRule('DEX109', [
  {
    shows: 'a patch above the newest known one',
    document: `${STANDALONE}\ndex: { version: ▸2.45.99 }`,
    says: ['The newest release of Dex 2.45 known here is 2.45.1'],
    severity: 'warning',
  },
  {
    shows: 'a patch that was never published',
    document: `${STANDALONE}\ndex: { version: ▸2.37.1 }`,
    says: ['The newest release of Dex 2.37 known here is 2.37.0'],
  },
  { shows: 'the newest one', document: `${STANDALONE}\ndex: { version: 2.45.1 }` },
  { shows: 'a patch of an older minor version', document: `${STANDALONE}\ndex: { version: 2.35.3 }` },
  { shows: 'none', document: STANDALONE },
  { shows: 'settings of a Dex that does not run', document: 'dex: { version: 2.45.99 }' },
]);

describeRule('DEX301', [
  {
    shows: 'settings of a Dex that does not run',
    document: '▸dex: { version: 2.45.1 }',
    says: ['Dex runs inside pachd'],
    severity: 'warning',
  },
  { shows: 'settings of one that runs', document: `${STANDALONE}\ndex: { version: 2.45.1 }` },
  { shows: 'no settings', document: 'access: { via: proxy }' },
]);

describeRule('DEX307', [
  {
    shows: 'variables in a connector',
    document: `
access: { via: proxy, host: pach.acme.com, tls: { secretName: tls } }
identity:
  dex: standalone
  connectors:
    - type: ldap
      id: corp
      config:
        host: ▸$LDAP_HOST
        userSearch: { baseDN: '▸dc=\${DC},dc=acme', username: uid, idAttr: uid, emailAttr: mail }`.replace(
      "'▸",
      "▸'",
    ),
    says: ['host reaches Dex unchanged', 'userSearch.baseDN'],
    severity: 'warning',
  },
  {
    shows: 'a $ that is none',
    document: STANDALONE.replace('baseDN: dc=a', () => "baseDN: 'dc=5$ a$'"),
  },
  {
    shows: 'the Dex inside pachd',
    document: `identity:${LDAP.replace('ldap:636', '$LDAP_HOST')}`,
  },
]);

describeRule('DEX308', [
  {
    shows: 'variables outside of connectors',
    document: `${STANDALONE}
  clients:
    - { id: app, secret: { env: S }, redirectURIs: [ ▸'https://app.acme.com/$PATH' ] }
dex:
  frontend: { issuer: ▸$TITLE }
  web: { allowedOrigins: [ ▸'\${ORIGIN}' ] }
  staticPasswords: [{ email: ▸$MAIL, hash: { env: HASH }, userID: '1' }]`,
    says: [
      'identity.clients[0].redirectURIs[0]',
      'dex.frontend.issuer',
      'dex.web',
      'dex.staticPasswords[0].email',
    ],
    severity: 'error',
  },
  { shows: 'prices', document: `${STANDALONE}\ndex: { frontend: { issuer: Only 5 $ } }` },
]);

describeRule('DEX309', [
  {
    shows: 'connectors that send browsers away, where browsers do not reach the issuer',
    document: `
profile: dev
access: { via: proxy }
identity:
  dex: standalone
  connectors:
    - { type: ▸oidc, id: a, config: { issuer: 'https://a', clientID: a, clientSecret: b } }
    - { type: ▸mockCallback, id: b }
    - { type: ▸authproxy, id: c }
    - { type: mockPassword, id: d, config: { username: a, password: b } }`,
    says: ['http://dex:5556/dex/callback'],
    severity: 'error',
  },
  {
    shows: 'the connector of Auth0',
    document: `
profile: dev
access: { via: portForward }
identity: { dex: standalone }
▸auth0: { domain: acme.eu.auth0.com, application: { clientID: abc } }`,
    says: ['"auth0"'],
  },
  {
    shows: 'an issuer at a host',
    document: `
access: { via: proxy, host: pach.acme.com, tls: { secretName: tls } }
identity:
  dex: standalone
  connectors:
    - { type: oidc, id: a, config: { issuer: 'https://a', clientID: a, clientSecret: { env: S } } }`,
  },
  {
    shows: 'an issuer of the document',
    document: `
profile: dev
access: { via: portForward, urls: { issuer: 'http://dex:5556/dex' } }
identity: { dex: standalone, connectors: [{ type: mockCallback, id: a }] }`,
  },
]);

describeRule('DEX310', [
  {
    shows: 'pachd told to ask itself',
    document: `
access: { via: proxy, host: pach.acme.com, tls: { secretName: tls }, localhostIssuer: ▸true }
identity:
  dex: standalone${LDAP}`,
    says: ['does not start'],
    severity: 'error',
  },
  { shows: 'the default', document: STANDALONE },
]);

describeRule('DEX311', [
  {
    shows: 'lists in Secrets',
    document: `
access: { via: proxy, host: pach.acme.com, tls: { secretName: tls } }
identity:
  dex: standalone
  ▸connectorsFrom: { existing: { name: idps } }
  ▸clientsFrom: { existing: { name: apps } }`,
    says: ['Secret idps', 'Secret apps'],
    severity: 'error',
  },
  {
    shows: 'lists in Secrets for the Dex inside pachd',
    document: 'identity: { connectorsFrom: { existing: { name: idps } } }',
  },
]);

describeRule('DEX312', [
  {
    shows: 'settings of later releases',
    document: `${STANDALONE}
dex:
  version: 2.31.0
  oauth2: { ▸grantTypes: [authorization_code], ▸responseTypes: [code token] }
  web:
    ▸headers: { X-Frame-Options: DENY }
    ▸allowedHeaders: [Authorization]
    ▸clientRemoteIP: { header: X-Forwarded-For, trustedProxies: [10.0.0.0/8] }
  logger: { ▸level: warn }
  telemetry: { ▸enableProfiling: true }
  staticPasswords:
    - { email: a@b.c, hash: { env: HASH }, userID: '1', ▸groups: [g] }`,
    says: ['Dex 2.31 does not know'],
    severity: 'error',
  },
  {
    shows: 'settings of the first releases',
    document: `${STANDALONE}
dex: { version: 2.29.0, oauth2: { responseTypes: [code, token] }, logger: { level: info } }`,
  },
  {
    shows: 'settings that the release knows',
    document: `${STANDALONE}
dex:
  version: 2.45.1
  oauth2: { grantTypes: [authorization_code] }
  logger: { level: warn }
  web: { headers: { X-Frame-Options: DENY } }`,
  },
]);

describeRule('DEX313', [
  {
    shows: 'a member',
    document: `
release: 2.11.6
access: { urls: { issuer: 'https://enterprise.acme.com/dex' } }
enterprise:
  licenseKey: { env: KEY }
  member: { serverAddress: 'grpc://e:31650', callbackAddress: 'grpc://p:30650', serverToken: { env: TOKEN } }
identity: { dex: ▸standalone }`,
    says: ['enterprise server'],
    severity: 'error',
  },
  { shows: 'no member', document: STANDALONE },
]);

describeRule('DEX314', [
  {
    shows: 'two users of one address, and a connector of the same id',
    document: `
profile: dev
access: { via: proxy, host: pach.acme.com }
identity: { dex: standalone, connectors: [{ type: mockCallback, id: ▸local }] }
dex:
  staticPasswords:
    - { email: ada@acme.com, hash: x, userID: '1' }
    - { email: ▸Ada@acme.com, hash: x, userID: '2' }`,
    says: ['connector "local"', 'Dex keeps only the last'],
    severity: 'error',
  },
  {
    shows: 'users of two addresses',
    document: `
profile: dev
access: { via: proxy, host: pach.acme.com }
identity: { dex: standalone }
dex:
  staticPasswords:
    - { email: ada@acme.com, hash: x, userID: '1' }
    - { email: bob@acme.com, hash: x, userID: '2' }`,
  },
]);

describeRule('DEX315', [
  {
    shows: 'a connector that is not there',
    document: `${STANDALONE}\ndex: { oauth2: { passwordConnector: ▸crop } }`,
    says: ['no connector "crop"'],
    severity: 'error',
  },
  {
    shows: 'the connector of users, without users',
    document: `${STANDALONE}\ndex: { oauth2: { passwordConnector: ▸local } }`,
    says: ['only with staticPasswords'],
  },
  {
    shows: 'a connector with a page of its own',
    document: `
profile: dev
access: { via: proxy, host: pach.acme.com }
identity: { dex: standalone, connectors: [{ type: mockCallback, id: mock }] }
dex: { oauth2: { passwordConnector: ▸mock } }`,
    says: ['of type mockCallback'],
  },
  { shows: 'a directory', document: `${STANDALONE}\ndex: { oauth2: { passwordConnector: corp } }` },
  {
    shows: 'the connector of users, with users',
    document: `${STANDALONE}
dex:
  oauth2: { passwordConnector: local }
  staticPasswords: [{ email: ada@acme.com, hash: { env: HASH }, userID: '1' }]`,
  },
]);

const OIDC = `
access: { via: proxy, host: pach.acme.com, tls: { secretName: tls } }
identity:
  dex: standalone
  connectors:
    - type: oidc
      id: a
      config:
        issuer: https://a.example.com
        clientID: a
        clientSecret: { env: S }`;

describeRule('DEX316', [
  {
    shows: 'groups that are not read',
    document: `${OIDC}\n        allowedGroups: ▸[data]`,
    says: ['only with insecureEnableGroups'],
    severity: 'error',
  },
  {
    shows: 'groups that are',
    document: `${OIDC}\n        insecureEnableGroups: true\n        allowedGroups: [data]`,
  },
]);

const LDAP_WITH = (data: string): string => `
identity:
  connectors:
    - type: ldap
      id: corp
      config:
        host: ldap:636
        rootCAData: ${data}
        userSearch: { baseDN: dc=a, username: uid, idAttr: uid, emailAttr: mail }`;

describeRule('DEX318', [
  {
    shows: 'base64 of another text',
    document: LDAP_WITH('▸aGVsbG8='),
    says: ['ldap: no certs found in ca file'],
    severity: 'error',
  },
  {
    shows: 'base64 of certificates',
    document: LDAP_WITH(Buffer.from(CERTIFICATE).toString('base64')),
  },
  {
    shows: 'base64 of a certificate on one line',
    document: LDAP_WITH(`▸${Buffer.from(CERTIFICATE.replaceAll('\n', ' ')).toString('base64')}`),
    says: ['ldap: no certs found in ca file'],
  },
  {
    shows: 'base64 of a certificate that is still indented',
    document: LDAP_WITH(`▸${Buffer.from(CERTIFICATE.replaceAll('\n', '\n  ')).toString('base64')}`),
    says: ['ldap: no certs found in ca file'],
  },
  {
    shows: 'a list of bytes that are no certificate',
    document: LDAP_WITH('▸[104, 105, null]'),
    says: ['holds the bytes of something else', 'ldap: no certs found in ca file'],
    severity: 'error',
  },
  {
    shows: 'a list of the bytes of certificates',
    document: LDAP_WITH(JSON.stringify([...Buffer.from(CERTIFICATE)])),
  },
  { shows: 'an empty list, which Dex does not read', document: LDAP_WITH('[]') },
  { shows: 'PEM itself, which is found elsewhere', document: LDAP_WITH('-----BEGIN CERTIFICATE-----') },
]);

describeRule('DEX317', [
  {
    shows: 'variables switched off',
    document: `${STANDALONE}\ndex: { environment: { DEX_EXPAND_ENV: ▸'False' } }`,
    says: ['takes `$DEX_…` for the secrets'],
    severity: 'error',
  },
  {
    shows: 'a string that Go does not take for false',
    document: `${STANDALONE}\ndex: { environment: { DEX_EXPAND_ENV: 'no' } }`,
  },
]);

describeRule('DEX319', [
  {
    shows: 'an account and a port that no one makes',
    document: `${STANDALONE}
dex: { storage: { postgres: { ▸user: login, ▸password: { env: LOGIN }, ▸port: 6000 } } }`,
    says: ['role "login" does not exist', 'password authentication failed', 'listens on 5432'],
    severity: 'error',
  },
  {
    shows: 'a drawn password, which is another in each place',
    document: `${STANDALONE}
database: { internal: { password: { generate: { length: 20 } } } }
dex: { storage: { postgres: { ▸password: { generate: { length: 20 } } } } }`,
    says: ['password authentication failed for user "pachyderm"'],
  },
  {
    shows: 'the account that is there',
    document: `${STANDALONE}
database: { internal: { password: { env: PASSWORD } } }
dex: { storage: { postgres: { user: pachyderm, password: { env: PASSWORD }, port: 5432 } } }`,
  },
  {
    shows: 'a server of the user',
    document: `${STANDALONE}${EXTERNAL}
dex: { storage: { postgres: { user: login, password: { env: LOGIN }, sslMode: require } } }`,
  },
  {
    shows: 'an account that the user makes',
    document: `${STANDALONE}
dex: { storage: { postgres: { host: postgres, user: login, password: { env: LOGIN }, sslMode: disable } } }`,
  },
  { shows: 'the defaults', document: `${STANDALONE}\ndex: { storage: { postgres: { maxOpenConns: 9 } } }` },
]);

describeRule('DEX321', [
  {
    shows: 'a build that came later',
    document: `${STANDALONE}\ndex: { version: 2.31.2, image: { variant: ▸distroless } }`,
    says: ['There is no image v2.31.2-distroless'],
    severity: 'error',
  },
  {
    shows: 'the first release with it',
    document: `${STANDALONE}\ndex: { version: 2.32.0, image: { variant: distroless } }`,
  },
  { shows: 'the default release', document: `${STANDALONE}\ndex: { image: { variant: distroless } }` },
  {
    shows: 'a repository of the user',
    document: `${STANDALONE}\ndex: { version: 2.31.2, image: { repository: acme/dex, variant: distroless } }`,
  },
]);
