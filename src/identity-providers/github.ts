import { CLIENT_FIELDS, CLIENT_REQUIRED, choice, client, hostName, line, lines } from './fields';
import { From, type DerivedSettings, type Given, type Provider } from './provider';

/** GitHub, or a GitHub Enterprise Server. */
export const github: Provider = {
  name: 'github',
  title: 'GitHub',
  description:
    'An OAuth app at github.com or at a GitHub Enterprise Server, for the members of organizations. Groups are teams, as ORGANIZATION:TEAM.',
  type: 'github',
  fields: {
    organizations: lines(
      'Organizations whose members may log in.',
      'Name of an organization, as in its URL.',
      ['acme'],
    ),
    teams: lines(
      'Who of them may log in: members of these teams, as ORGANIZATION:TEAM. Default: every member.',
      'A team, in the form that role bindings have.',
      ['acme:data-science'],
    ),
    teamNames: choice('Whether teams go by their names or by their slugs.', ['names', 'slugs'], 'names'),
    ...CLIENT_FIELDS,
    host: hostName('Host of a GitHub Enterprise Server. Default: github.com.', 'github.acme.com'),
    ca: line(
      'Path of a PEM file with the certificate authority of that server, in the container of Dex.',
      '/dexcreds/github-ca.pem',
    ),
  },
  required: ['organizations', ...CLIENT_REQUIRED],
  words: {
    orgs: 'organizations',
    teamNameField: 'teamNames',
    'teamNameField: name': 'teamNames: names',
    'teamNameField: slug': 'teamNames: slugs',
    hostName: 'host',
    rootCA: 'ca',
  },
  example: {
    organizations: ['acme'],
    clientID: 'Iv1.8a61f9b3a7aba766',
    clientSecret: { env: 'GITHUB_CLIENT_SECRET' },
  },
  check: (given) => {
    const organizations = given.texts('organizations');
    return [
      ...given
        .texts('teams')
        .filter((team) => !organizations.includes(organizationOf(team)) || teamOf(team) === '')
        .map((team) => ({
          field: 'teams',
          message: `No one is ever in the team "${team}": it has to be ORGANIZATION:TEAM, with an organization of the list organizations`,
          hint: `write ${organizations[0] ?? 'ORGANIZATION'}:TEAM`,
        })),
      ...(given.has('ca') && !given.has('host')
        ? [
            {
              field: 'ca',
              message: 'ca is for a GitHub Enterprise Server: Dex asks github.com, and ignores it',
              hint: 'add host, or remove ca',
            },
          ]
        : []),
    ];
  },
  derive: (given) => ({
    ...client(given),
    orgs: given.texts('organizations').map((name) => organization(given, name)),
    ...(given.text('teamNames') === 'slugs' ? { teamNameField: 'slug' } : {}),
    ...(isOwnServer(given) ? { hostName: given.unchanged('host'), rootCA: given.unchanged('ca') } : {}),
  }),
};

function organization(given: Given, name: string): DerivedSettings {
  const teams = given.texts('teams').filter((team) => organizationOf(team) === name);
  return {
    name: new From('organizations', name),
    ...(teams.length === 0 ? {} : { teams: new From('teams', teams.map(teamOf)) }),
  };
}

/** With the name of the public host Dex asks for an interface that only a server of one's own has. */
function isOwnServer(given: Given): boolean {
  const host = given.text('host')?.toLowerCase();
  return host !== undefined && host !== 'github.com' && host !== 'www.github.com';
}

function organizationOf(team: string): string {
  return team.split(':', 1)[0] ?? '';
}

function teamOf(team: string): string {
  return team.slice(organizationOf(team).length + 1);
}
