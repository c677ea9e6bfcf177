import { keyAvailability } from '../connectors/availability';
import type { ConnectorType } from '../connectors/connector-types';
import { setupOf } from '../identity-providers/setup/registry';
import type { Target } from '../releases/target';
import { readUrl } from '../model/url-text';
import { deliversGroups } from '../rules/support/group-delivery';
import { elsewhereGroups } from '../rules/support/elsewhere-groups';
import { groupsClaimOf, orgsOf } from '../rules/support/group-names';
import { IN_CHAIN, matchersOf } from '../rules/support/ldap-matchers';
import { providerOf, type IdentityProvider } from '../rules/support/known-providers';
import { openDoor } from '../rules/support/who-gets-in';
import type { DocumentConnector } from '../subjects/document-connectors';
import { inWordsOf } from '../subjects/provider-words';
import { joinRules } from './join-rules';

/** What pachd knows someone by who logs in through a connector. */
export interface SentUser {
  /** `user:<claim email>`; what is in angle brackets differs between people. */
  readonly subject: string;
  /** Where the address comes from: `the claim email of the ID token`. */
  readonly from: string;
  /** What Dex says of the address: that it is verified, that it is not, or what the provider says. */
  readonly verified: 'always' | 'never' | 'as the provider says' | 'unless the provider denies it';
  /** Whether capitals come as someone once typed them: pachd compares subjects letter by letter. */
  readonly keepsCapitals: boolean;
}

/** The groups that someone has who logs in through a connector. */
export interface SentGroups {
  /** `group:acme:<team>`; without angle brackets there are no others. Empty where people have none. */
  readonly subjects: readonly string[];
  /** Where they come from, or why there are none. */
  readonly from: string;
  /** What has to be set up at the provider. */
  readonly needs?: string;
  /** People whose groups do not come, or not all of them. */
  readonly limit?: string;
}

/** What a connector makes of people. */
export interface Sent {
  readonly user: SentUser;
  readonly groups: SentGroups;
  /** Who can log in: `everyone with a GitHub account`. */
  readonly admitted: string;
}

type Describe = (connector: DocumentConnector, target: Target) => Sent;

export const MOCK_USER = 'kilgore@kilgore.trout';

/** What a connector makes of people, from its settings alone. Sources: Dex 2.29 to 2.45 and Pachyderm's fork. */
export function sentBy(connector: DocumentConnector, target: Target): Sent {
  const sent = DESCRIPTIONS[connector.type](connector, target);
  const open = openDoor(connector, target);
  const needs = setupOf(connector)?.groups?.(connector);
  const { provider } = connector;
  const inWords = (text: string): string => (provider ? inWordsOf(provider, text) : text);
  const { from, limit } = sent.groups;
  return {
    ...sent,
    admitted: open === undefined ? sent.admitted : open.who.replace(/,$/, ''),
    groups: deliversGroups(connector, target)
      ? {
          ...sent.groups,
          from: inWords(from),
          ...(limit === undefined ? {} : { limit: inWords(limit) }),
          ...(needs === undefined ? {} : { needs }),
          ...withoutElsewhere(connector, inWords),
        }
      : { subjects: [], from: inWords(NO_GROUPS[connector.type] ?? 'the connector sends none') },
  };
}

/** Of a connector that looks for groups where there are none, those that Dex puts together itself. */
function withoutElsewhere(
  connector: DocumentConnector,
  inWords: (text: string) => string,
): Partial<SentGroups> {
  const [elsewhere] = elsewhereGroups(connector);
  if (!elsewhere) return {};
  return { subjects: subjectsOf(connector, joinedGroups(connector)), from: inWords(elsewhere.why) };
}

const NO_GROUPS: Readonly<Partial<Record<ConnectorType, string>>> = {
  oidc: 'Dex reads them with insecureEnableGroups: true alone',
  ldap: 'Dex searches for them with groupSearch alone',
  saml: 'Dex reads them with groupsAttr alone',
  samlExperimental: 'Dex reads them with groupsAttr alone',
  google: 'Dex asks the Directory API only with serviceAccountFilePath and adminEmail',
  microsoft: 'Dex asks for groups of one directory alone: name yours in tenant',
  gitea: 'this Dex reads no teams of Gitea',
  authproxy: 'this Dex reads no header with groups',
  linkedin: 'LinkedIn has none',
  mockPassword: 'the mock user has none',
};

