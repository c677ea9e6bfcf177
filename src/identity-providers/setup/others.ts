import { headerCallbackUrl } from '../../model/go-path';
import { applicationName, CLIENT, type Returned, type Setup, type SetupPlace } from './setup';
import { command, piped, Shell } from './shell';

/** A server with an interface for OAuth clients and not more to say of it. */
function client(
  title: string,
  application: string,
  callbackLabel: string,
  step: string,
  returned: readonly Returned[] = CLIENT,
): Setup {
  return {
    title,
    application,
    entered: (place) => [
      ['Name', applicationName(place)],
      [callbackLabel, place.callback],
    ],
    steps: () => [step],
    returned,
  };
}

/** Gitea, or Forgejo. */
export const giteaSetup: Setup = {
  ...client(
    'Gitea',
    'an OAuth2 application',
    'Redirect URIs',
    'Settings of an account or an organization > Applications > Manage OAuth2 Applications > Create; the client is confidential',
  ),
  lookAtGroups: (place) => ({
    about:
      'Shows the teams of the account that the token in GITEA_TOKEN is for, as pachd will know them. It needs jq.',
    lines: [
      piped(
        command(
          ...['curl', '--fail', '--silent', '--header'],
          new Shell('"Authorization: token $GITEA_TOKEN"'),
          `${place.connector.text('baseURL') ?? 'https://gitea.com'}/api/v1/user/teams`,
        ),
        command('jq', '--raw-output', '.[] | "group:" + .organization.username + ":" + .name'),
      ),
    ],
  }),
};

export const bitbucketSetup = client(
  'Bitbucket Cloud',
  'an OAuth consumer with the permissions account: email and read, and workspace membership: read',
  'Callback URL',
  'Workspace settings > OAuth consumers > Add consumer: Account with Email and Read, and Workspace membership with Read: Dex asks for all of them, and Bitbucket refuses what the consumer does not have; the consumer is private',
  [
    { label: 'Key', key: 'clientID' },
    { label: 'Secret', key: 'clientSecret' },
  ],
);

export const linkedinSetup = client(
  'LinkedIn',
  'an application with the product for signing in',
  'Authorized redirect URLs',
  'LinkedIn Developers > My apps > Create app; Products > Sign In with LinkedIn; Auth has the redirect URLs, the id and the secret',
);

export const crowdSetup: Setup = {
  title: 'Atlassian Crowd',
  application: 'an application of type Generic application',
  hasCallback: false,
  entered: (place) => [
    ['Application type', 'Generic application'],
    ['Name', place.connector.text('clientID') ?? applicationName(place)],
    ['Remote addresses', 'those that Dex reaches Crowd from'],
  ],
  steps: () => [
    'In Crowd: Applications > Add application, with the directories and groups of the people who may log in',
  ],
  returned: [
    { label: 'Name of the application', key: 'clientID' },
    { label: 'Password of the application', key: 'clientSecret' },
    { label: 'Base URL of Crowd', key: 'baseURL' },
  ],
};

export const keystoneSetup: Setup = {
  title: 'OpenStack Keystone',
  application: 'an account that may list users and groups',
  hasCallback: false,
  entered: ({ connector }) => [
    ['Administrator', connector.text('keystoneUsername') ?? ''],
    ['Domain of the people', connector.text('domain') ?? 'default'],
  ],
  steps: () => ['Make an account with the role admin: Dex asks for users and groups with it'],
  returned: [
    { label: 'Endpoint of the Identity service, without /v3', key: 'keystoneHost' },
    { label: 'Name of the account', key: 'keystoneUsername' },
    { label: 'Password of the account', key: 'keystonePassword' },
  ],
  lookAtGroups: ({ connector }) => ({
    about: 'Shows the groups of the domain, as pachd will know them without group: before them.',
    lines: [
      command(
        ...['openstack', 'group', 'list', '--domain', connector.text('domain') ?? 'default'],
        ...['--column', 'Name', '--format', 'value'],
      ),
    ],
  }),
};

export const openshiftSetup: Setup = {
  title: 'OpenShift',
  application: 'an OAuthClient, or a ServiceAccount with the redirect annotation',
  entered: (place) => [
    ['Name of the OAuthClient', place.connector.text('clientID') ?? ''],
    ['redirectURIs', place.callback],
    ['grantMethod', 'auto'],
  ],
  steps: () => ['Apply the OAuthClient below as a cluster administrator'],
  returned: CLIENT,
  commands: (place) => ({
    about:
      'oc makes the OAuthClient. CLIENT_SECRET is the secret of the document, in the environment; it is in no command line. It needs jq.',
    lines: [
      piped(
        command(
          ...['jq', '--null-input'],
          `${JSON.stringify(oauthClient(place))} + { secret: (env.CLIENT_SECRET // error("CLIENT_SECRET is not set")) }`,
        ),
        command('oc', 'create', '-f', '-'),
      ),
    ],
  }),
  lookAtGroups: () => ({
    about: 'Shows the groups of the cluster, as pachd will know them without group: before them.',
    lines: [command('oc', 'get', 'groups', '--output', 'custom-columns=NAME:.metadata.name,USERS:.users')],
  }),
};

export const authproxySetup: Setup = {
  title: 'the proxy in front of Dex',
  application: 'a proxy that asks for the login, and sets headers',
  hasCallback: false,
  entered: ({ connector, callback }) => [
    ['Address to guard', headerCallbackUrl(callback, connector.id)],
    ['Header with the user', connector.text('userHeader') ?? 'X-Remote-User'],
    [
      'Header with the address',
      connector.text('emailHeader') ?? connector.text('userHeader') ?? 'X-Remote-User',
    ],
    ['Header with groups, separated by commas', connector.text('groupHeader') ?? 'X-Remote-Group'],
  ],
  steps: () => [
    'Have the proxy ask for the login at the address above, and set the headers there',
    'Have it remove these headers from every request that comes in: Dex believes them, whatever sent them',
  ],
  returned: [],
};

export const oauthSetup: Setup = {
  ...client(
    'the OAuth 2.0 provider',
    'a confidential client with the authorization code flow',
    'Redirect URI',
    'Register a client with the values above',
  ),
  returned: [
    ...CLIENT,
    { label: 'Authorization endpoint', key: 'authorizationURL' },
    { label: 'Token endpoint', key: 'tokenURL' },
    { label: 'Endpoint that tells of the user', key: 'userInfoURL' },
  ],
};

function oauthClient({ connector, callback }: SetupPlace): object {
  return {
    apiVersion: 'oauth.openshift.io/v1',
    kind: 'OAuthClient',
    metadata: { name: connector.text('clientID') ?? 'pachyderm' },
    redirectURIs: [callback],
    grantMethod: 'auto',
  };
}
