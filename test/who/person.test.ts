import type { JsonValue } from '../../src/document/source-node';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { parseTarget, type Target } from '../../src/releases/target';
import { documentConnectors } from '../../src/subjects/document-connectors';
import { readClaims, type Given } from '../../src/who/read-claims';
import { personOf, type Person } from '../../src/who/person';
import { sentBy } from '../../src/who/sent';

type Config = Readonly<Record<string, JsonValue>>;

const target = (name: string): Target => {
  const parsed = parseTarget(name);
  if (!parsed.ok) throw new Error(name);
  return parsed.target;
};

function connector(type: string, config: Config) {
  const document = { identity: { connectors: [{ id: type, type, config }] } } as unknown as ClusterDocument;
  const [found] = documentConnectors(document);
  if (!found) throw new Error(type);
  return found;
}

function person(type: string, config: Config, claims: Config, dex = 'dex@2.45'): Person | undefined {
  return personOf(connector(type, config), { kind: 'claims', claims, isToken: false }, target(dex));
}

const ada = { email: 'ada@acme.com', email_verified: true };

describe('google', () => {
  test.each<[string, Config, Config, object]>([
    ['takes the address', {}, ada, { email: 'ada@acme.com', isVerified: true, groups: [] }],
    [
      'takes people of its domains',
      { hostedDomains: ['acme.com'] },
      { ...ada, hd: 'acme.com' },
      ada && { email: 'ada@acme.com' },
    ],
    [
      'refuses others',
      { hostedDomains: ['acme.com'] },
      { ...ada, hd: 'x.com' },
      { refused: 'oidc: unexpected hd claim x.com' },
    ],
    [
      'refuses private accounts',
      { hostedDomains: ['acme.com'] },
      ada,
      { refused: 'oidc: unexpected hd claim' },
    ],
    [
      'keeps listed groups',
      { groups: ['a@acme.com'], adminEmail: 'root@acme.com' },
      { ...ada, groups: ['a@acme.com', 'b@acme.com'] },
      { groups: ['a@acme.com'] },
    ],
    [
      'looks at no groups without access to the directory',
      { groups: ['a@acme.com'] },
      { ...ada, groups: ['b@acme.com'] },
      { email: 'ada@acme.com', groups: [] },
    ],
    ['takes private accounts for the empty domain', { hostedDomains: [''] }, ada, { email: 'ada@acme.com' }],
  ])('%s', (_, config, claims, expected) => expect(person('google', config, claims)).toMatchObject(expected));
});

describe('microsoft', () => {
  const graph = { userPrincipalName: 'Ada@Acme.com', groups: ['Data', 'Ops'] };
  test.each<[string, Config, Config, object]>([
    [
      'takes the principal name as it is',
      { tenant: 'acme.com' },
      graph,
      { email: 'Ada@Acme.com', groups: ['Data', 'Ops'] },
    ],
    [
      'in lowercase where it is told to',
      { tenant: 'acme.com', emailToLowercase: true },
      graph,
      { email: 'ada@acme.com' },
    ],
    ['has no groups of several directories', { tenant: 'organizations' }, graph, { groups: [] }],
    [
      'keeps all groups of a member',
      { tenant: 'acme.com', groups: ['Ops'] },
      graph,
      { groups: ['Data', 'Ops'] },
    ],
    [
      'or the listed ones',
      { tenant: 'acme.com', groups: ['Ops'], useGroupsAsWhitelist: true },
      graph,
      { groups: ['Ops'] },
    ],
    ['has none of no listed ones', { tenant: 'acme.com', useGroupsAsWhitelist: true }, graph, { groups: [] }],
    [
      'refuses others',
      { tenant: 'acme.com', groups: ['ops'] },
      graph,
      { refused: 'microsoft: user is not in any of the required groups' },
    ],
  ])('%s', (_, config, claims, expected) =>
    expect(person('microsoft', config, claims)).toMatchObject(expected),
  );
});

