import { orgsOf } from '../../rules/support/group-names';
import { applicationName, CLIENT, type Setup, type SetupPlace } from './setup';
import { command } from './shell';

/** GitHub, or a GitHub Enterprise Server. */
export const githubSetup: Setup = {
  title: 'GitHub',
  application: 'an OAuth app',
  groups: () => 'each organization approves the OAuth app where it restricts access',
  entered: (place) => [
    ['Application name', applicationName(place)],
    ['Homepage URL', place.loginPage],
    ['Authorization callback URL', place.callback],
  ],
  steps: (place) => [
    `Open ${registrationPage(place)}, which has the values above: Register application`,
    'Generate a new client secret',
    ...organizations(place).map(
      (org) =>
        `As an owner of ${org}: Settings > Third-party Access > OAuth app policy: approve the app, where access is restricted. Until then GitHub hides the organization, and Dex says that the user is not in it`,
    ),
  ],
  returned: CLIENT,
  commands: (place) => ({
    about:
      'GitHub has no API that makes OAuth apps: the address above does. gh shows whether your account sees the organizations.',
    lines: [
      command('gh', 'auth', 'login', ...host(place, '--hostname'), '--scopes', 'read:org'),
      ...organizations(place).map((org) =>
        command(
          'gh',
          'api',
          ...host(place, '--hostname'),
          `orgs/${encodeURIComponent(org)}`,
          '--jq',
          '.login',
        ),
      ),
    ],
  }),
  lookAtGroups: (place) => ({
    about: 'Shows the groups that people of the organizations can have, as pachd will know them.',
    lines: organizations(place).map((org) =>
      command(
        ...[
          'gh',
          'api',
          '--paginate',
          ...host(place, '--hostname'),
          `orgs/${encodeURIComponent(org)}/teams`,
          '--jq',
        ],
        `.[] | ${JSON.stringify(`group:${org}:`)} + ${teamNames(place)}`,
      ),
    ),
  }),
};

function organizations({ connector }: SetupPlace): string[] {
  const org = connector.text('org');
  return [...orgsOf(connector).map(({ name }) => name), ...(org === undefined ? [] : [org])];
}

/** What Dex calls teams by, in the language of jq. */
function teamNames({ connector }: SetupPlace): string {
  const field = connector.text('teamNameField');
  if (field === 'both') return '(.name, .slug)';
  return field === 'slug' ? '.slug' : '.name';
}

function host({ connector }: SetupPlace, option: string): string[] {
  const name = connector.text('hostName');
  return name === undefined ? [] : [option, name];
}

/** The form for a new app, filled in: https://docs.github.com/apps/oauth-apps. */
function registrationPage(place: SetupPlace): string {
  const [org] = organizations(place);
  const owner = org === undefined ? 'settings' : `organizations/${encodeURIComponent(org)}/settings`;
  const values = new URLSearchParams({
    'oauth_application[name]': applicationName(place),
    'oauth_application[url]': place.loginPage,
    'oauth_application[callback_url]': place.callback,
  });
  return `https://${place.connector.text('hostName') ?? 'github.com'}/${owner}/applications/new?${values.toString()}`;
}
