import { connectorTargetOf } from '../releases/connector-target';
import type { Target } from '../releases/target';
import type { Auth, Cluster } from '../model/cluster';
import { DEV_CONNECTOR } from '../model/dev-users';
import { elsewhereGroups } from '../rules/support/elsewhere-groups';
import { groupMismatch } from '../rules/support/group-names';
import { namesUsersOtherwise } from '../rules/support/names-of-users';
import { deliversGroups } from '../rules/support/group-delivery';
import { clusterConnectors, type DocumentConnector } from '../subjects/document-connectors';
import { joinRules } from './join-rules';
import { MOCK_USER, sentBy, type Sent } from './sent';

/** A way to log in: a connector of Dex, or Dex's own passwords. */
export interface Way extends Sent {
  readonly id: string;
  readonly type: string;
}

/** A role binding, and how someone can be its subject. */
export interface BoundSubject {
  readonly subject: string;
  readonly roles: readonly string[];
  /** Ids of the ways through which someone can be it. */
  readonly through: readonly string[];
  /** Why no one is ever it, or what it stands for where no login makes it. */
  readonly note?: string;
  /** Whether no one is ever it. */
  readonly matchesNoOne?: true;
}

/** Who gets into a cluster, as whom, with which groups. */
export interface ClusterWho {
  readonly name: string;
  readonly ways: readonly Way[];
  /** Missing when the document leaves the bindings of the cluster as they are. */
  readonly bindings?: readonly BoundSubject[];
  /** What limits everything above: unread Secrets, groups that pachd does not ask for. */
  readonly notes: readonly string[];
}

/** Where Dex's own passwords are shown among connectors. */
const LOCAL = 'local';

/** Works out who gets into a cluster and what pachd knows them by, from its document alone. */
export function whoOf(cluster: Cluster): ClusterWho {
  const target = connectorTargetOf(cluster);
  const connectors = clusterConnectors(cluster);
  const ways = [
    ...connectors.map((connector) => {
      const sent = sentBy(connector, target);
      return {
        id: connector.id,
        type: connector.type,
        ...sent,
        ...atAuth0(connector, cluster, sent),
        ...atKeycloak(connector, cluster, sent),
        ...ofDevUsers(connector, cluster),
      };
    }),
    ...passwordWay(cluster),
  ];
  const { auth } = cluster;
  return {
    name: cluster.name,
    ways,
    ...(auth?.roleBindings === undefined
      ? {}
      : {
          bindings: Object.entries(auth.roleBindings).map(([subject, roles]) => ({
            subject,
            roles,
            ...bound(subject, { auth, cluster, connectors, target }),
          })),
        }),
    notes: notesOf(cluster, ways),
  };
}

/** What Terraform sets up at Auth0: the Action that sets the groups, and whom the application admits. */
function atAuth0({ id }: DocumentConnector, { auth0 }: Cluster, { groups }: Sent): Partial<Sent> {
  if (auth0 === undefined || id !== auth0.connectorID) return {};
  return {
    groups: { subjects: [...groups.subjects, ...connectionGroups(auth0.groups)], from: groups.from },
    ...admittedBy(auth0.allow),
  };
}

/** Groups that the providers behind connections of Auth0 send, besides roles. */
function connectionGroups(groups: NonNullable<Cluster['auth0']>['groups']): string[] {
  return (groups?.fromConnections ?? []).map(
    (connection) => `group:<name or id of a group, as ${connection} sends it to Auth0>`,
  );
}

/** What Keycloak imports: the mapper that sends the groups, and how it calls them. */
function atKeycloak(
  { id }: DocumentConnector,
  { keycloak }: Cluster,
  { groups: { from, subjects } }: Sent,
): Partial<Sent> {
  if (keycloak === undefined || id !== keycloak.connectorID || subjects.length === 0) return {};
  const { groups } = keycloak;
  const form =
    groups?.from === 'roles'
      ? 'group:<name of the realm role>'
      : groups?.fullPath === true
        ? 'group:/<path of the group>'
        : 'group:<name of the group>';
  return { groups: { subjects: [form], from } };
}

