import { foreignGoogleGroup, foreignGroupPath, slugOfTeam } from '../../connectors/provider-names';
import type { ConnectorType } from '../../connectors/connector-types';
import { parseDN } from '../../connectors/ldap-dn';
import type { DocumentConnector } from '../../subjects/document-connectors';
import { hintInWordsOf, inWordsOf, wordFor } from '../../subjects/provider-words';
import { providerOf } from './known-providers';

/** What GitLab's connector adds for the role of a user in a group. */
const ROLE_IN_GITLAB = /:(owner|maintainer|developer)$/;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Why a connector never sends a group of that name, and what to bind instead; undefined where it may. */
export interface Mismatch {
  readonly why: string;
  readonly hint: string;
}

/** The claim that Dex takes groups from, for connectors of type oidc. */
export function groupsClaimOf(connector: DocumentConnector): string {
  return connector.text('claimMapping', 'groups') ?? 'groups';
}

/** How a hint says what to write: at a role binding, or in a list of the connector. */
interface Words {
  readonly write: string;
  /** What stands before the name of a group there. */
  readonly prefix: string;
}

const AT_BINDING: Words = { write: 'bind', prefix: 'group:' };
const IN_LIST: Words = { write: 'write', prefix: '' };

type Check = (connector: DocumentConnector, group: string, words: Words) => Mismatch | undefined;

const CHECKS: Readonly<Partial<Record<ConnectorType, Check>>> = {
  github(connector, group) {
    const orgs = orgsOf(connector);
    if (orgs.length > 0) return notTeamOf(connector, orgs, group) ?? notSlug(connector, group);
    return connector.text('org') === undefined
      ? withoutGroups(connector, group, (org, team) => `whose teams come as ${org}:${team}`)
      : undefined;
  },
  gitea(connector, group) {
    const orgs = orgsOf(connector);
    if (orgs.length === 0)
      return withoutGroups(
        connector,
        group,
        (org, team) => `whose members are in the group ${org} and in ${org}:${team} for each team`,
      );
    return orgs.some(({ name }) => name === group) ? undefined : notTeamOf(connector, orgs, group);
  },
  oidc(connector, group, { write, prefix }) {
    const provider = providerOf(connector);
    const claim = groupsClaimOf(connector);
    if (connector.value('claimModifications') !== undefined) return undefined;
    const form = claim === (provider?.groupsClaim ?? 'groups') ? FORMS[provider?.name ?? ''] : undefined;
    if (form?.never.test(group) === true)
      return { why: `${provider?.name} sends ${form.sends}`, hint: `${write} ${form.wanted(group, prefix)}` };
    return provider?.groupNames === 'ids' && claim === 'groups' && !GUID.test(group)
      ? {
          why: `${provider.name} sends the object ids of groups, unless its token configuration says otherwise`,
          hint: `${write} the object id, such as ${prefix}0b0e9d3e-1111-2222-3333-444455556666; or have the application send names`,
        }
      : undefined;
  },
  microsoft(connector, group, { write }) {
    const unlisted = connector.isOn('useGroupsAsWhitelist') && notListed(connector, 'groups', group);
    if (unlisted) return unlisted;
    const sendsIDs = connector.text('groupNameFormat') === 'id';
    if (sendsIDs === GUID.test(group)) return undefined;
    return sendsIDs
      ? {
          why: 'Dex sends the object ids of groups with groupNameFormat: id',
          hint: `${write} the object id of the group`,
        }
      : {
          why: 'Dex sends the names of groups, not their ids',
          hint: `${write} the name of the group; or set groupNameFormat: id`,
        };
  },
  gitlab(connector, group, { write, prefix }) {
    const path = connector.isOn('getGroupsPermission') ? group.replace(ROLE_IN_GITLAB, '') : group;
    const foreign = foreignGroupPath(path, prefix);
    return foreign === undefined
      ? notListed(connector, 'groups', group)
      : {
          why: foreign.why,
          hint: `${write} ${foreign.name ?? foreign.form}`,
        };
  },
  ldap: ldapForm,
  'atlassian-crowd': (connector, group) => notListed(connector, 'groups', group),
  'bitbucket-cloud': (connector, group) => notListed(connector, 'teams', group),
  google(connector, group, { write, prefix }) {
    const foreign = foreignGoogleGroup(group, { prefix, domain: connector.texts('hostedDomains')[0] });
    return foreign === undefined
      ? notListed(connector, 'groups', group)
      : { why: foreign.why, hint: `${write} ${foreign.form}` };
  },
  saml: samlForm,
  samlExperimental: samlForm,
  mockCallback: (_, group) =>
    group === 'authors'
      ? undefined
      : { why: 'The mock user is in the group authors alone', hint: 'bind group:authors' },
};