describe('saml', () => {
  const config = { usernameAttr: 'name', emailAttr: 'mail', groupsAttr: 'groups' };
  const attributes = { name: 'Ada', mail: 'ada@acme.com', groups: ['a', 'b'] };
  test.each<[string, Config, Config, object]>([
    ['takes attributes', {}, attributes, { email: 'ada@acme.com', isVerified: true, groups: ['a', 'b'] }],
    ['splits groups', { groupsDelim: ', ' }, { ...attributes, groups: 'a, b' }, { groups: ['a', 'b'] }],
    ['admits members with all their groups', { allowedGroups: ['a'] }, attributes, { groups: ['a', 'b'] }],
    ['or with the allowed ones', { allowedGroups: ['a'], filterGroups: true }, attributes, { groups: ['a'] }],
    [
      'refuses others',
      { allowedGroups: ['c'] },
      attributes,
      { refused: 'user not a member of allowed groups' },
    ],
    ['needs the address', {}, { groups: [] }, { refused: 'no attribute with name "mail"' }],
    ['in which something is', {}, { ...attributes, mail: '' }, { refused: 'no attribute with name "mail"' }],
    ['needs the name', {}, { mail: 'ada@acme.com' }, { refused: 'no attribute with name "name"' }],
    [
      'needs the attribute of groups',
      {},
      { name: 'Ada', mail: 'ada@acme.com' },
      { refused: 'no attribute with name "groups"' },
    ],
  ])('%s', (_, more, claims, expected) =>
    expect(person('saml', { ...config, ...more }, claims)).toMatchObject(expected),
  );
});

test('groups that pachd does not ask for are not looked at, and let no one in', () => {
  const claims = { name: 'Ada', mail: 'ada@acme.com' };
  const config = { usernameAttr: 'name', emailAttr: 'mail', groupsAttr: 'groups' };
  const asked = (more: Config) =>
    personOf(
      connector('saml', { ...config, ...more }),
      { kind: 'claims', claims, isToken: false },
      target('dex@2.45'),
      false,
    );
  expect(asked({})).toMatchObject({ email: 'ada@acme.com', groups: [] });
  expect(asked({ allowedGroups: ['a'] })).toMatchObject({ refused: 'user not a member of allowed groups' });
});

test('hostedDomains of oidc are compared where Dex reads them', () => {
  const config = { hostedDomains: ['acme.com'] };
  const claims = { ...ada, name: 'Ada', hd: 'x.com' };
  expect(person('oidc', config, claims, 'pachyderm@2.3')).toMatchObject({
    refused: 'oidc: unexpected hd claim x.com',
  });
  expect(person('oidc', config, claims, 'pachyderm@2.4')).toMatchObject({ email: 'ada@acme.com' });
});

describe('an address that the provider does not send', () => {
  test.each<[string, readonly string[]]>([
    ['is missed where the list of scopes is empty', []],
    ['is missed where an item is its scope', ['email', 'profile']],
  ])('%s', (_, scopes) =>
    expect(person('oidc', { scopes: [...scopes] }, { name: 'Ada' })).toMatchObject({
      refused: expect.stringContaining('missing email claim') as string,
    }),
  );

  test('is not missed where its scope is one of several in an item', () =>
    expect(person('oidc', { scopes: ['email profile'] }, { name: 'Ada' })).toMatchObject({ email: '' }));
});

describe('groups that Dex changes', () => {
  const claims = { ...ada, name: 'Ada', groups: ['Data', 'Ops'] };
  const on = { insecureEnableGroups: true };
  test.each<[string, Config, readonly string[]]>([
    [
      'affixes',
      { claimModifications: { modifyGroupNames: { prefix: 'okta:', suffix: '!' } } },
      ['okta:Data!', 'okta:Ops!'],
    ],
    [
      'filter in the syntax of Go',
      { claimModifications: { filterGroupClaims: { groupsFilter: '\\A(?i:d)(?-i)ata\\z' } } },
      ['Data'],
    ],
    ['filter', { claimModifications: { filterGroupClaims: { groupsFilter: '(?i)^data$' } } }, ['Data']],
    [
      'filter that Dex ignores',
      { claimModifications: { filterGroupClaims: { groupsFilter: '(' } } },
      ['Data', 'Ops'],
    ],
    ['allowed alone', { allowedGroups: ['Ops'] }, ['Ops']],
  ])('%s', (_, config, groups) =>
    expect(person('oidc', { ...on, ...config }, claims)).toMatchObject({ groups }),
  );

  test('by keys that the Dex of the target does not read are as they were', () =>
    expect(person('oidc', { ...on, allowedGroups: ['Ops'] }, claims, 'pachyderm@2.11')).toMatchObject({
      groups: ['Data', 'Ops'],
    }));
});

