import { listed } from '../../diagnostics/listed';
import { readUrl, type UrlText } from '../../model/url-text';
import { applicationName, type Returned, type Setup, type SetupPlace } from './setup';
import { command, piped } from './shell';

const RETURNED: readonly Returned[] = [
  { label: 'Application ID', key: 'clientID' },
  { label: 'Secret', key: 'clientSecret' },
];

/** GitLab, with the scopes that a connector asks for. */
function gitlab(...scopes: readonly string[]): Setup {
  return {
    title: 'GitLab',
    application: `an application with the scopes ${listed(scopes)}`,
    entered: (place) => [
      ['Name', applicationName(place)],
      ['Redirect URI', place.callback],
      ['Confidential', 'on'],
      ['Scopes', scopes.join(' ')],
    ],
    steps: () => [
      'For a group: Settings > Applications > Add new application; for a whole server: Admin > Applications',
      'Enter the values above, and save: the secret is shown once',
    ],
    returned: RETURNED,
    commands: (place) => ({
      about:
        'glab makes an application of the whole server, which needs an administrator of it; at gitlab.com do as above.',
      lines: [
        command('glab', 'auth', 'login', '--hostname', hostOf(place), ...interfaceOf(place)),
        command(
          ...['glab', 'api', 'applications', '--hostname', hostOf(place), '--method', 'POST'],
          ...[
            '--raw-field',
            `name=${applicationName(place)}`,
            '--raw-field',
            `redirect_uri=${place.callback}`,
          ],
          ...['--raw-field', `scopes=${scopes.join(' ')}`, '--field', 'confidential=true'],
        ),
      ],
    }),
    lookAtGroups: (place) => ({
      about:
        'Shows the groups of the account that is logged in with glab, as pachd will know them. It needs jq.',
      lines: [
        piped(
          command(
            'glab',
            'api',
            'groups?min_access_level=10&per_page=100',
            '--paginate',
            '--hostname',
            hostOf(place),
          ),
          command('jq', '--raw-output', '.[] | "group:" + .full_path'),
        ),
      ],
    }),
  };
}

/** Through Dex's connector `gitlab`. */
export const gitlabSetup = gitlab('read_user', 'openid');

/** Through Dex's connector `oidc`. */
export const gitlabOpenIdSetup = gitlab('openid', 'profile', 'email');

function hostOf(place: SetupPlace): string {
  return serverOf(place).host;
}

/** Where glab finds the API at a host: it keeps that once, at the login, and asks for the host alone afterwards. */
function interfaceOf(place: SetupPlace): readonly string[] {
  const { scheme, host, port } = serverOf(place);
  return [
    ...(port === '' ? [] : ['--api-host', `${host}:${port}`]),
    ...(scheme === 'http' ? ['--api-protocol', 'http'] : []),
  ];
}

function serverOf({ connector }: SetupPlace): UrlText {
  return readUrl(connector.text('baseURL') ?? connector.text('issuer') ?? 'https://gitlab.com');
}
