import type { ConnectorType } from '../../connectors/connector-types';
import {
  foreignOrganization,
  foreignWorkspace,
  slugOfTeam,
  type ForeignName,
} from '../../connectors/provider-names';
import type { PathStep } from '../../document/source-node';
import type { Target } from '../../releases/target';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { googleDirectory, hasSharedTenant } from '../support/group-delivery';
import { listedMismatch } from '../support/group-names';
import { providerOf } from '../support/known-providers';
import type { ConnectorRule } from '../rule';

/** An entry of a list of who may log in, in which no one is. */
interface Unmatched {
  readonly path: readonly PathStep[];
  /** `No one is ever in the group "/acme": …` */
  readonly message: string;
  readonly hint: string;
}

/** A list of who may log in. */
interface List {
  /** How many entries it has. */
  readonly length: number;
  readonly unmatched: readonly Unmatched[];
  /** What Dex says to those who are in none of its entries. */
  readonly refusal: string;
}

export const unmatchedRestriction: ConnectorRule = {
  code: 'DEX051',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'List of who may log in, with names that no one has',
  reason:
    'Dex compares who may log in with what the provider sends, as strings. GitHub names organizations by the part of their URL, GitLab groups by their full paths, Google domains alone and groups by their addresses, Entra ID groups by their ids or their names as groupNameFormat says. A URL, a slash too many, a blank or the other form lets no one in.',
  remedy: 'Write the names as the provider sends them; the message has their form.',
  *check({ document, target }) {
    for (const connector of documentConnectors(document)) {
      // What a provider by name takes is checked with its fields.
      if (connector.provider) continue;
      for (const { length, unmatched, refusal } of LISTS[connector.type]?.(connector, target) ?? [])
        for (const { path, message, hint } of unmatched)
          yield unmatched.length === length
            ? { path, message: `${message}; no one can log in: \`${refusal}\``, hint }
            : { path, message, hint, severity: 'warning' };
    }
  },
};

type Lists = (connector: DocumentConnector, target: Target) => readonly List[];

const LISTS: Readonly<Partial<Record<ConnectorType, Lists>>> = {
  google: (connector, target) => [
    domains(connector),
    ...(googleDirectory(connector, target) === 'asked'
      ? [groups(connector, 'groups', 'google: user "…" is not in any of the required groups')]
      : []),
  ],
  oidc: (connector) => [
    ...(providerOf(connector)?.name === 'Google' ? [domains(connector)] : []),
    ...(connector.isOn('insecureEnableGroups')
      ? [groups(connector, 'allowedGroups', 'user not a member of allowed groups')]
      : []),
  ],
  microsoft: (connector) =>
    hasSharedTenant(connector)
      ? []
      : [groups(connector, 'groups', 'microsoft: user … not in any of the required groups')],
  gitlab: (connector) => [
    groups(connector, 'groups', 'gitlab: user "…" is not in any of the required groups'),
  ],
  github: (connector) => [organizations(connector), teams(connector)],
  gitea: (connector) => [giteaOrganizations(connector)],
  'bitbucket-cloud': (connector) => [
    listOf(connector, ['teams'], 'bitbucket: user "…" is not in any of the required teams', (team) =>
      /^[\w.-]+([/:][\w.-]+)*$/.test(team)
        ? undefined
        : {
            why: 'Bitbucket has workspaces by their ids',
            write: 'its id as it is in its URL, such as acme',
          },
    ),
  ],
  openshift: (connector) => [
    groups(connector, 'groups', 'openshift: user "…" is not in any of the required groups'),
  ],
  'atlassian-crowd': (connector) => [
    groups(connector, 'groups', 'crowd: user "…" is not in any of the required groups'),
  ],
  saml: samlGroups,
  samlExperimental: samlGroups,
};

/** Without an attribute of groups no one gets in, whatever the list says, which is an error of its own. */
function samlGroups(connector: DocumentConnector): readonly List[] {
  return connector.text('groupsAttr') === undefined
    ? []
    : [groups(connector, 'allowedGroups', 'user not a member of allowed groups')];
}

function domains(connector: DocumentConnector): List {
  return listOf(
    connector,
    ['hostedDomains'],
    'oidc: unexpected hd claim',
    (domain) => asForeign(foreignWorkspace(domain)),
    {
      subject: (domain) => `No one of "${domain}" can log in`,
      // The empty string is the domain of those who have none: everyone gets in, which is an error of its own.
      isNamed: (domain) => domain !== '',
    },
  );
}

function groups(connector: DocumentConnector, key: string, refusal: string): List {
  return listOf(connector, [key], refusal, (group) => listedMismatch(connector, group));
}

function organizations(connector: DocumentConnector): List {
  return organizationList(connector, TEAM_REFUSAL, (name) => {
    const foreign = foreignOrganization(name);
    if (foreign?.team === undefined) return asForeign(foreign);
    // Without the field Dex compares the names of teams, while URLs have slugs.
    const isOther =
      foreign.isSlug === true && !['slug', 'both'].includes(connector.text('teamNameField') ?? '');
    return {
      why: foreign.why,
      write: `{ name: ${foreign.name}, teams: [${foreign.team}] }${isOther ? ', and set teamNameField: slug' : ''}`,
    };
  });
}

