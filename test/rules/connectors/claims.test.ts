import { describeRule } from '../../support/rule-cases';
import { PUBLIC, oidc, withConnectors } from './documents';

describeRule('DEX006', [
  {
    shows: 'a claim without the switch',
    document: withConnectors(PUBLIC, oidc('{ claimMapping: { groups: ▸roles } }')),
    says: ['Dex drops the groups of "sso" silently'],
    severity: 'error',
  },
  {
    shows: 'the switch',
    document: withConnectors(PUBLIC, oidc('{ insecureEnableGroups: true, claimMapping: { groups: roles } }')),
  },
  { shows: 'no claim', document: withConnectors(PUBLIC, oidc('{ claimMapping: { email: upn } }')) },
]);

describeRule('DEX007', [
  {
    shows: 'no claim for the groups',
    document: withConnectors(PUBLIC, oidc('{ issuer: https://a.auth0.com/, insecureEnableGroups: ▸true }')),
    says: ['Auth0 sends no claim called groups'],
    severity: 'warning',
  },
  {
    shows: 'claims that Auth0 drops',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://a.auth0.com/, insecureEnableGroups: true, claimMapping: { groups: ▸roles } }'),
      oidc(
        '{ issuer: https://a.auth0.com/, insecureEnableGroups: true, claimMapping: { groups: ▸https://a.auth0.com/g } }',
      ),
    ),
    says: ['lets no action set the claim roles', 'lets no action set the claim https://a.auth0.com/g'],
    severity: 'error',
  },
  {
    shows: 'a claim of its own, and other providers',
    document: withConnectors(
      PUBLIC,
      oidc(
        '{ issuer: https://a.auth0.com/, insecureEnableGroups: true, claimMapping: { groups: https://acme.com/g } }',
      ),
      oidc('{ issuer: https://a.okta.com, insecureEnableGroups: true }'),
      oidc('{ issuer: https://a.auth0.com/ }'),
    ),
  },
]);

describeRule('DEX008', [
  {
    shows: 'a mapping that is never used',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://accounts.google.com, claimMapping: { email: ▸upn } }'),
    ),
    says: ['Google sends the claim email, so upn is never read'],
    severity: 'warning',
  },
  {
    shows: 'the same at a release that has no way out',
    document: withConnectors(
      `release: 2.3.9\n${PUBLIC}`,
      oidc('{ issuer: https://accounts.google.com, claimMapping: { email: ▸upn } }'),
    ),
    says: ['so upn is never read'],
  },
  {
    shows: 'one that wins, one of a provider that may send nothing',
    document: withConnectors(
      PUBLIC,
      oidc(
        '{ issuer: https://accounts.google.com, overrideClaimMapping: true, claimMapping: { email: upn } }',
      ),
      oidc('{ issuer: https://login.microsoftonline.com/acme/v2.0, claimMapping: { email: upn } }'),
    ),
  },
]);

describeRule('DEX009', [
  {
    shows: 'a provider that does not say it',
    document: withConnectors(PUBLIC, oidc('{ issuer: ▸https://login.microsoftonline.com/acme/v2.0 }')),
    says: ['missing "email_verified" claim'],
    severity: 'warning',
  },
  {
    shows: 'a decision, and providers that say it',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://acme.okta.com, insecureSkipEmailVerified: false }'),
      oidc('{ issuer: https://acme.okta.com, insecureSkipEmailVerified: true }'),
      oidc('{ issuer: https://a.auth0.com/ }'),
    ),
  },
]);

describeRule('DEX010', [
  {
    shows: 'users without a mailbox',
    document: withConnectors(PUBLIC, oidc('{ issuer: ▸https://login.microsoftonline.com/acme/v2.0 }')),
    says: ['missing email claim, not found "email" key'],
    severity: 'error',
  },
  {
    shows: 'the other claim',
    document: withConnectors(
      PUBLIC,
      oidc(
        '{ issuer: https://login.microsoftonline.com/acme/v2.0, claimMapping: { email: preferred_username } }',
      ),
      oidc('{ issuer: https://login.microsoftonline.com/acme/v2.0, claimMapping: { email: email } }'),
      oidc('{ issuer: https://acme.okta.com }'),
    ),
  },
]);

