import type { JsonValue } from '../../../src/document/source-node';

/** Settings of an ldap connector, and who logs in. */
export interface DirectorySetUp {
  readonly id: string;
  readonly login: 'ada' | 'grace';
  readonly config: Readonly<Record<string, JsonValue>>;
}

/** Passwords by login name. */
export const PEOPLE: Readonly<Record<string, string>> = { ada: 'engine', grace: 'compiler' };

/** Grace has neither an address nor a title. */
export const DIRECTORY = `dn: dc=acme,dc=com
objectClass: dcObject
objectClass: organization
o: Acme
dc: acme

dn: ou=people,dc=acme,dc=com
objectClass: organizationalUnit
ou: people

dn: ou=groups,dc=acme,dc=com
objectClass: organizationalUnit
ou: groups

dn: uid=ada,ou=people,dc=acme,dc=com
objectClass: inetOrgPerson
uid: ada
cn: Ada Lovelace
sn: Lovelace
title: Countess
mail: Ada.Lovelace@Acme.com
userPassword: engine

dn: uid=grace,ou=people,dc=acme,dc=com
objectClass: inetOrgPerson
uid: grace
cn: Grace Hopper
sn: Hopper
userPassword: compiler

dn: cn=data-science,ou=groups,dc=acme,dc=com
objectClass: groupOfNames
cn: data-science
description: Data Science
member: UID=ada, ou=People,dc=acme,dc=com
member: uid=grace,ou=people,dc=acme,dc=com

dn: cn=navy,ou=groups,dc=acme,dc=com
objectClass: groupOfNames
cn: navy
member: uid=grace,ou=people,dc=acme,dc=com
`;

const USER = { baseDN: 'ou=people,dc=acme,dc=com', username: 'uid', idAttr: 'uid' };
const GROUP = { baseDN: 'ou=groups,dc=acme,dc=com', nameAttr: 'cn' };
const BY_DN = { userMatchers: [{ userAttr: 'DN', groupAttr: 'member' }] };

/** Set-ups of the connector ldap, one difference each. */
export const DIRECTORIES: readonly DirectorySetUp[] = [
  setUp('ldap', 'ada', { emailAttr: 'mail' }, { ...GROUP, ...BY_DN }),
  setUp('ldap-without-groups', 'ada', { emailAttr: 'mail' }),
  setUp('ldap-no-address', 'grace', { emailAttr: 'mail' }),
  setUp('ldap-suffix', 'grace', { nameAttr: 'uid', emailSuffix: 'acme.com' }, { ...GROUP, ...BY_DN }),
  setUp('ldap-old-pair', 'grace', { emailAttr: 'uid' }, { ...GROUP, userAttr: 'DN', groupAttr: 'member' }),
  setUp('ldap-case', 'ada', { emailAttr: 'Mail' }),
  setUp('ldap-no-title', 'grace', { emailAttr: 'uid', preferredUsernameAttr: 'title' }),
  setUp(
    'ldap-nameless-group',
    'grace',
    { emailAttr: 'uid' },
    { ...GROUP, ...BY_DN, nameAttr: 'description' },
  ),
  setUp('ldap-name-as-group', 'ada', { emailAttr: 'mail' }, { ...GROUP, ...BY_DN, nameAttr: 'DN' }),
  setUp(
    'ldap-lowercase-dn',
    'ada',
    { emailAttr: 'mail' },
    {
      ...GROUP,
      userMatchers: [{ userAttr: 'dn', groupAttr: 'member' }],
    },
  ),
];

function setUp(
  id: string,
  login: DirectorySetUp['login'],
  userSearch: Readonly<Record<string, JsonValue>>,
  groupSearch?: Readonly<Record<string, JsonValue>>,
): DirectorySetUp {
  return {
    id,
    login,
    config: { userSearch: { ...USER, ...userSearch }, ...(groupSearch === undefined ? {} : { groupSearch }) },
  };
}