/** What providers call groups in their claims, and what no group of theirs is called. */
const FORMS: Readonly<
  Record<
    string,
    | {
        readonly never: RegExp;
        readonly sends: string;
        /** What to write in its place, with what stands before the name of a group there. */
        readonly wanted: (group: string, prefix: string) => string;
      }
    | undefined
  >
> = {
  Okta: {
    never: /^00g[A-Za-z0-9]{17}$/,
    sends: 'the names of groups, not their ids',
    wanted: () => 'the name of the group',
  },
  Keycloak: {
    never: new RegExp(`^[^/]+/|${GUID.source}`, 'i'),
    sends: 'groups by their full paths, with a slash before them, or by their names alone',
    wanted: (group, prefix) =>
      GUID.test(group)
        ? `the path of the group, such as ${prefix}/data`
        : `${prefix}/${group}; or ${prefix}${group.split('/').at(-1)}, where the mapper has no full paths`,
  },
  Cognito: {
    never: /\s/,
    sends: 'the names of groups, in which it allows no blanks',
    wanted: () => 'the name of the group as aws cognito-idp list-groups prints it',
  },
  authentik: {
    never: GUID,
    sends: 'the names of groups, not their ids',
    wanted: () => 'the name of the group',
  },
};

/** Attributes that hold the DN of an entry. */
const DN_ATTRIBUTE = /^(dn|entryDN|distinguishedName)$/i;

/** Dex compares with the list only where it is told to. */
function samlForm(connector: DocumentConnector, group: string): Mismatch | undefined {
  return connector.isOn('filterGroups') ? notListed(connector, 'allowedGroups', group) : undefined;
}

/** A group by its DN, its SID or with its domain, where the connector sends another attribute of it. */
function ldapForm(connector: DocumentConnector, group: string): Mismatch | undefined {
  const attribute = connector.text('groupSearch', 'nameAttr') ?? '';
  if (!/^(cn|ou|name|sAMAccountName|displayName)$/i.test(attribute) && !DN_ATTRIBUTE.test(attribute))
    return undefined;
  const parts = parseDN(group) ?? [];
  const isDN = parts.length > 1;
  const why = `ldap sends the attribute ${attribute} of groups`;
  if (DN_ATTRIBUTE.test(attribute))
    return parts.length > 0
      ? undefined
      : {
          why: `${why}, which is a DN`,
          hint: `bind the DN of the group, such as group:cn=${group},${connector.text('groupSearch', 'baseDN') ?? 'dc=acme,dc=com'}`,
        };
  if (isDN) return { why: `${why}, not their DNs`, hint: `bind group:${parts[0]?.[0]?.value ?? ''}` };
  if (/^S-1-5-\d+(-\d+)*$/.test(group))
    return { why: `${why}, not their SIDs`, hint: `bind the ${attribute} of the group` };
  const [domain = '', name] = group.split(/\\(.+)/s);
  return name !== undefined && /^[\w-]+$/.test(domain)
    ? { why: `${why}, without a domain before it`, hint: `bind group:${name}` }
    : undefined;
}

export interface Organization {
  readonly name: string;
  readonly teams: readonly string[];
}

export function orgsOf(connector: DocumentConnector): readonly Organization[] {
  const orgs = connector.value('orgs');
  if (!Array.isArray(orgs)) return [];
  return orgs.flatMap((_, index) => {
    const name = connector.text('orgs', index, 'name');
    return name === undefined ? [] : [{ name, teams: connector.texts('orgs', index, 'teams') }];
  });
}

