import { describeRule } from '../../support/rule-cases';
import { PUBLIC, withConnectors } from './documents';

const ldap = (user: string, group = ''): string =>
  `{ type: ldap, id: a, config: { userSearch: { ${user} }${group === '' ? '' : `, groupSearch: { ${group} }`} } }`;

describeRule('DEX049', [
  {
    shows: 'attributes whose case differs from that of the schema',
    document: withConnectors(
      PUBLIC,
      ldap(
        'username: samaccountname, idAttr: ▸samaccountname, emailAttr: ▸UserPrincipalName, nameAttr: ▸displayname',
        'userMatchers: [{ userAttr: ▸memberof, groupAttr: distinguishedname }], nameAttr: ▸CN',
      ),
    ),
    says: ['sAMAccountName', 'userPrincipalName', 'displayName', 'memberOf', 'cn'],
    severity: 'warning',
    fixed: withConnectors(
      PUBLIC,
      ldap(
        'username: samaccountname, idAttr: sAMAccountName, emailAttr: userPrincipalName, nameAttr: displayName',
        'userMatchers: [{ userAttr: memberOf, groupAttr: distinguishedname }], nameAttr: cn',
      ),
    ),
  },
  {
    shows: 'the entry by a name that this Dex does not know',
    document: withConnectors(PUBLIC, ldap('idAttr: ▸dn, emailAttr: mail')),
    says: ['This Dex knows the name of an entry as DN alone, so every login fails'],
    severity: 'error',
    fixed: withConnectors(PUBLIC, ldap('idAttr: DN, emailAttr: mail')),
  },
  {
    shows: 'attributes of the schema, and those of no one knows whom',
    document: withConnectors(PUBLIC, ldap('idAttr: DN, emailAttr: mail, nameAttr: acmeName')),
  },
  {
    shows: 'a Dex that takes dn in any case',
    document: `${withConnectors(PUBLIC, ldap('idAttr: dn, emailAttr: mail'))}\n  dex: standalone\ndex: { version: 2.41.1 }`,
  },
]);