describeRule('DEX011', [
  {
    shows: 'scopes without the default ones',
    document: withConnectors(PUBLIC, oidc('{ scopes: ▸▸[groups] }')),
    says: ['all of them are one user in Pachyderm, user:', 'missing "name" claim'],
  },
  {
    shows: 'google, which has no name to miss',
    document: withConnectors(PUBLIC, '{ type: google, id: a, config: { scopes: ▸[profile] } }'),
    says: ['all of them are one user in Pachyderm, user:'],
    severity: 'error',
  },
  {
    shows: "a Dex of one's own, whose client is pachd all the same",
    document: `${withConnectors(PUBLIC, oidc('{ scopes: ▸[profile] }'))}\n  dex: standalone`,
    says: ['all of them are one user in Pachyderm, user:'],
    severity: 'error',
  },
  {
    shows: 'other sources for both',
    document: withConnectors(
      PUBLIC,
      oidc('{ scopes: [groups], claimMapping: { email: upn }, userNameKey: upn }'),
    ),
  },
  {
    shows: 'scopes with them, and none',
    document: withConnectors(
      PUBLIC,
      oidc('{ scopes: [email, profile, groups] }'),
      oidc("{ scopes: ['profile email groups'] }"),
      oidc('{ scopes: [] }'),
      oidc('{ scopes: email }'),
    ),
  },
]);

describeRule('DEX029', [
  {
    shows: 'what providers have switched off',
    document: withConnectors(
      PUBLIC,
      '{ type: ▸linkedin, id: a }',
      '{ type: bitbucket-cloud, id: b, config: { ▸includeTeamGroups: true } }',
    ),
    says: ['unauthorized_scope_error', 'Bitbucket has removed the interface'],
    severity: 'warning',
  },
  {
    shows: 'what they have not',
    document: withConnectors(PUBLIC, '{ type: bitbucket-cloud, id: b, config: { teams: [a] } }'),
  },
]);

describeRule('DEX031', [
  {
    shows: 'connectors whose addresses never count as verified',
    document: withConnectors(
      `${PUBLIC}\nauth: { requireVerifiedEmail: true }`,
      '{ type: ▸openshift, id: a }',
      '{ type: ▸oauth, id: b }',
      '{ type: oauth, id: c, config: { claimMapping: { emailVerifiedKey: verified } } }',
      '{ type: github, id: d }',
    ),
    says: ['no one can log in through "a"', 'Unless the provider sends email_verified'],
  },
  { shows: 'a pachd that does not mind', document: withConnectors(PUBLIC, '{ type: openshift, id: a }') },
]);

describeRule('PCH101', [
  {
    shows: 'a provider where people may choose their address',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://id.acme.com/application/o/a/, insecureSkipEmailVerified: ▸true }'),
    ),
    says: ['everyone who logs in through "sso" can be anyone'],
    severity: 'warning',
  },
  {
    shows: 'a demand that it undoes',
    document: withConnectors(
      'profile: dev\nauth: { requireVerifiedEmail: true }',
      oidc('{ issuer: https://acme.okta.com, insecureSkipEmailVerified: ▸true }'),
    ),
    says: ['auth.requireVerifiedEmail demands verified addresses'],
  },
  {
    shows: 'Keycloak, which says of every address whether it is verified',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://id.acme.com/realms/a, insecureSkipEmailVerified: true }'),
      oidc('{ issuer: https://id.acme.com/auth/realms/a, insecureSkipEmailVerified: true }'),
    ),
  },
  {
    shows: 'providers that are known, and profile dev',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://acme.okta.com, insecureSkipEmailVerified: true }'),
      oidc('{ issuer: https://login.microsoftonline.com/t, insecureSkipEmailVerified: true }'),
      oidc('{ issuer: https://acme.ciamlogin.com/acme.com/v2.0, insecureSkipEmailVerified: true }'),
    ),
  },
  {
    shows: 'profile dev',
    document: withConnectors(
      'profile: dev',
      oidc('{ issuer: https://id.acme.com, insecureSkipEmailVerified: true }'),
    ),
  },
]);

const B2C = 'https://acme.b2clogin.com/tfp/0b0e9d3e-1111-2222-3333-444455556666/b2c_1_signin/v2.0/';

describeRule('DEX010', [
  {
    shows: 'addresses that are a list',
    document: withConnectors(
      PUBLIC,
      `{ type: oidc, id: a, config: { issuer: ▸${B2C} } }`,
      `{ type: oidc, id: b, config: { issuer: ${B2C}, claimMapping: { email: ▸emails } } }`,
    ),
    says: ['not found "email" key', 'not found "emails" key'],
  },
  {
    shows: 'an address of a policy of one’s own',
    document: withConnectors(
      PUBLIC,
      `{ type: oidc, id: a, config: { issuer: ${B2C}, claimMapping: { email: email } } }`,
    ),
  },
]);