/** Dex asks for groups with one of two settings alone. */
function withoutGroups(
  connector: DocumentConnector,
  group: string,
  form: (org: string, team: string) => string,
): Mismatch | undefined {
  const [, org, team] = /^([\w.-]+):(.+)$/s.exec(group) ?? [];
  return connector.isOn('loadAllGroups')
    ? undefined
    : {
        why: `${connector.type} sends no groups without orgs or loadAllGroups`,
        hint: `write orgs${org === undefined ? '' : `: [{ name: ${org} }]`}, ${form(org ?? 'ORG', team ?? 'TEAM')}`,
      };
}

function notTeamOf(
  { type, provider }: DocumentConnector,
  orgs: readonly Organization[],
  group: string,
): Mismatch | undefined {
  const isSent = orgs.some(({ name, teams }) =>
    teams.length === 0
      ? group.startsWith(`${name}:`) && group !== `${name}:`
      : teams.some((team) => group === `${name}:${team}`),
  );
  if (isSent) return undefined;
  const [, before] = /^@?([\w.-]+)[:/]/.exec(group) ?? [];
  const other = orgs.some(({ name }) => name.toLowerCase() === before?.toLowerCase()) ? undefined : before;
  return {
    why: `${type} with ${wordFor(provider, 'orgs')} sends ORG:TEAM only, for ${orgs.map(({ name, teams }) => (teams.length === 0 ? `${name}:…` : teams.map((team) => `${name}:${team}`).join(', '))).join(', ')}`,
    hint: `bind group:${teamMeant(orgs, group)}${other === undefined ? '' : `, or add ${other} to ${wordFor(provider, 'orgs')}`}`,
  };
}

/** The team that a group is nearest to, as it is sent: of `data`, `acme/data` and `@Acme/data` that is `acme:data`. */
function teamMeant(orgs: readonly Organization[], group: string): string {
  const [before = '', behind] = group.replace(/^@/, '').split(/[:/](.*)/s);
  const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  const org = orgs.find(({ name }) => isSame(name, before)) ?? orgs[0];
  const isOrganization = behind === undefined && org !== undefined && isSame(org.name, before);
  const written = isOrganization ? '' : (behind ?? before);
  const teams = org?.teams ?? [];
  const team = teams.length === 0 ? written : (teams.find((name) => isSame(name, written)) ?? teams[0]);
  return `${org?.name}:${team === undefined || team === '' ? 'TEAM' : team}`;
}

/** With slugs, a name of a team that cannot be one. */
function notSlug(connector: DocumentConnector, group: string): Mismatch | undefined {
  const [org = '', team = ''] = group.split(/:(.*)/s);
  const slug = team === '' ? undefined : slugOfTeam(team);
  if (connector.text('teamNameField') !== 'slug' || slug === undefined) return undefined;
  return {
    why: 'With teamNameField: slug github sends slugs of teams, which have lowercase letters, digits, - and _ only',
    hint: `bind group:${org}:${slug}, if that is the slug; or set teamNameField: name`,
  };
}

function notListed(connector: DocumentConnector, key: string, group: string): Mismatch | undefined {
  const list = connector.texts(key);
  const field = wordFor(connector.provider, key);
  return list.length === 0 || list.includes(group)
    ? undefined
    : {
        why: `${connector.type} sends only groups that are listed in ${field}`,
        hint: `add ${group} to ${field}, or bind one of ${list.join(', ')}`,
      };
}

/** Why a connector never sends a group of that name; undefined where it may. */
export function groupMismatch(connector: DocumentConnector, group: string): Mismatch | undefined {
  const mismatch = CHECKS[connector.type]?.(connector, group, AT_BINDING);
  const { provider } = connector;
  if (!mismatch || !provider) return mismatch;
  return { why: inWordsOf(provider, mismatch.why), hint: hintInWordsOf(provider, mismatch.hint) };
}

/** The same of a group in the connector's own list of who may log in. */
export function listedMismatch(connector: DocumentConnector, group: string): Mismatch | undefined {
  return CHECKS[connector.type]?.(connector, group, IN_LIST);
}
