import type { JsonValue } from '../../../src/document/source-node';
import { derivedConfig } from './derived';
import type { Said } from './provider';

/** A connector with some settings, and what its provider says of the one person. */
export interface SetUp extends Said {
  readonly id: string;
  readonly type: 'oidc' | 'oauth';
  readonly config: Readonly<Record<string, JsonValue>>;
}

const UNSAID = { name: 'Ada Lovelace', email: 'Ada@Acme.com' };
const ADA = { ...UNSAID, email_verified: true };
const ADDRESSLESS = { name: 'Ada Lovelace', email_verified: true };
const GROUPS = ['data-science', 'Admins'];
const on = { insecureEnableGroups: true };

/** Settings that a provider by name becomes, for a provider at another place. */
function named(words: string): SetUp['config'] {
  const config = derivedConfig(`${words}, clientID: dex, clientSecret: secret`);
  return Object.fromEntries(Object.entries(config).filter(([key]) => key !== 'issuer'));
}

const KEYCLOAK = 'provider: keycloak, url: "https://id.acme.com", realm: acme';
const ENTRA_ID = '0b0e9d3e-1111-2222-3333-444455556666';

/** Set-ups of connectors that answer to claims, one difference each. */
export const SET_UPS: readonly SetUp[] = [
  oidc('plain', {}, ADA),
  oidc('without-groups', {}, { ...ADA, groups: GROUPS }),
  oidc('groups', on, { ...ADA, groups: GROUPS }),
  oidc('one-group', on, { ...ADA, groups: 'data-science' }),
  oidc('object-groups', on, { ...ADA, groups: [{ name: 'data-science' }] }),
  oidc('numbers-as-groups', on, { ...ADA, groups: [1] }),
  oidc('object-ids', on, { ...ADA, groups: ['0b0e9d3e-1111-2222-3333-444455556666'] }),
  oidc('paths', on, { ...ADA, groups: ['/data/science'] }),
  oidc(
    'cognito',
    { ...on, claimMapping: { groups: 'cognito:groups' } },
    { ...ADA, 'cognito:groups': GROUPS },
  ),
  oidc('cognito-unmapped', on, { ...ADA, 'cognito:groups': GROUPS }),
  oidc(
    'namespaced',
    { ...on, claimMapping: { groups: 'https://acme.com/groups' } },
    { ...ADA, 'https://acme.com/groups': GROUPS },
  ),
  oidc(
    'mapped-beside',
    { ...on, claimMapping: { groups: 'roles' } },
    { ...ADA, groups: GROUPS, roles: ['a'] },
  ),
  oidc(
    'overridden',
    { ...on, overrideClaimMapping: true, claimMapping: { groups: 'roles' } },
    { ...ADA, groups: GROUPS, roles: ['a'] },
  ),
  oidc('no-email', {}, ADDRESSLESS),
  oidc('mapped-email', { claimMapping: { email: 'upn' } }, { ...ADDRESSLESS, upn: 'ada@corp.acme.com' }),
  oidc('mapped-email-beside', { claimMapping: { email: 'upn' } }, { ...ADA, upn: 'ada@corp.acme.com' }),
  oidc(
    'overridden-email',
    { overrideClaimMapping: true, claimMapping: { email: 'upn' } },
    { ...ADA, upn: 'ada@corp.acme.com' },
  ),
  oidc('unsaid-verification', {}, UNSAID),
  oidc('skipped-verification', { insecureSkipEmailVerified: true }, UNSAID),
  oidc('denied-verification', { insecureSkipEmailVerified: true }, { ...ADA, email_verified: false }),
  oidc('verification-as-text', {}, { ...UNSAID, email_verified: 'true' }),
  oidc('no-name', {}, { email: 'ada@acme.com', email_verified: true }),
  oidc('other-name', { userNameKey: 'nick' }, { email: 'ada@acme.com', email_verified: true, nick: 'ada' }),
  oidc('number-as-name', { userNameKey: 'nick' }, { ...ADA, nick: 7 }),
  oidc('user-id', { userIDKey: 'oid' }, { ...ADA, oid: 'x' }),
  oidc('no-user-id', { userIDKey: 'oid' }, ADA),
  oidc('thin-token', on, { ...ADA }, { groups: GROUPS }),
  oidc('userinfo', { ...on, getUserInfo: true }, { ...ADA }, { groups: GROUPS, email: 'ada@userinfo.com' }),
  oidc('allowed', { ...on, allowedGroups: ['Admins'] }, { ...ADA, groups: GROUPS }),
  oidc('not-allowed', { ...on, allowedGroups: ['admins'] }, { ...ADA, groups: GROUPS }),
  oidc('allowed-without-groups', { allowedGroups: ['Admins'] }, { ...ADA, groups: GROUPS }),
  oidc(
    'joined',
    {
      ...on,
      claimModifications: {
        newGroupFromClaims: [
          { claims: ['org', 'team'], delimiter: '-', prefix: 'acme' },
          { claims: ['org', 'missing'], delimiter: ':', clearDelimiter: true },
          { claims: ['missing'], delimiter: ':' },
        ],
      },
    },
    { ...ADA, groups: ['a'], org: 'r:d', team: 'one' },
  ),
  oidc(
    'filtered',
    { ...on, claimModifications: { filterGroupClaims: { groupsFilter: '^(?i)data' } } },
    { ...ADA, groups: GROUPS },
  ),
  // Providers by their names, with tokens as they send them.
  oidc('okta', named('provider: okta, domain: acme.okta.com'), UNSAID, { ...UNSAID, groups: GROUPS }),
  oidc(
    'okta-custom-server',
    named('provider: okta, domain: login.acme.com, authorizationServer: default'),
    { ...UNSAID, groups: GROUPS },
    { ...UNSAID },
  ),
  oidc('okta-without-groups', named('provider: okta, domain: acme.okta.com, groups: false'), UNSAID, {
    ...UNSAID,
    groups: GROUPS,
  }),
  oidc('keycloak', named(KEYCLOAK), { ...ADA, groups: ['/data', '/data/science'] }),
  oidc('keycloak-unverified', named(KEYCLOAK), { ...ADA, email_verified: false }),
  oidc('keycloak-nameless', named(KEYCLOAK), { email: 'ada@acme.com', email_verified: true }),
  oidc('provider-cognito', named('provider: cognito, userPoolID: eu-central-1_a'), {
    ...UNSAID,
    'cognito:groups': GROUPS,
    'cognito:username': 'ada',
  }),
  oidc('provider-cognito-without-name', named('provider: cognito, userPoolID: eu-central-1_a'), {
    email: 'ada@acme.com',
    'cognito:username': 'ada',
  }),
  oidc('authentik', named('provider: authentik, host: id.acme.com, application: pach'), {
    ...ADA,
    groups: ['authentik Admins', 'data'],
  }),
  oidc('auth0', named('provider: auth0, domain: login.acme.com, groupsClaim: "https://acme.com/groups"'), {
    ...ADA,
    'https://acme.com/groups': GROUPS,
  }),
  oidc('auth0-without-claim', named('provider: auth0, domain: login.acme.com'), { ...ADA, groups: GROUPS }),
  // Entra ID through oidc: object ids, no email_verified, an address in another claim, and too many groups.
  ...(
    [
      ['entra', { ...UNSAID, groups: [ENTRA_ID] }],
      ['entra-without-mailbox', { name: 'Ada', preferred_username: 'Ada@acme.com', groups: [ENTRA_ID] }],
      [
        'entra-overage',
        {
          ...UNSAID,
          _claim_names: { groups: 'src1' },
          _claim_sources: { src1: { endpoint: 'https://graph.microsoft.com' } },
        },
      ],
    ] as const
  ).map(([id, token]) =>
    oidc(
      id,
      { ...on, insecureSkipEmailVerified: true, claimMapping: { email: 'preferred_username' } },
      token,
    ),
  ),
  oauth(
    'oauth',
    {},
    { id: 'x', user_name: 'ada', email: 'Ada@acme.com', email_verified: true, groups: GROUPS },
  ),
  oauth('oauth-unverified', {}, { id: 7, user_name: 'ada', email: 'ada@acme.com' }),
  oauth('oauth-without-id', {}, { user_name: 'ada', email: 'ada@acme.com' }),
  oauth(
    'oauth-mapped',
    { userIDKey: 'uid', claimMapping: { emailKey: 'mail', groupsKey: 'roles', emailVerifiedKey: 'ok' } },
    { uid: 'x', mail: 'ada@acme.com', roles: ['a', { name: 'b' }, 3], ok: true },
  ),
];

function oidc(
  id: string,
  config: SetUp['config'],
  token: Said['token'] & object,
  userinfo?: Said['userinfo'] & object,
): SetUp {
  return { id, type: 'oidc', config, token, ...(userinfo === undefined ? {} : { userinfo }) };
}

function oauth(id: string, config: SetUp['config'], userinfo: Said['userinfo'] & object): SetUp {
  return { id, type: 'oauth', config, userinfo };
}
