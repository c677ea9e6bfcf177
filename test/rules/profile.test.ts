import { describeRule } from '../support/rule-cases';
import { diagnosticsOf } from '../support/check-document';
import { isWellKnownPassword, WELL_KNOWN_PASSWORDS } from '../../src/rules/profile/well-known-passwords';

describeRule('PRO001', [
  {
    shows: 'mock logins in production',
    document: `
identity:
  connectors:
    - { type: ▸mockPassword, id: test, config: { username: admin, password: { env: P } } }
    - { type: ▸mockCallback, id: open }
`,
    says: ['The connector "test" is a mock', 'The connector "open" is a mock'],
    severity: 'error',
  },
  {
    shows: 'profile dev',
    document: 'profile: dev\nidentity: { connectors: [{ type: mockCallback, id: open }] }',
  },
]);

describeRule('PRO002', [
  {
    shows: 'secrets of all kinds as plain text',
    document: `
auth: { rootToken: ▸not-to-be-shown, clientSecret: { env: SECRET } }
console: { clientSecret: ▸"not-to-be-shown" }
identity:
  connectors:
    - { type: oidc, id: a, config: { clientsecret: ▸not-to-be-shown } }
    - { type: ldap, id: b, config: { bindPW: ▸not-to-be-shown } }
    - { type: unheard-of, id: c, config: { clientSecret: not-to-be-shown } }
  clients:
    - { id: app, secret: ▸not-to-be-shown, redirectURIs: [https://a.acme.com] }
storage:
  s3: { bucket: data, credentials: { id: ▸not-to-be-shown, secret: { file: s3.txt } } }
`,
    says: [
      'auth.rootToken is in the document as plain text',
      'console.clientSecret is',
      'identity.connectors[0].config.clientsecret is',
      'identity.connectors[1].config.bindPW is',
      'identity.clients[0].secret is',
      'storage.s3.credentials.id is',
    ],
    severity: 'error',
  },
  {
    shows: 'profile dev',
    document: 'profile: dev\nauth: { rootToken: not-to-be-shown }',
  },
  {
    shows: 'secrets in other forms',
    document: `
auth: { rootToken: { generate: {} }, clientSecret: { existing: { name: a, key: b } } }
console: { clientSecret: { file: console.txt } }
`,
  },
]);

test.each([
  ['embedded', '', ['DEX016']],
  ['standalone', 'dex: { version: 2.45.1 }', ['DEX307', 'PRO002']],
])('the name of a variable as a secret, with identity.dex: %s', (dex, section, codes) => {
  const text = `
apiVersion: pachkit/v1
release: 2.11.6
${section}
identity:
  dex: ${dex}
  connectors: [{ type: oidc, id: a, config: { issuer: https://id.acme.com, clientID: a, clientSecret: $SSO } }]
`;
  const found = diagnosticsOf(text).filter(({ path }) => path.endsWith('/clientSecret'));
  expect(found.map(({ code }) => code).sort()).toEqual(codes);
});

test.each([
  ['./license.txt', 'write { file: PATH }, with the path relative to the document'],
  ['/run/secrets/license.key', 'write { file: PATH }, with the path relative to the document'],
  [
    '$UMMER2026',
    'write { env: NAME } with the name of the variable: nothing expands variables in a document',
  ],
  [
    '"${LICENSE}"',
    'write { env: NAME } with the name of the variable: nothing expands variables in a document',
  ],
])('%s in the place of a secret is one finding in each profile, and is not said', (value, hint) => {
  const text = (profile: string): string =>
    `apiVersion: pachkit/v1\nrelease: 2.11.6\nprofile: ${profile}\nauth: { rootToken: ${value} }\n`;
  for (const [profile, severity] of [
    ['production', 'error'],
    ['dev', 'warning'],
  ] as const) {
    const found = diagnosticsOf(text(profile)).filter(({ path }) => path === '/auth/rootToken');
    expect(found).toEqual([expect.objectContaining({ code: 'PRO002', severity, hint })]);
    expect(found[0]?.message).not.toContain(value.replace(/\W/g, ''));
  }
});

test('a license key that is the path of a file is not an invalid one as well', () =>
  expect(
    diagnosticsOf('apiVersion: pachkit/v1\nrelease: 2.11.6\nenterprise: { licenseKey: ./license.txt }\n')
      .filter(({ path }) => path === '/enterprise/licenseKey')
      .map(({ code }) => code),
  ).toEqual(['PRO002']));