const DESCRIPTIONS: Readonly<Record<ConnectorType, Describe>> = {
  oidc: describeOidc,
  oauth: (connector) => ({
    user: {
      subject: `user:<${connector.text('claimMapping', 'emailKey') ?? 'email'}>`,
      from: `${connector.text('claimMapping', 'emailKey') ?? 'email'} in the answer of userInfoURL`,
      verified: 'as the provider says',
      keepsCapitals: true,
    },
    groups: {
      subjects: [`group:<${connector.text('claimMapping', 'groupsKey') ?? 'groups'}>`],
      from: `${connector.text('claimMapping', 'groupsKey') ?? 'groups'} in the answer of userInfoURL, or in the access token where that is a JWT`,
    },
    admitted: `everyone with an account at ${hostOf(connector.text('authorizationURL'))}`,
  }),
  ldap: describeLdap,
  github: describeGitHub,
  gitlab: (connector) => ({
    user: address('the address of the GitLab account', 'always'),
    groups: {
      subjects: listed(connector.texts('groups'), 'full path of the group'),
      from: 'groups and subgroups of the account, by their full paths',
    },
    admitted: membersOf(
      connector.texts('groups'),
      'GitLab groups',
      hostOf(connector.text('baseURL'), 'gitlab.com'),
    ),
  }),
  gitea: (connector) => ({
    user: address('the address of the Gitea account', 'always'),
    groups:
      orgsOf(connector).length > 0
        ? {
            subjects: orgTeams(connector),
            from: 'teams of the organizations in orgs; the organization alone too',
          }
        : connector.isOn('loadAllGroups')
          ? ALL_ORGANIZATIONS
          : { subjects: [], from: 'Dex asks for teams with orgs or loadAllGroups alone' },
    admitted: membersOf(
      orgsOf(connector).map(({ name }) => name),
      'Gitea organizations',
      hostOf(connector.text('baseURL'), 'gitea.com'),
    ),
  }),
  google: (connector) => ({
    user: address('the address of the Google account', 'as the provider says'),
    groups: {
      subjects: listed(connector.texts('groups'), 'address of the group'),
      from: `groups of the Directory API${connector.isOn('fetchTransitiveGroupMembership') ? ', groups in groups among them' : ', those that the person is in directly'}`,
    },
    admitted: membersOf(connector.texts('hostedDomains'), 'Google Workspace domains', 'accounts.google.com'),
  }),
  microsoft: (connector) => ({
    user: {
      ...address('the user principal name of the account', 'always'),
      subject: 'user:<user principal name>',
      keepsCapitals: !connector.isOn('emailToLowercase'),
    },
    groups: {
      subjects: connector.isOn('useGroupsAsWhitelist')
        ? listed(connector.texts('groups'), 'group')
        : [
            connector.text('groupNameFormat') === 'id'
              ? 'group:<object id of the group>'
              : 'group:<name of the group>',
          ],
      from: `groups of the directory from Microsoft Graph${connector.isOn('onlySecurityGroups') ? ', security groups alone' : ''}, nested ones among them`,
      // dexidp/dex#4833: Dex asks for the names of all of them at once.
      ...(connector.text('groupNameFormat') === 'id'
        ? {}
        : {
            limit:
              "people in more than 1000 groups cannot log in: Microsoft Graph tells no more names at once, `Number of included identifiers cannot exceed '1000'`; with groupNameFormat: id Dex asks for none",
          }),
    },
    admitted: membersOf(
      connector.texts('groups'),
      'groups of the directory',
      `directory ${connector.text('tenant') ?? 'common'}`,
    ),
  }),
  saml: describeSaml,
  samlExperimental: describeSaml,
  openshift: (connector) => ({
    user: { ...address('the name of the OpenShift user', 'never'), subject: 'user:<user name>' },
    groups: {
      subjects: listed(connector.texts('groups'), 'name of the group'),
      from: 'groups of the OpenShift user',
    },
    admitted: membersOf(connector.texts('groups'), 'OpenShift groups', hostOf(connector.text('issuer'))),
  }),
  'bitbucket-cloud': (connector) => ({
    user: address('the confirmed primary address of the Bitbucket account', 'always'),
    groups: {
      subjects: listed(connector.texts('teams'), 'slug of the workspace'),
      from: 'workspaces of the account',
    },
    admitted: membersOf(connector.texts('teams'), 'Bitbucket workspaces', 'bitbucket.org'),
  }),
  linkedin: () => ({
    user: address('the address of the LinkedIn account', 'always'),
    groups: { subjects: [], from: NO_GROUPS.linkedin ?? '' },
    admitted: 'everyone with a LinkedIn account',
  }),
  authproxy: (connector) => ({
    user: {
      ...address(
        `the header ${connector.text('emailHeader') ?? connector.text('userHeader') ?? 'X-Remote-User'}`,
        'always',
      ),
      subject: 'user:<value of the header>',
    },
    groups: {
      subjects: [
        ...connector.texts('staticGroups').map((name) => `group:${name}`),
        `group:<part of ${connector.text('groupHeader') ?? 'X-Remote-Group'}>`,
      ],
      from: 'the header, split at commas, and staticGroups',
    },
    admitted: 'everyone whom the proxy in front of Dex lets through',
  }),
  'atlassian-crowd': (connector) => ({
    user: address('the address of the Crowd user', 'always'),
    groups: {
      subjects: listed(connector.texts('groups'), 'name of the group'),
      from: 'groups of the Crowd user',
    },
    admitted: membersOf(connector.texts('groups'), 'Crowd groups', hostOf(connector.text('baseURL'))),
  }),
  keystone: (connector) => ({
    user: address('the address of the Keystone user', 'always'),
    groups: { subjects: ['group:<name of the group>'], from: 'groups of the Keystone user' },
    admitted: `users of the Keystone domain ${connector.text('domain') ?? 'default'}`,
  }),
  mockCallback: () => ({
    user: { ...address('the mock user', 'always'), subject: `user:${MOCK_USER}`, keepsCapitals: false },
    groups: { subjects: ['group:authors'], from: 'the mock user' },
    admitted: 'everyone',
  }),
  mockPassword: (connector) => ({
    user: { ...address('the mock user', 'always'), subject: `user:${MOCK_USER}`, keepsCapitals: false },
    groups: { subjects: [], from: NO_GROUPS.mockPassword ?? '' },
    admitted: `everyone who knows the user name ${connector.text('username') ?? ''} and its password`,
  }),
};