test.each<[string, Config, readonly string[]]>([
  ['github', { orgs: [{ name: 'acme', teams: ['data', 'ops'] }] }, ['group:acme:data', 'group:acme:ops']],
  ['github', { loadAllGroups: true }, ['group:<organization>', 'group:<organization>:<team>']],
  ['github', {}, []],
  ['gitea', {}, []],
  ['gitea', { loadAllGroups: true }, ['group:<organization>', 'group:<organization>:<team>']],
  ['gitea', { orgs: [{ name: 'acme' }] }, ['group:acme', 'group:acme:<team>']],
  ['gitlab', { groups: ['acme/data'] }, ['group:acme/data']],
  ['microsoft', { tenant: 'acme.com', groupNameFormat: 'id' }, ['group:<object id of the group>']],
  ['oidc', { issuer: 'https://acme.okta.com' }, []],
  [
    'oidc',
    {
      issuer: 'https://login.microsoftonline.com/0b0e9d3e-1111-2222-3333-444455556666/v2.0',
      insecureEnableGroups: true,
    },
    ['group:<object id of the group>'],
  ],
  ['mockCallback', {}, ['group:authors']],
])('%s with %j sends %j', (type, config, groups) =>
  expect(sentBy(connector(type, config), target('dex@2.45')).groups.subjects).toEqual(groups),
);

const SEARCH = {
  host: 'ldap.acme.com',
  userSearch: { baseDN: 'dc=acme', username: 'uid', idAttr: 'uid', emailAttr: 'mail' },
};
const searchedBy = (matcher: Config): Config => ({
  ...SEARCH,
  groupSearch: { baseDN: 'dc=acme', nameAttr: 'cn', userMatchers: [matcher] },
});
const NOT_NESTED = 'groups that those groups are in do not count';

test.each<[string, string, Config, string, string | undefined]>([
  [
    'members by an attribute',
    'ldap',
    searchedBy({ userAttr: 'DN', groupAttr: 'member' }),
    'dex@2.45',
    NOT_NESTED,
  ],
  [
    'members by the rule of Active Directory',
    'ldap',
    searchedBy({ userAttr: 'DN', groupAttr: 'member:1.2.840.113556.1.4.1941:' }),
    'pachyderm@2.11',
    undefined,
  ],
  [
    'groups in groups that Dex looks for',
    'ldap',
    searchedBy({ userAttr: 'DN', groupAttr: 'member', recursionGroupAttr: 'member' }),
    'dex@2.45',
    undefined,
  ],
  [
    'groups in groups that this Dex does not look for',
    'ldap',
    searchedBy({ userAttr: 'DN', groupAttr: 'member', recursionGroupAttr: 'member' }),
    'pachyderm@2.11',
    NOT_NESTED,
  ],
  [
    'a thin token and what Dex asks beside it',
    'oidc',
    { issuer: 'https://acme.okta.com', insecureEnableGroups: true, getUserInfo: true },
    'dex@2.45',
    undefined,
  ],
])('of %s the limit is said', (_, type, config, dex, limit) =>
  expect(sentBy(connector(type, config), target(dex)).groups.limit).toBe(limit),
);

const OKTA = { issuer: 'https://acme.okta.com', insecureEnableGroups: true };
const KEYCLOAK = { issuer: 'https://kc.acme.com/realms/acme', insecureEnableGroups: true };
const JOINED = { newGroupFromClaims: [{ prefix: 'team', delimiter: ':', claims: ['department'] }] };