test('PRO002 never shows a secret', () => {
  const text = `
apiVersion: pachkit/v1
release: 2.11.6
auth: { rootToken: hunter2hunter2 }
enterprise: { licenseKey: hunter2hunter2, secret: hunter2hunter2 }
database: { internal: { password: hunter2hunter2 } }
identity: { connectors: [{ type: keystone, id: a, config: { keystonePassword: hunter2hunter2 } }] }
`;
  const found = diagnosticsOf(text);
  expect(found.filter(({ code }) => code === 'PRO002')).toHaveLength(5);
  for (const { message, hint, fix } of found)
    expect(JSON.stringify([message, hint, fix])).not.toContain('hunter2');
});

describeRule('PRO003', [
  {
    shows: 'a seed in production',
    document: 'secrets: { ▸seed: quickstart }',
    says: ['anyone who reads the document has the root token'],
    severity: 'error',
  },
  { shows: 'profile dev', document: 'profile: dev\nsecrets: { seed: quickstart }' },
  { shows: 'no seed', document: 'secrets: {}' },
]);

describeRule('PRO004', [
  {
    shows: 'no authentication in production',
    document: 'auth: { enabled: ▸false }',
    says: ['No one has to log in'],
    severity: 'error',
  },
  { shows: 'profile dev', document: 'profile: dev\nauth: { enabled: false }' },
  { shows: 'authentication', document: 'auth: { enabled: true }' },
]);

describeRule('PRO005', [
  {
    shows: 'default passwords of a cluster that others reach',
    document: `
profile: dev
access: { via: proxy, host: pach.acme.com }
database: { internal: { password: ▸insecure-user-password, rootPassword: ▸Postgres } }
`,
    says: ['database.internal.password is a password', 'database.internal.rootPassword is a password'],
    severity: 'warning',
  },
  {
    shows: 'a cluster on localhost',
    document: 'profile: dev\ndatabase: { internal: { password: insecure-user-password } }',
  },
  {
    shows: 'a password of its own, and tokens that are no passwords of the database',
    document: `
profile: dev
access: { via: proxy, host: pach.acme.com }
auth: { rootToken: pachyderm }
database: { external: { host: db, password: correct-horse-battery } }
`,
  },
]);

test('well-known passwords are known in any case', () => {
  expect(WELL_KNOWN_PASSWORDS).toEqual(
    expect.arrayContaining([
      'insecure-user-password',
      'insecure-root-password',
      'pachyderm',
      'postgres',
      'password',
    ]),
  );
  for (const password of WELL_KNOWN_PASSWORDS) expect(isWellKnownPassword(password.toUpperCase())).toBe(true);
  expect(isWellKnownPassword('insecure-user-password ')).toBe(false);
  expect(isWellKnownPassword('')).toBe(false);
});

describeRule('PRO006', [
  {
    shows: 'people to try things with in production',
    document: 'dev: { ▸users: [{ email: ada@acme.com }] }',
    says: ['Anyone who has the passwords of these people gets in'],
    severity: 'error',
  },
  { shows: 'profile dev', document: 'profile: dev\ndev: { users: [{ email: ada@acme.com }] }' },
  { shows: 'no one', document: 'dev: { users: [] }' },
]);

describeRule('PRO007', [
  {
    shows: 'an address twice, and a password that only the cluster knows',
    document: `
profile: dev
dev:
  users:
    - { email: ada@acme.com }
    - { email: grace@acme.com, password: ▸{ existing: { name: grace, key: password } } }
    - { email: ▸ada@acme.com, password: { env: ADA } }
`,
    says: ['The password of grace@acme.com is in a Secret', 'ada@acme.com is there already (dev.users[0])'],
    severity: 'error',
  },
  {
    shows: 'no logins',
    document: 'profile: dev\nauth: { enabled: false }\ndev: { ▸users: [{ email: ada@acme.com }] }',
    says: ['Authentication is switched off'],
  },
  {
    shows: 'logins elsewhere',
    document: `
release: 2.11.6
profile: dev
enterprise:
  member: { serverAddress: grpc://e.acme.com, serverToken: { env: T }, callbackAddress: grpc://pachd:30650 }
dev: { ▸users: [{ email: ada@acme.com }] }
`,
    says: ['The enterprise server has the logins'],
  },
  {
    shows: 'two people, one with a password of their own',
    document:
      'profile: dev\ndev: { users: [{ email: a@acme.com }, { email: b@acme.com, password: engine }] }',
  },
]);
