import type { JsonValue } from '../../../src/document/source-node';
import type { SlapdOptions } from '../harness';
import { derivedConfig } from './derived';

/** A directory with people and groups, and set-ups of connectors for it. */
export interface DirectoryKind {
  readonly name: string;
  readonly directory: SlapdOptions;
  readonly setUps: readonly KindSetUp[];
}

export interface KindSetUp {
  readonly id: string;
  /** What the person enters. The password is the same everywhere. */
  readonly login: string;
  /** A filter that finds the person's entry. */
  readonly person: string;
  readonly config: Readonly<Record<string, JsonValue>>;
}

export const PASSWORD = 'engine';

/** OpenLDAP with groups of all kinds, and with memberOf kept by its overlay. */
const OPENLDAP: SlapdOptions = {
  suffix: 'dc=acme,dc=com',
  schemas: ['nis'],
  overlays: { memberof: ['memberof-refint true'] },
  ldif: `dn: dc=acme,dc=com
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

dn: ou=old,ou=groups,dc=acme,dc=com
objectClass: organizationalUnit
ou: old

dn: ou=posix,dc=acme,dc=com
objectClass: organizationalUnit
ou: posix

dn: uid=ada,ou=people,dc=acme,dc=com
objectClass: inetOrgPerson
objectClass: posixAccount
uid: ada
cn: Ada Lovelace
sn: Lovelace
mail: Ada@acme.com
mail: lovelace@acme.com
uidNumber: 1000
gidNumber: 100
homeDirectory: /home/ada
userPassword: engine

dn: cn=Hopper\\, Grace+uid=grace,ou=people,dc=acme,dc=com
objectClass: inetOrgPerson
uid: grace
cn: Hopper, Grace
sn: Hopper
mail: grace@acme.com
userPassword: engine

dn: employeeNumber=1,ou=people,dc=acme,dc=com
objectClass: inetOrgPerson
employeeNumber: 1
uid: jürgen
cn: Jürgen Müller
sn: Müller
mail: juergen@acme.com
userPassword: engine

dn: employeeNumber=2,ou=people,dc=acme,dc=com
objectClass: inetOrgPerson
employeeNumber: 2
uid: mary (ops)
cn: Mary
sn: Somerville
mail: mary@acme.com
userPassword: engine

dn: employeeNumber=3,ou=people,dc=acme,dc=com
objectClass: inetOrgPerson
employeeNumber: 3
uid: émilie
uid: emilie
cn: Émilie
sn: du Châtelet
mail: emilie@acme.com
userPassword: engine
`,
  added: `dn: cn=data,ou=groups,dc=acme,dc=com
objectClass: groupOfNames
cn: data
member: uid=ada, ou=People, DC=acme, dc=com

dn: cn=science,ou=groups,dc=acme,dc=com
objectClass: groupOfNames
cn: science
member: cn=data,ou=groups,dc=acme,dc=com

dn: cn=relics,ou=old,ou=groups,dc=acme,dc=com
objectClass: groupOfNames
cn: relics
member: uid=ada,ou=people,dc=acme,dc=com

dn: cn=navy,ou=groups,dc=acme,dc=com
objectClass: groupOfNames
cn:: TWFyaW5lIMO8
cn: navy
member: uid=grace+cn=Hopper\\2C Grace,ou=people,dc=acme,dc=com

dn: cn=unique,ou=groups,dc=acme,dc=com
objectClass: groupOfUniqueNames
cn: unique
uniqueMember: UID=ADA,ou=people,dc=acme,dc=com

dn: cn=admins,ou=posix,dc=acme,dc=com
objectClass: posixGroup
cn: admins
gidNumber: 200
memberUid: ada
memberUid: grace

dn: cn=staff,ou=posix,dc=acme,dc=com
objectClass: posixGroup
cn: staff
gidNumber: 100
`,
};

const ada = { login: 'ada', person: '(uid=ada)' };
const grace = { login: 'grace', person: '(uid=grace)' };
const LDAP = 'provider: openldap, domain: acme.com, server: localhost, bindDN: cn=dex, bindPassword: x';
const USERS = {
  userSearch: { baseDN: 'ou=people,dc=acme,dc=com', username: 'uid', idAttr: 'uid', emailAttr: 'mail' },
};
const groups = (
  userAttr: string,
  groupAttr: string,
  more: Readonly<Record<string, JsonValue>> = {},
): Readonly<Record<string, JsonValue>> => ({
  ...USERS,
  groupSearch: {
    baseDN: 'ou=groups,dc=acme,dc=com',
    nameAttr: 'cn',
    userMatchers: [{ userAttr, groupAttr }],
    ...more,
  },
});