test.each<[string, string, Config, readonly string[], RegExp]>([
  ['a thin token', 'oidc', OKTA, [], /^Okta leaves groups out of the ID token/],
  [
    'a thin token and the userinfo endpoint',
    'oidc',
    { ...OKTA, getUserInfo: true, scopes: ['profile', 'email', 'groups'] },
    ['group:<item of groups>'],
    /^the claim groups of the userinfo endpoint/,
  ],
  [
    'a mapping of Keycloak',
    'oidc',
    { ...KEYCLOAK, claimMapping: { groups: 'realm_access.roles' } },
    [],
    /^Dex looks for a claim that is called realm_access\.roles as a whole/,
  ],
  [
    'a mapping of Keycloak beside what Dex joins itself',
    'oidc',
    { ...KEYCLOAK, claimMapping: { groups: 'realm_access.roles' }, claimModifications: JOINED },
    ['group:team:<department>'],
    /^Dex looks for a claim/,
  ],
  [
    'a mapping in the answer to an oauth connector',
    'oauth',
    { claimMapping: { groupsKey: 'realm_access.roles' } },
    [],
    /^Dex looks for a claim/,
  ],
  [
    'a name with dots',
    'oauth',
    { claimMapping: { groupsKey: 'acme.groups' } },
    ['group:<acme.groups>'],
    /^acme/,
  ],
])('of %s the groups are those that come', (_, type, config, subjects, from) => {
  const { groups } = sentBy(connector(type, config), target('dex@2.45'));
  expect(groups.subjects).toEqual(subjects);
  expect(groups.from).toMatch(from);
});

const ENTRIES = `dn: uid=ada,ou=People,dc=acme
uid: ada
mail: ada@acme.com

dn: cn=data,ou=Groups,dc=acme
cn: data
member: UID=Ada, OU=people,DC=acme

dn: cn=old,ou=old,ou=groups,dc=acme
cn: old
member: uid=\\61da,ou=people,dc=acme
`;

test.each<[string, Config, Config, readonly string[] | undefined]>([
  ['in all places', {}, {}, ['data', 'old']],
  ['of one level', {}, { scope: 'one' }, ['data']],
  ['below another place', {}, { baseDN: 'OU=Old, ou=groups,dc=acme' }, ['old']],
  ['of a person who is elsewhere', { baseDN: 'ou=staff,dc=acme' }, {}, undefined],
  ['of a person who is too deep', { baseDN: 'dc=acme', scope: 'one' }, {}, undefined],
])('groups %s are found as by a directory, however DNs are written', (_, users, groups, found) => {
  const config = {
    ...SEARCH,
    userSearch: { ...SEARCH.userSearch, ...users },
    groupSearch: {
      baseDN: 'ou=groups,dc=acme',
      nameAttr: 'cn',
      userMatchers: [{ userAttr: 'DN', groupAttr: 'member' }],
      ...groups,
    },
  };
  const person = personOf(connector('ldap', config), readClaims(ENTRIES) as Given, target('dex@2.45'));
  expect(person).toEqual(
    found === undefined
      ? { refused: 'no results returned for filter' }
      : { email: 'ada@acme.com', isVerified: true, groups: found },
  );
});

test.each<[login: string, dex: string, isFound: boolean]>([
  ['jürgen', 'dex@2.38', true],
  ['jürgen', 'dex@2.39', false],
  ['mary (ops)', 'dex@2.41', false],
  ['a*b', 'dex@2.41', false],
  ['ada.lovelace+x@acme.com', 'dex@2.41', true],
  ['jürgen', 'pachyderm@2.12', true],
])('whether %s can log in at a directory with %s: %s', (login, dex, isFound) => {
  const entry = `dn: uid=1,dc=acme\nuid: ${login}\nmail: ada@acme.com\n`;
  const person = personOf(connector('ldap', SEARCH), readClaims(entry) as Given, target(dex));
  expect(person).toEqual(
    isFound
      ? { email: 'ada@acme.com', isVerified: true, groups: [] }
      : {
          refused: 'no results returned for filter',
          why: expect.stringContaining('escapes the name that someone logs in with twice') as string,
        },
  );
});

test('another name of the same person is found', () => {
  const entry = 'dn: uid=1,dc=acme\nuid: émilie\nuid: emilie\nmail: ada@acme.com\n';
  expect(personOf(connector('ldap', SEARCH), readClaims(entry) as Given, target('dex@2.41'))).toHaveProperty(
    'email',
  );
});