describeRule('DEX050', [
  {
    shows: 'placeholders of other products',
    document: withConnectors(
      PUBLIC,
      ...[
        '(uid={0})',
        '(uid={username})',
        '(uid=%s)',
        '(uid=%(user)s)',
        '(uid=%USERNAME%)',
        '(uid=<username>)',
        '(uid=$username)',
        '(uid=${login})',
        '(uid=%{User-Name})',
        '(uid=[username])',
      ].map((filter) => ldap(`filter: ▸"${filter}"`)),
    ),
    says: [
      'looks for the string {0}',
      '{username}',
      '%s',
      '%(user)s',
      '%USERNAME%',
      '<username>',
      '$username',
      '${login}',
      '%{User-Name}',
      '[username]',
    ],
    severity: 'warning',
  },
  {
    shows: 'bases that are not DNs',
    document: withConnectors(PUBLIC, ldap('baseDN: ▸example.com', 'baseDN: ▸"ou=groups,example"')),
    says: ['"example.com" is not a DN', 'LDAP Result Code 34 "Invalid DN Syntax"'],
    severity: 'error',
  },
  {
    shows: 'escapes and values that are none',
    document: withConnectors(
      PUBLIC,
      ldap(String.raw`baseDN: ▸'ou=R\2,dc=acme'`, "baseDN: ▸'dc=acme,dc='"),
      ldap("baseDN: 'ou=R&D,dc=acme'", String.raw`baseDN: 'ou=a\, b;dc=acme'`),
    ),
    says: ['is not a DN', 'is not a DN'],
    severity: 'error',
  },
  {
    shows: 'an account that is nearly a DN',
    document: withConnectors(
      PUBLIC,
      ldap('baseDN: dc=a').replace('config: {', `config: { bindDN: ▸"cn=dex,dc acme", bindPW: x,`),
      ldap('baseDN: dc=a').replace('config: {', `config: { bindDN: ▸"cn=dex dc=acme", bindPW: x,`),
      ldap('baseDN: dc=a').replace('config: {', `config: { bindDN: dex@corp.acme.com, bindPW: x,`),
    ),
    says: ['ldap: initial bind for user "cn=dex,dc acme" failed', 'dc= is a part of the value before it'],
  },
  {
    shows: 'a comma that is missing',
    document: withConnectors(PUBLIC, ldap('baseDN: ▸"ou=people dc=acme,dc=com"')),
    says: ['dc= is a part of the value before it'],
    severity: 'warning',
  },
  {
    shows: 'matchers that compare names with DNs',
    document: withConnectors(
      PUBLIC,
      ldap(
        'baseDN: dc=a',
        'userMatchers: [{ userAttr: ▸DN, groupAttr: memberUid }, { userAttr: ▸uid, groupAttr: member }, { userAttr: memberOf, groupAttr: ▸DN }]',
      ),
      ldap('baseDN: dc=a', 'userAttr: ▸DN, groupAttr: memberUid'),
      ldap('baseDN: dc=a', 'userMatchers: [{ userAttr: DN, groupAttr: ▸memberOf }]'),
      ldap(
        'baseDN: dc=a',
        'userMatchers: [{ userAttr: memberOf, groupAttr: ▸cn }, { userAttr: memberOf, groupAttr: ▸member }]',
      ),
    ),
    says: [
      'memberUid holds login names',
      'member holds DNs',
      'DN is not an attribute',
      'memberUid holds login names',
      'never a user',
      'cn of a group is a name',
      'member of a group is the DNs of its members',
    ],
    severity: 'warning',
  },
  {
    shows: 'searches that find people',
    document: withConnectors(
      PUBLIC,
      ldap(
        'baseDN: "OU=Staff\\\\, all,DC=acme,DC=com", filter: "(&(objectClass=user)(memberOf:1.2.840.113556.1.4.1941:=CN=pach,DC=acme,DC=com))"',
        'baseDN: dc=acme, userMatchers: [{ userAttr: DN, groupAttr: "member:1.2.840.113556.1.4.1941:" }, { userAttr: uid, groupAttr: memberUid }, { userAttr: memberOf, groupAttr: distinguishedName }]',
      ),
      ldap('baseDN: "2.5.4.11=x,dc=a", filter: "(discount=100%)"'),
      ldap('filter: "(cn=pa$user)"'),
      ldap('filter: "(cn=$$login)"'),
      ldap('filter: "(cn=$users)"'),
      ldap('filter: "(ou=$USER)"'),
    ),
  },
]);

describeRule('DEX024', [
  {
    shows: 'half of a bind',
    document: withConnectors(
      PUBLIC,
      '{ type: ldap, id: a, config: { ▸bindDN: "cn=a,dc=b" } }',
      '{ type: ldap, id: b, config: { ▸bindPW: { env: PW } } }',
    ),
    says: ['Empty password not allowed by the client', 'password of no one'],
    severity: 'error',
  },
  {
    shows: 'both, and none',
    document: withConnectors(
      PUBLIC,
      '{ type: ldap, id: a, config: { bindDN: "cn=a,dc=b", bindPW: { env: PW } } }',
      '{ type: ldap, id: b }',
    ),
  },
]);

describeRule('DEX050', [
  {
    shows: 'what is not the name of one attribute',
    document: withConnectors(
      PUBLIC,
      ldap(
        "username: ▸'(uid={0})', idAttr: ▸'uid,entryUUID', emailAttr: ▸mail=, nameAttr: cn;lang-en, preferredUsernameAttr: 0.9.2342.19200300.100.1.1",
        'baseDN: dc=acme, nameAttr: ▸cn sn, userMatchers: [{ userAttr: DN, groupAttr: "member:1.2.840.113556.1.4.1941:" }]',
      ),
    ),
    says: [
      '"(uid={0})" is not the name of an attribute, so no one can log in',
      '"uid,entryUUID" is not',
      '"mail=" is not',
      '"cn sn" is not the name of an attribute, so no one who is in a group can log in',
    ],
    hints: ['uid', 'uid', 'mail', 'cn'].map((name) => `write one attribute, such as ${name}`),
    severity: 'error',
  },
  {
    shows: 'names of attributes',
    document: withConnectors(PUBLIC, ldap('username: sAMAccountName, idAttr: msDS-Some_id, emailAttr: mail')),
  },
]);
