import { describeRule } from '../../support/rule-cases';

describeRule('STO005', [
  {
    shows: 'two servers',
    document: 'database: { ▸internal: { size: 5Gi }, external: { host: db.acme.com, password: { env: P } } }',
    says: ['There is database.external too'],
    severity: 'error',
  },
  { shows: 'one', document: 'database: { external: { host: db.acme.com, password: { env: P } } }' },
]);

describeRule('STO008', [
  {
    shows: 'a certificate that nothing can be compared with',
    document: 'database: { external: { host: db.acme.com, password: { env: P } }, sslMode: ▸verify-full }',
    says: ['pg-bouncer knows no certificate authority'],
    severity: 'error',
  },
  {
    shows: 'TLS with a server that serves none',
    document: 'database: { sslMode: ▸require }',
    says: ['The internal server serves no TLS'],
  },
  {
    shows: 'a certificate that can be compared',
    document: `
database:
  external: { host: db.acme.com, password: { env: P } }
  sslMode: verify-ca
  sslCertificateAuthority: |
    -----BEGIN CERTIFICATE-----
    MIIB
    -----END CERTIFICATE-----
`,
  },
  { shows: 'TLS if there is any', document: 'database: { sslMode: prefer }' },
]);

const PROXY = 'cloudSqlProxy: { connectionName: acme:eu:db }';

describeRule('STO019', [
  {
    shows: 'neither host nor password',
    document: 'database: { ▸▸external: {} }',
    says: ['is missing the required key "host"', 'is missing the required key "password"'],
    severity: 'error',
  },
  {
    shows: 'the proxy without a login',
    document: `database: { ▸external: { ${PROXY} } }`,
    says: ['is missing the required key "password"'],
  },
  {
    shows: 'two logins',
    document: `database: { external: { ${PROXY}, user: a@b, ▸password: { env: A }, iamLogin: true } }`,
    says: ['The password is ignored'],
    severity: 'warning',
  },
  { shows: 'host and password', document: 'database: { external: { host: db, password: { env: A } } }' },
  {
    shows: 'the proxy and a password',
    document: `database: { external: { ${PROXY}, password: { env: A } } }`,
  },
  {
    shows: 'a proxy of their own',
    document: 'database: { external: { host: db, user: a@b, iamLogin: true } }',
  },
]);

describeRule('STO020', [
  {
    shows: 'a user that is no identity',
    document: `database: { external: { ${PROXY}, user: ▸postgres, iamLogin: true } }`,
    says: ['Cloud SQL IAM user authentication failed'],
    severity: 'error',
  },
  {
    shows: 'the user that is taken unless there is another',
    document: `database: { external: { ${PROXY}, iamLogin: ▸true } }`,
    says: ['knows no user pachyderm'],
  },
  {
    shows: 'the whole address of a service account',
    document: `database: { external: { host: db, user: ▸pach@acme.iam.gserviceaccount.com, iamLogin: true } }`,
    says: ['knows no user pach@acme.iam.gserviceaccount.com'],
  },
  {
    shows: 'a service account as Cloud SQL names it',
    document: `database: { external: { ${PROXY}, user: pach@acme.iam, iamLogin: true } }`,
  },
  {
    shows: 'a user with a password',
    document: `database: { external: { ${PROXY}, user: postgres, password: { env: A } } }`,
  },
]);

describeRule('STO029', [
  {
    shows: 'names that Google does not give',
    document: `
database:
  external:
    user: pachyderm
    password: { env: DB }
    cloudSqlProxy: { connectionName: ▸PgConnectionName, serviceAccount: ▸proxy }
`,
    severity: 'warning',
    says: ['knows no instance PgConnectionName', 'proxy is not the e-mail address'],
  },
  {
    shows: 'an instance, one of a project with a domain, and an account',
    document: `
database:
  external:
    user: pachyderm
    password: { env: DB }
    cloudSqlProxy:
      connectionName: acme.com:data:europe-west1:pachyderm
      serviceAccount: proxy@data.iam.gserviceaccount.com
`,
  },
]);
