import { applicationName, forGroups, type Setup, type SetupCommands, type SetupPlace } from './setup';
import { assigned, command, variable } from './shell';

/** Microsoft Graph, and permissions of it, as all directories know them: https://learn.microsoft.com/graph/permissions-reference. */
const GRAPH = '00000003-0000-0000-c000-000000000000';
const PERMISSIONS = {
  'User.Read': 'e1fe6dd8-ba31-4d61-89e7-88639da4683d',
  'Directory.Read.All': '06da0dbc-49e2-44d2-8312-53f166ab848a',
  openid: '37f7f235-527c-4136-accd-4a02d197296e',
  profile: '14dad69e-099b-42c9-810b-d002981feec1',
  email: '64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0',
} as const;

type Permission = keyof typeof PERMISSIONS;

const OWN_DIRECTORY = ['AzureADMyOrg', 'this organizational directory only'] as const;

/** Who may log in at the endpoint of a tenant that is no directory: an application of one directory is refused there (AADSTS50194). */
const AUDIENCES: Readonly<Record<string, readonly [audience: string, label: string]>> = {
  common: [
    'AzureADandPersonalMicrosoftAccount',
    'any organizational directory, and personal Microsoft accounts',
  ],
  organizations: ['AzureADMultipleOrgs', 'any organizational directory'],
  consumers: ['PersonalMicrosoftAccount', 'personal Microsoft accounts only'],
};

/** Without a tenant too, one directory: the document gets its id from the page. */
function audienceOf({ connector }: SetupPlace): readonly [audience: string, label: string] {
  return AUDIENCES[connector.text('tenant') ?? ''] ?? OWN_DIRECTORY;
}

const registeredAt = (place: SetupPlace): readonly string[] => [
  'In the Entra admin center: Identity > Applications > App registrations > New registration',
  `Supported account types: accounts in ${audienceOf(place)[1]}`,
  'Redirect URI: platform Web, with the URL above; the platforms for single-page and native applications refuse a client secret',
];
const SECRET =
  'Certificates & secrets > New client secret: copy its Value, not its Secret ID; it is shown once, and it expires';

/** Entra ID through Dex's connector `microsoft`, which asks Microsoft Graph. */
export const microsoftSetup: Setup = {
  title: 'Microsoft Entra ID',
  application: 'a platform of type Web; the delegated permission User.Read',
  groups: () => 'the delegated permission Directory.Read.All, with consent of an administrator',
  entered: (place) => [
    ...registered(place),
    ['API permissions', graphPermissions(place).join(', ')],
    ...forGroups(place, ['Admin consent', 'granted, for Directory.Read.All'] as const),
  ],
  steps: (place) => [
    ...registeredAt(place),
    `API permissions > Add a permission > Microsoft Graph > Delegated permissions: ${graphPermissions(place).join(' and ')}`,
    ...forGroups(
      place,
      'Grant admin consent, on the same page: without it Graph refuses the groups, and every login fails',
    ),
    SECRET,
  ],
  returned: [
    {
      label: 'Directory (tenant) ID',
      key: 'tenant',
      isFor: (place) => audienceOf(place) === OWN_DIRECTORY,
    },
    { label: 'Application (client) ID', key: 'clientID' },
    { label: 'Value of the client secret', key: 'clientSecret' },
  ],
  commands: (place) => registration(place, graphPermissions(place), []),
  lookAtGroups: ({ connector }) =>
    memberGroups(
      connector.isOn('onlySecurityGroups'),
      connector.text('groupNameFormat') === 'id' ? '' : ', whose names Dex asks Graph for',
    ),
};

