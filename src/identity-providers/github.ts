import { foreignOrganization, slugOfTeam } from '../connectors/provider-names';
import { CLIENT_FIELDS, CLIENT_REQUIRED, choice, client, file, hostName, lines } from './fields';
import { From, type DerivedSettings, type FieldProblem, type Given, type Provider } from './provider';

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
    ca: file(
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
    return [
      ...organizationProblems(given),
      ...teamProblems(given),
      ...hostProblems(given),
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

/** Dex asks GitHub for each of them by its name. */
function organizationProblems(given: Given): FieldProblem[] {
  return given.texts('organizations').flatMap((written, index): FieldProblem[] => {
    const foreign = foreignOrganization(written);
    if (foreign === undefined) return [];
    const { why, name, team, isSlug, form } = foreign;
    return [
      {
        field: 'organizations',
        index,
        message: `No organization is called "${written}": ${why}`,
        hint:
          team === undefined
            ? `write ${name ?? form}`
            : `write ${name}, and ${name}:${team} in teams${isSlug === true ? ', with teamNames: slugs' : ''}`,
        // Without its team everyone in the organization could log in.
        ...(name !== undefined && team === undefined ? { replaceWith: name } : {}),
      },
    ];
  });
}

function teamProblems(given: Given): FieldProblem[] {
  const organizations = given.texts('organizations');
  return given.texts('teams').flatMap((team, index): FieldProblem[] => {
    if (organizations.includes(organizationOf(team)) && teamOf(team) !== '')
      return slugProblem(given, team, index);
    // Names of teams have slashes and colons too.
    const [, written = '', name = ''] = /^([^:/]+)[:/](.+)$/.exec(team) ?? [];
    const organization = organizations.find((each) => each.toLowerCase() === written.toLowerCase());
    const meant = organization !== undefined && name !== '' ? `${organization}:${name}` : undefined;
    return [
      {
        field: 'teams',
        index,
        message: `No one is ever in the team "${team}": it has to be ORGANIZATION:TEAM, with an organization of the list organizations`,
        hint: `write ${meant ?? `${organizations[0] ?? 'ORGANIZATION'}:${/[:/]/.test(team) ? 'TEAM' : team}`}`,
        ...(meant === undefined ? {} : { replaceWith: meant }),
      },
    ];
  });
}

function slugProblem(given: Given, team: string, index: number): FieldProblem[] {
  const name = teamOf(team);
  const slug = slugOfTeam(name);
  if (given.text('teamNames') !== 'slugs' || slug === undefined) return [];
  return [
    {
      field: 'teams',
      index,
      message: `No one is ever in the team "${team}": with teamNames: slugs it goes by its slug, which has lowercase letters, digits, - and _ only`,
      hint: `write ${organizationOf(team)}:${slug}, if that is the slug in its URL; or remove teamNames: slugs`,
    },
  ];
}

/** Dex asks a server at https://HOST/api/v3, which the hosts of GitHub's own do not have. */
function hostProblems(given: Given): FieldProblem[] {
  const host = given.text('host')?.toLowerCase() ?? '';
  if (/^api\.github\.com$/.test(host))
    return [
      {
        field: 'host',
        message: 'api.github.com is the interface of github.com, and no one logs in there',
        hint: 'remove host: github.com is the default',
      },
    ];
  return host.endsWith('.ghe.com')
    ? [
        {
          field: 'host',
          message: `${host} has its interface at https://api.${host.replace(/^api\./, '')}, and Dex asks for it at https://${host}/api/v3: every login fails`,
          hint: 'Dex knows github.com and GitHub Enterprise Server alone; log people in with the identity provider that GitHub has them from',
        },
      ]
    : [];
}

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
