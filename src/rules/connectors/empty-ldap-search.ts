import { writtenPath, type PathStep } from '../../document/source-node';
import { lostComma, parseDN } from '../../connectors/ldap-dn';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { isUnfilled } from '../../model/url-text';
import type { ConnectorRule, ConnectorRuleContext, Finding } from '../rule';

/** What other products put the name that was entered in place of; Dex puts in nothing. */
const PLACEHOLDER =
  /(?<!\$)\{\{?[A-Za-z0-9_.]*\}?\}|%[({][a-z_-]+[)}]s?|\[user[ _-]?name\]|%[suvn]\b|%[A-Za-z]+%|<(user[ _-]?name|user|login|uid|input|name|email)>/i;

/** The same with a dollar sign, set apart from what stands before it. Capitals are a variable, about which other rules are. */
const DOLLAR_PLACEHOLDER =
  /(?<![A-Za-z0-9_$])\$(\{(username|userName|user|login|uid)\}|(username|userName|user|login|uid)\b)/;

/** Attributes of groups that hold names of people, and those that hold the DNs of their entries. */
const HOLDS_NAMES = /^memberUid$/i;
const HOLDS_DNS = /^(member|uniqueMember|roleOccupant|owner|managedBy)(:|$)/i;
/** What a user is called by, and what an entry is called by. */
const IS_DN = /^(dn|entryDN|distinguishedName)$/i;
const IS_NAME = /^(uid|sAMAccountName|cn|mail|userPrincipalName|displayName|uidNumber)$/i;

export const ldapSearches: ConnectorRule = {
  code: 'DEX050',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'LDAP search that finds no one',
  reason:
    'Dex sends its searches to the directory, which answers without an error when nothing matches. A filter is sent as it is, in a standalone Dex with its environment variables replaced: Dex adds the comparison with the entered name itself and replaces no placeholder. A matcher compares an attribute of the user with one of groups, and finds nothing where one holds names and the other DNs; DN is not an attribute that a directory can be searched by. A base that is not a DN is refused: LDAP Result Code 34 "Invalid DN Syntax".',
  remedy:
    'Leave the name out of filters; match DN with member, and uid with memberUid; write bases as attribute=value pairs, dc=example,dc=com.',
  *check(subject) {
    for (const connector of documentConnectors(subject.document)) {
      if (connector.type !== 'ldap') continue;
      for (const search of ['userSearch', 'groupSearch']) {
        yield* base(connector, search);
        yield* placeholder(subject, connector, search);
      }
      yield* account(connector);
      yield* attributes(connector);
      yield* matchers(connector);
    }
  },
};

function* base(connector: DocumentConnector, search: string): Iterable<Finding> {
  const dn = connector.text(search, 'baseDN');
  if (dn === undefined || isUnfilled(dn)) return;
  if (isDN(dn)) {
    const inValue = lostComma(dn);
    if (inValue !== undefined)
      yield {
        path: connector.at(search, 'baseDN'),
        message: `Without a comma before it, ${inValue} is a part of the value before it, and the directory has no entry of that name: \`LDAP Result Code 32 "No Such Object"\``,
        hint: `write a comma before ${inValue}`,
      };
    return;
  }
  const isDomain = /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(dn);
  yield {
    path: connector.at(search, 'baseDN'),
    severity: 'error',
    message: `"${dn}" is not a DN, and every search fails: \`LDAP Result Code 34 "Invalid DN Syntax"\``,
    hint: isDomain
      ? `write ${dn
          .split('.')
          .map((part) => `dc=${part}`)
          .join(',')}`
      : 'write attribute=value pairs with commas between them, such as dc=example,dc=com',
  };
}

/** Active Directory takes other names of an account too, in which there is no =. */
function* account(connector: DocumentConnector): Iterable<Finding> {
  const dn = connector.text('bindDN');
  if (dn === undefined || isUnfilled(dn) || !dn.includes('=')) return;
  const isSound = isDN(dn);
  const inValue = isSound ? lostComma(dn) : undefined;
  if (!isSound)
    yield {
      path: connector.at('bindDN'),
      severity: 'error',
      message: `"${dn}" is not a DN, and every login fails: \`ldap: initial bind for user "${dn}" failed: LDAP Result Code 34 "Invalid DN Syntax"\``,
      hint: 'write attribute=value pairs with commas between them, such as cn=dex,dc=example,dc=com',
    };
  else if (inValue !== undefined)
    yield {
      path: connector.at('bindDN'),
      message: `Without a comma before it, ${inValue} is a part of the value before it, and the directory has no account of that name: \`LDAP Result Code 49 "Invalid Credentials"\``,
      hint: `write a comma before ${inValue}`,
    };
}

/** An attribute, by its name or its object identifier. */
const ATTRIBUTE = /^([A-Za-z][A-Za-z0-9-]*|(oid\.)?\d+(\.\d+)*)$/i;

/** Keys that name one attribute of an entry each. */
const NAMING: readonly (readonly [search: string, key: string])[] = [
  ...['username', 'idAttr', 'emailAttr', 'nameAttr', 'preferredUsernameAttr'].map(
    (key) => ['userSearch', key] as const,
  ),
  ['groupSearch', 'nameAttr'],
];