/** The directory of dev users has these people alone. */
function ofDevUsers({ id }: DocumentConnector, { dev }: Cluster): Partial<Sent> {
  if (dev?.keptIn !== 'directory' || id !== DEV_CONNECTOR) return {};
  const { people } = dev;
  return {
    groups: { subjects: groupSubjects(people), from: 'dev.users[].groups' },
    admitted: people.map(({ email }) => email).join(', '),
  };
}

function groupSubjects(people: readonly { readonly groups?: readonly string[] }[]): string[] {
  return [...new Set(people.flatMap(({ groups = [] }) => groups))].map((group) => `group:${group}`);
}

function admittedBy(allow: NonNullable<Cluster['auth0']>['allow']): { admitted?: string } {
  const { emailDomains = [], connections = [], roles = [] } = allow ?? {};
  const said = [
    ...(emailDomains.length > 0 ? [`addresses of ${emailDomains.join(', ')}`] : []),
    ...(connections.length > 0 ? [`the connections ${connections.join(', ')}`] : []),
    ...(roles.length > 0 ? [`the roles ${roles.join(', ')}`] : []),
  ];
  return said.length === 0 ? {} : { admitted: `people at Auth0 with ${said.join(' and ')}` };
}

function passwordWay({ dex, dev }: Cluster): Way[] {
  const users = dex?.staticPasswords ?? [];
  if (users.length === 0) return [];
  const fromDev = dev?.keptIn === 'passwords' ? dev.people.length : 0;
  const places = [
    ...(users.length > fromDev ? ['dex.staticPasswords'] : []),
    ...(fromDev > 0 ? ['dev.users'] : []),
  ];
  return [
    {
      id: LOCAL,
      type: 'passwords of Dex',
      user: {
        subject: `user:<email in ${places.join(' or ')}>`,
        from: places.join(' and '),
        verified: 'always',
        keepsCapitals: true,
      },
      groups: {
        subjects: groupSubjects(users),
        from: places.map((place) => `${place}[].groups`).join(' and '),
      },
      admitted: users.map(({ email }) => email).join(', '),
    },
  ];
}

interface Context {
  readonly auth: Auth;
  readonly cluster: Cluster;
  readonly connectors: readonly DocumentConnector[];
  readonly target: Target;
}

/** What subjects stand for that no login makes. */
const OTHERS: readonly (readonly [prefix: RegExp, note: string])[] = [
  [/^allClusterUsers$/, 'everyone who is logged in'],
  [/^pach:root$/, 'the root token'],
  [/^robot:/, 'everyone who has its token, which an administrator makes'],
  [/^(pipeline|pach|internal):/, 'pachd itself, or one of its pipelines'],
];

function bound(subject: string, context: Context): Omit<BoundSubject, 'subject' | 'roles'> {
  const other = OTHERS.find(([prefix]) => prefix.test(subject));
  if (other) return { through: [], note: other[1] };
  const [, kind, name = ''] = /^(user|group):(.*)$/s.exec(subject) ?? [];
  if (kind === 'user') return boundUser(name, context);
  return kind === 'group' ? boundGroup(name, context) : never('pachd knows no such subject');
}

function boundUser(email: string, context: Context): Omit<BoundSubject, 'subject' | 'roles'> {
  const users = context.cluster.dex?.staticPasswords ?? [];
  const through = [
    ...context.connectors.filter((connector) => canHave(connector, email)).map(({ id }) => id),
    ...(users.some((user) => user.email === email) ? [LOCAL] : []),
  ];
  return orNever(through, context, 'no connector sends such an address');
}

/** Whether a connector may send someone with this address, as far as its settings tell. */
function canHave(connector: DocumentConnector, email: string): boolean {
  if (!email.includes('@') && !namesUsersOtherwise(connector)) return false;
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (connector.facts.mock) return email === MOCK_USER;
  switch (connector.type) {
    case 'google': {
      const domains = connector.texts('hostedDomains');
      return domains.length === 0 || domains.includes(domain.toLowerCase());
    }
    case 'ldap': {
      const suffix = connector.text('userSearch', 'emailSuffix');
      return suffix === undefined || email.endsWith(`@${suffix}`);
    }
    case 'microsoft':
      return !connector.isOn('emailToLowercase') || email === email.toLowerCase();
    default:
      return true;
  }
}