function describeOidc(connector: DocumentConnector): Sent {
  const issuer = connector.text('issuer');
  const provider = providerOf(connector);
  const allowed = connector.texts('allowedGroups');
  return {
    user: oidcUser(connector, provider),
    groups: oidcGroups(connector, provider),
    admitted:
      allowed.length > 0
        ? membersOf(allowed, 'groups', hostOf(issuer))
        : `everyone whom ${provider?.name ?? hostOf(issuer)} lets use the application ${connector.text('clientID') ?? ''}`.trim(),
  };
}

function oidcUser(connector: DocumentConnector, provider: IdentityProvider | undefined): SentUser {
  const other = connector.text('claimMapping', 'email') ?? 'email';
  const isOverridden = connector.isOn('overrideClaimMapping');
  const isAlone = other === 'email' || isOverridden;
  return {
    subject: `user:<${isAlone ? other : `email or ${other}`}>`,
    from: `the claim ${isAlone ? other : `email, or ${other} where there is no email,`} of the ${tokenOf(connector)}`,
    verified: connector.isOn('insecureSkipEmailVerified')
      ? 'unless the provider denies it'
      : 'as the provider says',
    keepsCapitals: provider?.keepsCapitals ?? true,
  };
}

function oidcGroups(connector: DocumentConnector, provider: IdentityProvider | undefined): SentGroups {
  const claim = groupsClaimOf(connector);
  // Auth0 and Cognito have no claim of that name.
  const isAlone =
    claim === 'groups' ||
    connector.isOn('overrideClaimMapping') ||
    provider?.name === 'Auth0' ||
    provider?.groupsClaim !== undefined;
  const isId = provider?.groupNames === 'ids' && claim === 'groups';
  const allowed = connector.texts('allowedGroups');
  const names = allowed.length > 0 ? allowed : [isId ? '<object id of the group>' : `<item of ${claim}>`];
  return {
    subjects: subjectsOf(connector, [...names, ...joinedGroups(connector)]),
    from: `the claim ${claim} of the ${tokenOf(connector)}${isAlone ? '' : ', where there is no claim groups'}`,
    ...(provider?.name === 'Entra ID'
      ? { limit: 'people in more than 200 groups come without any: Entra ID leaves the claim out' }
      : {}),
  };
}

function subjectsOf(connector: DocumentConnector, names: readonly string[]): string[] {
  const affix = (part: 'prefix' | 'suffix'): string =>
    connector.text('claimModifications', 'modifyGroupNames', part) ?? '';
  return names.map((name) => `group:${affix('prefix')}${name}${affix('suffix')}`);
}

function tokenOf(connector: DocumentConnector): string {
  return connector.isOn('getUserInfo') ? 'userinfo endpoint or ID token' : 'ID token';
}

/** Groups that Dex puts together from other claims. */
function joinedGroups(connector: DocumentConnector): string[] {
  return joinRules(connector).map(({ prefix, delimiter, claims }) =>
    [prefix, ...claims.map((claim) => `<${claim}>`)].join(delimiter),
  );
}

