import { describeRule, type RuleCase } from '../../support/rule-cases';
import { PUBLIC, oidc, withConnectors } from './documents';

describeRule('DEX016', [
  {
    shows: 'references to variables',
    document: withConnectors(
      'profile: dev',
      oidc('{ issuer: ▸$ISSUER, clientSecret: ▸"${DEX_SECRET}", scopes: [email, ▸$SCOPE] }'),
    ),
    says: ['issuer literally', 'clientSecret literally', 'scopes[1] literally'],
    severity: 'error',
  },
  {
    shows: 'references in parts of strings',
    document: withConnectors(
      'profile: dev',
      oidc('{ issuer: ▸"https://${HOST}/", clientID: ▸"${ID}x", clientSecret: ▸$FOO-bar }'),
    ),
    says: ['issuer literally', 'clientID literally', 'clientSecret literally'],
  },
  {
    shows: "a Dex of one's own, of which DEX307 speaks",
    document: `${withConnectors('profile: dev', oidc('{ clientSecret: $SECRET }'))}\n  dex: standalone`,
  },
  {
    shows: 'strings with a $ in them',
    document: withConnectors(
      'profile: dev',
      oidc('{ clientSecret: "pa$$word", clientID: "$5" }'),
      oidc('{ clientSecret: Winter$A1 }'),
    ),
  },
]);

describeRule('DEX025', [
  {
    shows: 'a name for one login',
    document: withConnectors(
      PUBLIC,
      '{ type: saml, id: a, config: { nameIDPolicyFormat: ▸transient } }',
      '{ type: saml, id: b, config: { nameIDPolicyFormat: ▸urn:oasis:names:tc:SAML:2.0:nameid-format:transient } }',
    ),
    says: ['Dex takes it for another user each time'],
    severity: 'warning',
  },
  {
    shows: 'a lasting one',
    document: withConnectors(PUBLIC, '{ type: saml, id: a, config: { nameIDPolicyFormat: emailAddress } }'),
  },
]);

describeRule('PCH012', [
  {
    shows: 'no time at all',
    document: 'identity: { idTokenExpiry: ▸0s }',
    says: ['ID tokens are valid for 24h'],
    severity: 'warning',
  },
  {
    shows: 'no time, which is no limit',
    document: 'identity: { rotationTokenExpiry: ▸0h0m }',
    says: ['a refresh token never expires'],
    severity: 'warning',
  },
  ...['1us', '1µs', '100ns', '999ms', '0.5s'].map((duration): RuleCase => ({
    shows: `an ID token of ${duration}`,
    document: `identity: { idTokenExpiry: ▸${duration} }`,
    says: ['authorization failed (OIDC state token: …)'],
    severity: 'error',
  })),
  { shows: 'an ID token of a second', document: 'identity: { idTokenExpiry: 1s }' },
  { shows: 'a second in thousandths', document: 'identity: { idTokenExpiry: 1000ms }' },
  { shows: 'a short refresh token', document: 'identity: { rotationTokenExpiry: 1us }' },
  {
    shows: 'more than Go can count',
    document: 'identity: { rotationTokenExpiry: ▸9999999h }',
    says: ['time: invalid duration "9999999h"'],
    severity: 'error',
  },
  { shows: 'usual durations', document: 'identity: { idTokenExpiry: 1h30m, rotationTokenExpiry: 720h }' },
]);

describeRule('PCH110', [
  {
    shows: 'secrets of connectors and of a database elsewhere',
    document: `${withConnectors(
      PUBLIC,
      '{ type: ldap, id: a, config: { bindPW: ▸{ generate: {} } } }',
      oidc('{ clientSecret: ▸{ generate: { length: 20 } } }'),
    )}
  dex: standalone
dex: { storage: { postgres: { host: db2.acme.com, user: dex, password: ▸{ generate: { length: 20 } } } } }`,
    says: [
      'identity.connectors[0].config.bindPW is generated for this cluster',
      'clientSecret',
      'dex.storage.postgres.password',
    ],
    severity: 'warning',
  },
  {
    shows: 'secrets that the other side has, and those of this cluster',
    document: `${withConnectors(
      PUBLIC,
      '{ type: ldap, id: a, config: { bindPW: { env: LDAP } } }',
      '{ type: mockPassword, id: m, config: { username: a, password: { generate: {} } } }',
      oidc('{ clientID: a }'),
    )}
auth: { rootToken: { generate: {} } }
database: { internal: { password: { generate: {} } } }`,
  },
]);
