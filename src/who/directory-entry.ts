import { foldedDN, isAtOrBelow, parseDN } from '../connectors/ldap-dn';
import { dexTraits } from '../releases/dex-traits';
import type { Target } from '../releases/target';
import type { DocumentConnector } from '../subjects/document-connectors';
import { matchersOf } from '../rules/support/ldap-matchers';
import type { Asking, Person } from './person';
import type { Claims, DirectoryEntry } from './read-claims';

const NOT_FOUND = 'no results returned for filter';

/** An entry that is written as JSON: `dn`, and attributes as strings or lists. */
export function entryOf({ dn, ...attributes }: Claims): DirectoryEntry {
  return {
    dn: typeof dn === 'string' ? dn : '',
    attributes: new Map(
      Object.entries(attributes).map(([name, value]) => [
        name,
        (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string'),
      ]),
    ),
  };
}

/**
 * The person of the first entry, in those of the others that are groups of theirs. Names of attributes are compared by case,
 * as Dex does; bases and scopes of searches count, their filters are taken as fulfilled.
 */
export function fromEntries(
  connector: DocumentConnector,
  [user, ...groups]: readonly DirectoryEntry[],
  { target, asksForGroups }: Asking,
): Person {
  if (!user) return { refused: 'there is no entry' };
  const first = (entry: DirectoryEntry, name: string): string => valuesOf(entry, name, target)[0] ?? '';
  const setting = (key: string): string => connector.text('userSearch', key) ?? '';
  if (!isWithin(connector, 'userSearch', user)) return { refused: NOT_FOUND };
  if (hasUnusableLogin(connector, user, target))
    return {
      refused: NOT_FOUND,
      why: `this Dex escapes the name that someone logs in with twice: it finds no one whose ${setting('username')} has brackets, \`*\`, \`\\\` or a letter outside ASCII`,
    };
  const suffix = setting('emailSuffix');
  const needed = [
    setting('idAttr'),
    ...['nameAttr', 'preferredUsernameAttr'].map(setting).filter((name) => name !== ''),
    ...(suffix === '' ? [setting('emailAttr')] : []),
  ];
  const missing = needed.filter((name) => first(user, name) === '');
  if (missing.length > 0)
    return {
      refused: `ldap: entry "${user.dn}" missing following required attribute(s): [${missing.map((name) => JSON.stringify(name)).join(' ')}]`,
    };
  const found = asksForGroups ? groupsOf(connector, user, groups, target) : [];
  if ('refused' in found) return found;
  return {
    email:
      suffix === '' ? first(user, setting('emailAttr')) : `${first(user, setting('nameAttr'))}@${suffix}`,
    isVerified: true,
    groups: found,
  };
}

/** Whether none of the names to log in with is found by a Dex that escapes them twice (`EscapeFilter` of go-ldap). */
function hasUnusableLogin(connector: DocumentConnector, user: DirectoryEntry, target: Target): boolean {
  if (!dexTraits(target).escapesLoginsTwice) return false;
  const logins = valuesOf(user, connector.text('userSearch', 'username') ?? '', target);
  return logins.length > 0 && logins.every((login) => /[()*\\\0\u0080-\uffff]/.test(login));
}

function groupsOf(
  connector: DocumentConnector,
  user: DirectoryEntry,
  groups: readonly DirectoryEntry[],
  target: Target,
): readonly string[] | { readonly refused: string } {
  if (connector.text('groupSearch', 'baseDN') === undefined) return [];
  const nameAttr = connector.text('groupSearch', 'nameAttr') ?? '';
  const within = groups.filter((group) => isWithin(connector, 'groupSearch', group));
  const matched = matchersOf(connector).flatMap(({ userAttr, groupAttr }) =>
    within.filter((group) => isMember(valuesOf(user, userAttr, target), valuesOf(group, groupAttr, target))),
  );
  const nameless = matched.find((group) => (valuesOf(group, nameAttr, target)[0] ?? '') === '');
  if (nameless)
    return { refused: `ldap: group entity "${nameless.dn}" missing required attribute "${nameAttr}"` };
  return [...new Set(matched.map((group) => valuesOf(group, nameAttr, target)[0] ?? ''))];
}

function valuesOf({ dn, attributes }: DirectoryEntry, name: string, target: Target): readonly string[] {
  const values = attributes.get(name);
  if (values) return values;
  return name === 'DN' || (name.toLowerCase() === 'dn' && dexTraits(target).ignoresCaseOfDN) ? [dn] : [];
}

/** As directories compare names and DNs: in any case, DNs however they are written. */
function isMember(ofUser: readonly string[], ofGroup: readonly string[]): boolean {
  const members = new Set(ofGroup.map(compared));
  return ofUser.some((value) => value !== '' && members.has(compared(value)));
}

function compared(value: string): string {
  const name = parseDN(value);
  return name === undefined || name.length === 0
    ? value.trim().replace(/ +/g, ' ').toLowerCase()
    : foldedDN(name);
}

/** Whether a search finds an entry where it looks. Of what is no DN nothing can be said. */
function isWithin(connector: DocumentConnector, search: string, { dn }: DirectoryEntry): boolean {
  const [entry, base] = [dn, connector.text(search, 'baseDN') ?? ''].map(parseDN);
  if (!entry || !base || entry.length === 0) return true;
  return (
    isAtOrBelow(entry, base) &&
    (connector.text(search, 'scope') !== 'one' || entry.length === base.length + 1)
  );
}