/** Entra ID through Dex's connector `oidc`: groups are object ids in the ID token. */
export const entraSetup: Setup = {
  title: 'Microsoft Entra ID',
  application: 'a platform of type Web; delegated permissions openid, profile and email',
  groups: () => 'a groups claim in the token configuration of the application',
  entered: (place) => [
    ...registered(place),
    ['API permissions', OPENID.join(', ')],
    ...forGroups(place, ['Groups claim', 'security groups, in the ID token, as Group ID'] as const),
    ['Optional claims', 'email, in the ID token'],
  ],
  steps: (place) => [
    ...registeredAt(place),
    'API permissions > Add a permission > Microsoft Graph > Delegated permissions: openid, profile and email',
    'Token configuration > Add optional claim > ID: email',
    ...forGroups(
      place,
      'Token configuration > Add groups claim: security groups; for ID choose Group ID. People in more than 200 groups come without any: choose groups assigned to the application then',
    ),
    SECRET,
  ],
  returned: [
    { label: 'Directory (tenant) ID, as https://login.microsoftonline.com/ID/v2.0', key: 'issuer' },
    { label: 'Application (client) ID', key: 'clientID' },
    { label: 'Value of the client secret', key: 'clientSecret' },
  ],
  commands: (place) =>
    registration(place, OPENID, [
      command('az', 'ad', 'app', 'update', '--id', APPLICATION, '--optional-claims', optionalClaims(place)),
      ...forGroups(
        place,
        command(
          'az',
          'ad',
          'app',
          'update',
          '--id',
          APPLICATION,
          '--set',
          'groupMembershipClaims=SecurityGroup',
        ),
      ),
    ]),
  lookAtGroups: () => memberGroups(true, ''),
};

function memberGroups(securityEnabledOnly: boolean, more: string): SetupCommands {
  return {
    about: `Shows the object ids of the groups of the account that is logged in with az${more}.`,
    lines: [
      command(
        ...['az', 'rest', '--method', 'post', '--url', 'https://graph.microsoft.com/v1.0/me/getMemberGroups'],
        ...['--body', JSON.stringify({ securityEnabledOnly }), '--query', 'value'],
      ),
    ],
  };
}

const OPENID: readonly Permission[] = ['openid', 'profile', 'email'];
const APPLICATION = variable('APP_ID');

function optionalClaims(place: SetupPlace): string {
  return JSON.stringify({
    idToken: ['email', ...forGroups(place, 'groups')].map((name) => ({ name, essential: false })),
  });
}

function registered(place: SetupPlace): (readonly [string, string])[] {
  return [
    ['Name', applicationName(place)],
    ['Supported account types', audienceOf(place)[1]],
    ['Redirect URI', `${place.callback} (platform Web)`],
  ];
}

function graphPermissions({ hasGroups }: SetupPlace): readonly Permission[] {
  return hasGroups ? ['User.Read', 'Directory.Read.All'] : ['User.Read'];
}

function registration(
  place: SetupPlace,
  permissions: readonly Permission[],
  more: readonly string[],
): SetupCommands {
  const consent = permissions.includes('Directory.Read.All');
  return {
    about: `The Azure CLI registers the application. The last command prints the secret${consent ? '; the one before is for someone who may grant consent, such as a Cloud Application Administrator' : ''}.`,
    lines: [
      assigned(
        'APP_ID',
        command(
          ...['az', 'ad', 'app', 'create', '--display-name', applicationName(place)],
          ...['--sign-in-audience', audienceOf(place)[0], '--web-redirect-uris', place.callback],
          // The only version for personal accounts.
          ...(audienceOf(place)[0].includes('Personal') ? ['--requested-access-token-version', '2'] : []),
          ...['--query', 'appId', '--output', 'tsv'],
        ),
      ),
      command('az', 'ad', 'sp', 'create', '--id', APPLICATION),
      command(
        ...['az', 'ad', 'app', 'permission', 'add', '--id'],
        APPLICATION,
        ...['--api', GRAPH, '--api-permissions'],
        ...permissions.map((name) => `${PERMISSIONS[name]}=Scope`),
      ),
      ...more,
      ...(consent ? [command('az', 'ad', 'app', 'permission', 'admin-consent', '--id', APPLICATION)] : []),
      command(
        ...['az', 'ad', 'app', 'credential', 'reset', '--append', '--display-name', 'Dex', '--id'],
        APPLICATION,
        ...['--query', 'password', '--output', 'tsv'],
      ),
    ],
  };
}