/** A filter, several names or a name with an equals sign in the place of an attribute. Options follow a semicolon. */
function* attributes(connector: DocumentConnector): Iterable<Finding> {
  for (const place of NAMING) {
    const name = connector.text(...place);
    if (name === undefined || isUnfilled(name) || /^\w[\w.-]*$/.test(name.split(';', 1)[0] ?? '')) continue;
    yield {
      path: connector.at(...place),
      severity: 'error',
      message: `"${name}" is not the name of an attribute, ${place[0] === 'userSearch' ? 'so no one can log in' : 'so no one who is in a group can log in'}`,
      hint: `write one attribute, such as ${/mail/i.test(place[1]) ? 'mail' : place[0] === 'groupSearch' ? 'cn' : 'uid'}`,
    };
  }
}

/** Attribute and value in every part, as RFC 4514 has it. Values in quotes are of RFC 2253, which directories still take. */
function isDN(text: string): boolean {
  const name = parseDN(text.replace(/"(?:[^"\\]|\\.)*("?)/g, (quoted, end) => (end === '"' ? 'x' : quoted)));
  return name !== undefined && name.flat().every(({ type, value }) => ATTRIBUTE.test(type) && value !== '');
}

function* placeholder(
  subject: ConnectorRuleContext,
  connector: DocumentConnector,
  search: string,
): Iterable<Finding> {
  const filter = connector.text(search, 'filter');
  // A filter that is a variable as a whole is put in before anything is searched for.
  if (filter === undefined || !filter.startsWith('(')) return;
  const areExpanded = subject.kind === 'connector' && subject.expandsVariables;
  const variable = DOLLAR_PLACEHOLDER.exec(filter)?.[0];
  const found = PLACEHOLDER.exec(filter)?.[0] ?? variable;
  if (found === undefined) return;
  const path = connector.at(search, 'filter');
  const effect = search === 'userSearch' ? 'no one can log in' : 'users have no groups';
  const field = String(writtenPath(subject.root, path).at(-1));
  yield {
    path,
    message:
      areExpanded && found === variable
        ? `Dex replaces ${found} by an environment variable when it starts, and never by the name that was entered, so ${effect}`
        : `Dex replaces nothing in ${field}, so the directory looks for the string ${found}, and ${effect}`,
    hint: field === 'filter' ? filterHint(connector, search, found) : `write ${field} without ${found}`,
  };
}

function filterHint(connector: DocumentConnector, search: string, found: string): string {
  return search === 'userSearch'
    ? `remove the part with ${found}; Dex adds (${connector.text('userSearch', 'username') ?? 'uid'}=…) itself`
    : `remove the part with ${found}; userMatchers says how groups and users belong together`;
}

function* matchers(connector: DocumentConnector): Iterable<Finding> {
  const list = connector.value('groupSearch', 'userMatchers');
  const places: PathStep[][] = [['groupSearch']];
  if (Array.isArray(list)) places.push(...list.map((_, index) => ['groupSearch', 'userMatchers', index]));
  for (const place of places) {
    const user = connector.text(...place, 'userAttr');
    const group = connector.text(...place, 'groupAttr');
    if (user === undefined || group === undefined) continue;
    const found = neverMatches(user, group);
    if (found)
      yield {
        path: connector.at(...place, found.key),
        message: `${found.what}, so users have no groups`,
        hint: found.hint,
      };
  }
}

function neverMatches(
  user: string,
  group: string,
): { readonly key: string; readonly what: string; readonly hint: string } | undefined {
  if (/^dn$/i.test(group))
    return {
      key: 'groupAttr',
      what: 'DN is not an attribute that a directory can be searched by',
      hint: 'write userAttr: DN and groupAttr: member; or groupAttr: entryDN, or distinguishedName in Active Directory, where the directory has it',
    };
  if (/^memberOf$/i.test(group) && (IS_DN.test(user) || IS_NAME.test(user)))
    return {
      key: 'groupAttr',
      what: 'memberOf of a group has the groups that it is in itself, and never a user',
      hint: 'write userAttr: DN and groupAttr: member',
    };
  if (/^memberOf$/i.test(user) && (IS_NAME.test(group) || HOLDS_NAMES.test(group) || HOLDS_DNS.test(group)))
    return {
      key: 'groupAttr',
      what: `memberOf of a user holds the DNs of groups, and ${group} of a group is ${HOLDS_DNS.test(group) ? 'the DNs of its members' : 'a name'}`,
      hint: 'write userAttr: DN and groupAttr: member; or groupAttr: entryDN, or distinguishedName in Active Directory, where the directory has it',
    };
  if (HOLDS_NAMES.test(group) && IS_DN.test(user))
    return {
      key: 'userAttr',
      what: `${group} holds login names (RFC 2307), and userAttr ${user} gives the DN of the entry`,
      hint: 'write userAttr: uid',
    };
  if (HOLDS_DNS.test(group) && IS_NAME.test(user))
    return {
      key: 'userAttr',
      what: `${group} holds DNs, and ${user} is a name`,
      hint: 'write userAttr: DN',
    };
  return undefined;
}