/** What Active Directory calls people and groups, as far as Dex asks for it. */
const AD_SCHEMA = `attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch
  SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.656 NAME 'userPrincipalName' EQUALITY caseIgnoreMatch
  SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.5.9 NAME 'user' SUP organizationalPerson STRUCTURAL MUST sAMAccountName
  MAY ( userPrincipalName $ displayName $ givenName $ mail $ userAccountControl $ distinguishedName ) )
objectclass ( 1.2.840.113556.1.5.8 NAME 'group' SUP top STRUCTURAL MUST ( cn $ sAMAccountName )
  MAY ( member $ description $ mail $ distinguishedName ) )`;

const ACTIVE_DIRECTORY: SlapdOptions = {
  suffix: 'dc=corp,dc=acme,dc=com',
  ownSchema: AD_SCHEMA,
  overlays: { memberof: ['memberof-group-oc group'] },
  ldif: `dn: DC=corp,DC=acme,DC=com
objectClass: domain
dc: corp

dn: OU=People,DC=corp,DC=acme,DC=com
objectClass: organizationalUnit
ou: People

dn: OU=Groups,DC=corp,DC=acme,DC=com
objectClass: organizationalUnit
ou: Groups

dn: CN=Ada Lovelace,OU=People,DC=corp,DC=acme,DC=com
objectClass: user
cn: Ada Lovelace
sn: Lovelace
displayName: Ada Lovelace (Analytics)
sAMAccountName: Ada
userPrincipalName: Ada@corp.acme.com
mail: ada.lovelace@acme.com
userAccountControl: 512
distinguishedName: CN=Ada Lovelace,OU=People,DC=corp,DC=acme,DC=com
userPassword: engine

dn: CN=Grace Hopper,OU=People,DC=corp,DC=acme,DC=com
objectClass: user
cn: Grace Hopper
sn: Hopper
displayName: Grace Hopper
sAMAccountName: grace
userPrincipalName: grace@corp.acme.com
userAccountControl: 512
distinguishedName: CN=Grace Hopper,OU=People,DC=corp,DC=acme,DC=com
userPassword: engine
`,
  added: `dn: CN=Data Science,OU=Groups,DC=corp,DC=acme,DC=com
objectClass: group
cn: Data Science
sAMAccountName: data-science
mail: data@acme.com
distinguishedName: CN=Data Science,OU=Groups,DC=corp,DC=acme,DC=com
member: CN=Ada Lovelace,OU=People,DC=corp,DC=acme,DC=com
member: cn=grace hopper,ou=people,dc=corp,dc=acme,dc=com

dn: CN=Everyone,OU=Groups,DC=corp,DC=acme,DC=com
objectClass: group
cn: Everyone
sAMAccountName: everyone
distinguishedName: CN=Everyone,OU=Groups,DC=corp,DC=acme,DC=com
member: CN=Data Science,OU=Groups,DC=corp,DC=acme,DC=com
`,
};

const adaOfAD = { login: 'ada', person: '(sAMAccountName=ada)' };
const graceOfAD = { login: 'grace', person: '(sAMAccountName=grace)' };

/** The class of objectCategory, which Active Directory alone compares by a name, is left out of the filter. */
function activeDirectory(
  fields: string,
  userSearch: Readonly<Record<string, JsonValue>> = {},
  groupSearch: Readonly<Record<string, JsonValue>> = {},
): Readonly<Record<string, JsonValue>> {
  const config = derivedConfig(
    `provider: active-directory, domain: corp.acme.com, server: localhost, bindDN: x, bindPassword: x, nestedGroups: false${fields}`,
  );
  return {
    ...config,
    userSearch: {
      ...(config['userSearch'] as object),
      filter: '(&(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))',
      ...userSearch,
    },
    groupSearch: { ...(config['groupSearch'] as object), ...groupSearch },
  };
}