function asForeign(foreign: ForeignName | undefined): Foreign | undefined {
  return foreign && { why: foreign.why, write: foreign.name ?? foreign.form };
}

function giteaOrganizations(connector: DocumentConnector): List {
  return organizationList(connector, 'gitea: User does not belong to any of the approved groups', (name) =>
    /^[\w.-]+$/.test(name)
      ? undefined
      : {
          why: 'the names of organizations have letters, digits, hyphens, dots and underscores alone',
          write: 'its name as it is in its URL, such as acme',
        },
  );
}

/** Teams of organizations of GitHub, which stand there without their organization. One without teams lets all its members in. */
function teams(connector: DocumentConnector): List {
  const orgs = connector.value('orgs');
  const lists = (Array.isArray(orgs) ? [...orgs.keys()] : []).map((index) =>
    listOf(connector, ['orgs', index, 'teams'], TEAM_REFUSAL, (team) => foreignTeam(connector, index, team), {
      subject: (team) => `No one is ever in the team "${team}"`,
    }),
  );
  return {
    length: lists.some(({ length }) => length === 0) ? Infinity : sum(lists.map(({ length }) => length)),
    refusal: TEAM_REFUSAL,
    unmatched: lists.flatMap(({ unmatched }) => unmatched),
  };
}

const TEAM_REFUSAL = 'github: user "…" not in required orgs or teams';

function foreignTeam(connector: DocumentConnector, index: number, team: string): Foreign | undefined {
  const organization = connector.text('orgs', index, 'name') ?? '';
  const [, owner = '', name] = /^@?([\w-]+)[:/](.+)$/s.exec(team) ?? [];
  if (name !== undefined && owner.toLowerCase() === organization.toLowerCase())
    return { why: 'the team stands there without its organization', write: name };
  const slug = slugOfTeam(team);
  return connector.text('teamNameField') !== 'slug' || slug === undefined
    ? undefined
    : {
        why: 'with teamNameField: slug teams go by their slugs, which have lowercase letters, digits, - and _ only',
        write: `${slug}, if that is the slug in its URL; or set teamNameField: name`,
      };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** Why no one has a name, and what to write in its place, or to do. */
type Foreign = { readonly why: string } & ({ readonly write: string } | { readonly hint: string });

function organizationList(
  connector: DocumentConnector,
  refusal: string,
  judge: (name: string) => Foreign | undefined,
): List {
  const orgs = connector.value('orgs');
  const indexes = Array.isArray(orgs) ? [...orgs.keys()] : [];
  return {
    length: indexes.length,
    refusal,
    unmatched: indexes.flatMap((index) =>
      unmatchedAt(connector, ['orgs', index, 'name'], {
        judge,
        subject: (name) => `No organization is called "${name}"`,
        // One without a name is missing a key.
        isNamed: (name) => name !== '',
      }),
    ),
  };
}

function listOf(
  connector: DocumentConnector,
  key: readonly PathStep[],
  refusal: string,
  judge: (name: string) => Foreign | undefined,
  {
    subject = (name) => `No one is ever in the group "${name}"`,
    isNamed = () => true,
  }: Partial<Omit<Judged, 'judge'>> = {},
): List {
  const list = connector.value(...key);
  const indexes = Array.isArray(list) ? [...list.keys()] : [];
  return {
    length: indexes.length,
    refusal,
    unmatched: indexes.flatMap((index) =>
      unmatchedAt(connector, [...key, index], { judge, subject, isNamed }),
    ),
  };
}

interface Judged {
  readonly judge: (name: string) => Foreign | undefined;
  /** What is said of a name: `No one is ever in the group "…"`. */
  readonly subject: (name: string) => string;
  /** Whether a name is one; what is not is judged elsewhere. */
  readonly isNamed: (name: string) => boolean;
}

function unmatchedAt(
  connector: DocumentConnector,
  at: readonly PathStep[],
  { judge, subject, isNamed }: Judged,
): readonly Unmatched[] {
  const name = connector.value(...at);
  // A variable of Dex stands for what no one can tell.
  if (typeof name !== 'string' || name.includes('$') || !isNamed(name)) return [];
  const foreign = blank(name) ?? judge(name);
  if (foreign === undefined) return [];
  return [
    {
      path: connector.at(...at),
      message: `${subject(name)}: ${foreign.why}`,
      hint: 'hint' in foreign ? foreign.hint : `write ${foreign.write}`,
    },
  ];
}

function blank(name: string): Foreign | undefined {
  const trimmed = name.trim();
  if (trimmed === '') return { why: 'the name is empty', hint: 'remove the entry, or write a name' };
  return trimmed === name
    ? undefined
    : { why: 'the blanks around it are a part of the name', write: trimmed };
}
