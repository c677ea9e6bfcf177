import { readUrl } from '../../model/url-text';
import { groupsClaimOf } from '../../rules/support/group-names';
import { customOktaServer } from '../../rules/support/provider-issuers';
import { applicationName, CLIENT, forGroups, type Setup, type SetupPlace } from './setup';
import { command, Shell } from './shell';

/** Okta. */
export const oktaSetup: Setup = {
  title: 'Okta',
  application:
    'an application of type OIDC web application with the grant Authorization Code; assigned people',
  groups: (connector) =>
    customServer({ connector }) === undefined
      ? 'a groups claim with a filter, and the scope groups'
      : 'a groups claim with a filter',
  entered: (place) => [
    ['App integration name', applicationName(place)],
    ['Sign-in method', 'OIDC - OpenID Connect'],
    ['Application type', 'Web Application'],
    ['Grant type', 'Authorization Code'],
    ['Sign-in redirect URIs', place.callback],
    ...forGroups(place, [
      'Groups claim',
      `name ${groupsClaimOf(place.connector)}, filter: Matches regex .*`,
    ] as const),
  ],
  steps: (place) => [
    'In the Admin Console: Applications > Applications > Create App Integration',
    'Choose OIDC - OpenID Connect and Web Application, and enter the values above',
    'Assign the groups of people who may log in, on the page itself or later under Assignments; others are refused with "User is not assigned to the client application"',
    ...forGroups(
      place,
      customServer(place) === undefined
        ? 'Sign On > OpenID Connect ID Token > Edit: Groups claim type Filter, and the filter above'
        : `Security > API > Authorization Servers > ${customServer(place)} > Claims > Add Claim: ${groupsClaimOf(place.connector)}, in the ID Token always, value type Groups, and the filter above`,
    ),
    ...ownScopes(place).map(
      (scope) =>
        `Security > API > Authorization Servers > ${customServer(place)} > Scopes > Add Scope: ${scope}, which the connector asks for; the server refuses logins with a scope that it does not have (invalid_scope)`,
    ),
    'General > Client Credentials shows the id and the secret',
  ],
  returned: [
    ...CLIENT,
    { label: 'Okta domain, in the menu at the upper right', field: 'domain' },
    {
      label: 'Issuer: https:// and the Okta domain',
      key: 'issuer',
      isFor: (place) => customServer(place) === undefined,
    },
    {
      label: 'Issuer of the authorization server',
      key: 'issuer',
      isFor: (place) => customServer(place) !== undefined,
    },
    {
      label: 'ID of the authorization server',
      field: 'authorizationServer',
      isFor: (place) => customServer(place) !== undefined,
    },
  ],
  commands: (place) => ({
    about: `The Okta CLI makes the application, and writes id and secret into .okta.env. It has no command for ${place.hasGroups ? 'assignments and the groups claim' : 'assignments'}: do those as above${customServer(place) !== undefined && place.hasGroups ? ', or the claim with curl and an API token in OKTA_API_TOKEN' : ''}.`,
    lines: [
      command('okta', 'login'),
      command(
        ...['okta', 'apps', 'create', 'web'],
        `--app-name=${applicationName(place)}`,
        `--redirect-uri=${place.callback}`,
      ),
      ...forGroups(place, ...claimCommand(place)),
    ],
  }),
};

/** Id of the custom authorization server that issues the tokens. */
function customServer({ connector }: Pick<SetupPlace, 'connector'>): string | undefined {
  return customOktaServer(readUrl(connector.text('issuer') ?? ''));
}

/** Scopes that every authorization server has: https://developer.okta.com/docs/api/oauth2/. */
const RESERVED = new Set(['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'device_sso']);

/** Scopes that a custom authorization server has only when someone adds them. */
function ownScopes(place: SetupPlace): readonly string[] {
  return customServer(place) === undefined
    ? []
    : place.connector.scopes().filter((scope) => !RESERVED.has(scope));
}

function claimCommand(place: SetupPlace): string[] {
  const server = customServer(place);
  if (server === undefined) return [];
  const { origin } = readUrl(place.connector.text('issuer') ?? '');
  return [
    command(
      ...['curl', '--fail', '--request', 'POST'],
      `${origin}/api/v1/authorizationServers/${server}/claims`,
      '--header',
      new Shell('"Authorization: SSWS $OKTA_API_TOKEN"'),
      ...['--json', JSON.stringify({ name: groupsClaimOf(place.connector), ...GROUPS_CLAIM })],
    ),
  ];
}

/** The claim as Okta's API takes it. */
const GROUPS_CLAIM = {
  status: 'ACTIVE',
  claimType: 'IDENTITY',
  valueType: 'GROUPS',
  group_filter_type: 'REGEX',
  value: '.*',
  alwaysIncludeInToken: true,
  conditions: { scopes: [] },
};