export const DIRECTORY_KINDS: readonly DirectoryKind[] = [
  {
    name: 'OpenLDAP',
    directory: OPENLDAP,
    setUps: [
      { id: 'provider-openldap', ...ada, config: derivedConfig(LDAP) },
      { id: 'provider-openldap-grace', ...grace, config: derivedConfig(LDAP) },
      { id: 'login-umlaut', login: 'jürgen', person: '(employeeNumber=1)', config: USERS },
      { id: 'login-brackets', login: 'mary (ops)', person: '(employeeNumber=2)', config: USERS },
      { id: 'login-other-name', login: 'emilie', person: '(employeeNumber=3)', config: USERS },
      { id: 'provider-unique', ...ada, config: derivedConfig(`${LDAP}, groupClass: groupOfUniqueNames`) },
      {
        id: 'provider-posix',
        ...ada,
        config: derivedConfig(`${LDAP}, groupClass: posixGroup, groupsDN: "ou=posix,dc=acme,dc=com"`),
      },
      {
        id: 'provider-posix-grace',
        ...grace,
        config: derivedConfig(`${LDAP}, groupClass: posixGroup, groupsDN: "ou=posix,dc=acme,dc=com"`),
      },
      {
        id: 'posix-primary-group',
        ...ada,
        config: groups('uid', 'memberUid', {
          baseDN: 'ou=posix,dc=acme,dc=com',
          userMatchers: [
            { userAttr: 'uid', groupAttr: 'memberUid' },
            { userAttr: 'gidNumber', groupAttr: 'gidNumber' },
          ],
        }),
      },
      {
        id: 'provider-mail-login',
        person: '(uid=ada)',
        login: 'lovelace@acme.com',
        config: derivedConfig(`${LDAP}, login: mail`),
      },
      { id: 'nested-not-followed', ...ada, config: groups('DN', 'member') },
      {
        id: 'nested-asked-for',
        ...ada,
        config: groups('DN', 'member', {
          userMatchers: [{ userAttr: 'DN', groupAttr: 'member', recursionGroupAttr: 'member' }],
        }),
      },
      { id: 'member-of', ...ada, config: groups('memberOf', 'entryDN') },
      { id: 'member-of-other-case', ...ada, config: groups('memberof', 'entryDN') },
      { id: 'member-of-lost', ...ada, config: groups('memberOf', 'cn') },
      { id: 'one-level', ...ada, config: groups('DN', 'member', { scope: 'one' }) },
      {
        id: 'groups-elsewhere',
        ...ada,
        config: groups('DN', 'member', { baseDN: 'ou=old,ou=groups,dc=acme,dc=com' }),
      },
      { id: 'several-names', ...grace, config: groups('DN', 'member') },
      { id: 'names-as-dn', ...grace, config: groups('DN', 'member', { nameAttr: 'DN' }) },
      {
        id: 'people-elsewhere',
        ...ada,
        config: { userSearch: { ...USERS.userSearch, baseDN: 'ou=groups,dc=acme,dc=com' } },
      },
      {
        id: 'people-one-level',
        ...ada,
        config: { userSearch: { ...USERS.userSearch, baseDN: 'dc=acme,dc=com', scope: 'one' } },
      },
    ],
  },
  {
    name: 'a directory like Active Directory',
    directory: ACTIVE_DIRECTORY,
    setUps: [
      { id: 'provider-ad', ...adaOfAD, config: activeDirectory('') },
      { id: 'provider-ad-without-mail', ...graceOfAD, config: activeDirectory('') },
      { id: 'provider-ad-upn', ...graceOfAD, config: activeDirectory(', email: userPrincipalName') },
      {
        id: 'provider-ad-upn-login',
        person: '(sAMAccountName=ada)',
        login: 'ADA@corp.acme.com',
        config: activeDirectory(', login: userPrincipalName, email: userPrincipalName'),
      },
      { id: 'ad-other-case', ...adaOfAD, config: activeDirectory('', { idAttr: 'samaccountname' }) },
      { id: 'ad-account-names', ...adaOfAD, config: activeDirectory('', {}, { nameAttr: 'sAMAccountName' }) },
      { id: 'ad-mail-names', ...adaOfAD, config: activeDirectory('', {}, { nameAttr: 'mail' }) },
      {
        id: 'ad-lowercase-dn',
        ...adaOfAD,
        config: activeDirectory('', {}, { userMatchers: [{ userAttr: 'dn', groupAttr: 'member' }] }),
      },
      {
        id: 'ad-suffix',
        ...graceOfAD,
        config: activeDirectory('', { nameAttr: 'sAMAccountName', emailSuffix: 'acme.com' }),
      },
    ],
  },
];