function describeLdap(connector: DocumentConnector, target: Target): Sent {
  const suffix = connector.text('userSearch', 'emailSuffix');
  const name = connector.text('userSearch', 'nameAttr') ?? '';
  const mail = connector.text('userSearch', 'emailAttr') ?? '';
  const group = connector.text('groupSearch', 'nameAttr') ?? '';
  const filter = connector.text('userSearch', 'filter');
  const isNested = followsGroups(connector, target);
  return {
    user: {
      subject: suffix === undefined ? `user:<${mail}>` : `user:<${name}>@${suffix}`,
      from:
        suffix === undefined
          ? `the attribute ${mail} of the entry`
          : `the attribute ${name} of the entry, and emailSuffix`,
      verified: 'always',
      keepsCapitals: true,
    },
    groups: {
      subjects: [`group:<${group}>`],
      from: `the attribute ${group} of entries below ${connector.text('groupSearch', 'baseDN') ?? ''} that name the person${isNested ? ', and of groups that those are in' : ''}`,
      ...(isNested ? {} : { limit: 'groups that those groups are in do not count' }),
    },
    admitted: `everyone with an entry below ${connector.text('userSearch', 'baseDN') ?? ''}${filter === undefined ? '' : ` that matches ${filter}`}, and a password`,
  };
}

/** Whether groups come along that a group is in: by a rule of the directory, or because Dex itself looks for them. */
function followsGroups(connector: DocumentConnector, target: Target): boolean {
  const key = 'groupSearch.userMatchers[].recursionGroupAttr';
  const isRead = keyAvailability('ldap', key, target)?.read === true;
  return matchersOf(connector).some(
    ({ groupAttr, recursionGroupAttr }) =>
      groupAttr.includes(`:${IN_CHAIN}:`) || (isRead && recursionGroupAttr !== undefined),
  );
}

function describeGitHub(connector: DocumentConnector): Sent {
  const orgs = orgsOf(connector);
  const org = connector.text('org');
  const preferred = connector.text('preferredEmailDomain');
  return {
    user: address(
      `the primary address of the GitHub account${preferred === undefined ? '' : `, or the first one of ${preferred}`}, as GitHub has verified it`,
      'always',
    ),
    groups:
      orgs.length > 0
        ? {
            subjects: orgTeams(connector),
            from: `teams of the organizations in orgs, by their ${TEAM_NAMES[connector.text('teamNameField') ?? 'name'] ?? 'names'}`,
          }
        : org !== undefined
          ? { subjects: ['group:<team>'], from: `teams of ${org}, without its name before them` }
          : connector.isOn('loadAllGroups')
            ? ALL_ORGANIZATIONS
            : { subjects: [], from: 'Dex asks for teams with orgs, org or loadAllGroups alone' },
    admitted: membersOf(
      orgs.map(({ name }) => name),
      'GitHub organizations',
      connector.text('hostName') ?? 'github.com',
    ),
  };
}

/** Groups with loadAllGroups: those of everything that the account is in. */
const ALL_ORGANIZATIONS = {
  subjects: ['group:<organization>', 'group:<organization>:<team>'],
  from: 'all organizations and teams of the account',
};

const TEAM_NAMES: Readonly<Record<string, string>> = {
  name: 'names',
  slug: 'slugs',
  both: 'names and slugs',
};

function describeSaml(connector: DocumentConnector): Sent {
  const attribute = connector.text('groupsAttr') ?? '';
  const delimiter = connector.text('groupsDelim');
  const allowed = connector.texts('allowedGroups');
  return {
    user: address(`the attribute ${connector.text('emailAttr') ?? ''} of the assertion`, 'always'),
    groups: {
      subjects: connector.isOn('filterGroups') ? listed(allowed, 'group') : [`group:<${attribute}>`],
      from: `the attribute ${attribute} of the assertion${delimiter === undefined ? '' : `, split at ${JSON.stringify(delimiter)}`}`,
    },
    admitted: membersOf(allowed, 'groups', hostOf(connector.text('ssoURL'))),
  };
}

function address(from: string, verified: SentUser['verified']): SentUser {
  return { subject: 'user:<address>', from, verified, keepsCapitals: true };
}

function orgTeams(connector: DocumentConnector): string[] {
  return orgsOf(connector).flatMap(({ name, teams }) => [
    ...(connector.type === 'gitea' ? [`group:${name}`] : []),
    ...(teams.length === 0 ? [`group:${name}:<team>`] : teams.map((team) => `group:${name}:${team}`)),
  ]);
}

function listed(names: readonly string[], what: string): string[] {
  return names.length === 0 ? [`group:<${what}>`] : names.map((name) => `group:${name}`);
}

function membersOf(names: readonly string[], what: string, where: string): string {
  return names.length === 0
    ? `everyone with an account of ${where}`
    : `members of the ${what} ${names.join(', ')}`;
}

function hostOf(url: string | undefined, otherwise = 'the provider'): string {
  return url === undefined ? otherwise : readUrl(url).host || otherwise;
}