function boundGroup(group: string, context: Context): Omit<BoundSubject, 'subject' | 'roles'> {
  const { auth, cluster, connectors, target } = context;
  if (!auth.scopes.includes('groups')) return never('no one is ever in it: auth.scopes has no groups');
  const asked = connectors.filter((connector) => deliversGroups(connector, target));
  const senders = asked.filter(
    (connector) => elsewhereGroups(connector).length === 0 || joinRules(connector).length > 0,
  );
  const mismatches = senders.map(
    (connector) => pathMismatch(connector, cluster, group) ?? groupMismatch(connector, group),
  );
  const through = [
    ...senders.filter((_, index) => mismatches[index] === undefined).map(({ id }) => id),
    ...((cluster.dex?.staticPasswords ?? []).some(({ groups = [] }) => groups.includes(group))
      ? [LOCAL]
      : []),
  ];
  const first = mismatches.find((mismatch) => mismatch !== undefined) ?? asked.flatMap(elsewhereGroups).at(0);
  return orNever(
    through,
    context,
    first === undefined ? 'no connector brings groups along' : `${first.why}; ${first.hint}`,
  );
}

/** With full paths every group of Keycloak begins with a slash, and without them none has one that leads into another. */
function pathMismatch(
  { id }: DocumentConnector,
  { keycloak }: Cluster,
  group: string,
): ReturnType<typeof groupMismatch> {
  if (id !== keycloak?.connectorID || keycloak.groups?.from !== 'groups') return undefined;
  if (keycloak.groups.fullPath === group.startsWith('/')) return undefined;
  return keycloak.groups.fullPath
    ? { why: 'keycloak sends full paths of groups, which begin with a slash', hint: `bind group:/${group}` }
    : {
        why: 'keycloak sends names of groups without their paths',
        hint: `bind group:${group.split('/').at(-1) ?? ''}, or set keycloak.fullGroupPath`,
      };
}

function orNever(
  through: readonly string[],
  { cluster }: Context,
  why: string,
): Omit<BoundSubject, 'subject' | 'roles'> {
  if (through.length > 0) return { through };
  const unread = unreadConnectors(cluster);
  return unread === undefined ? never(`no one is ever it: ${why}`) : { through, note: unread };
}

function never(note: string): Omit<BoundSubject, 'subject' | 'roles'> {
  return { through: [], note, matchesNoOne: true };
}

/** Connectors that only the cluster, or another one, knows. */
function unreadConnectors({ identity, enterprise }: Cluster): string | undefined {
  if (enterprise?.member) return 'the enterprise server has the connectors';
  return identity.connectorsFrom === undefined
    ? undefined
    : `the connectors are in the Secret ${identity.connectorsFrom.name}, which is not read here`;
}

function notesOf(cluster: Cluster, ways: readonly Way[]): string[] {
  const { auth } = cluster;
  if (auth === undefined) return ['auth.enabled is false: everyone who reaches pachd may do everything'];
  const unread = unreadConnectors(cluster);
  return [
    ...(unread === undefined ? [] : [unread]),
    ...(auth.scopes.includes('groups') ? [] : ['pachd does not ask for groups: auth.scopes has no groups']),
    ...(cluster.identity.clients.length > 0 && ways.some(({ groups }) => groups.subjects.length > 0)
      ? [
          `ID tokens for ${cluster.identity.clients.map(({ name }) => name).join(', ')} have all groups of a person, where they are asked for: a program that keeps them in a cookie loses people in many groups, because browsers drop cookies of more than 4096 bytes. pachd has no such limit: it hands out tokens of its own`,
        ]
      : []),
    ...(auth.requireVerifiedEmail
      ? ['pachd refuses people whose address is not verified: auth.requireVerifiedEmail']
      : []),
    ...(auth.roleBindings === undefined
      ? ['the document has no auth.roleBindings: roles are as in the cluster']
      : []),
  ];
}
