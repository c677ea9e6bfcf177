import { choice, hostName, line } from './fields';
import {
  accountProblems,
  baseOf,
  baseProblems,
  domainOf,
  DIRECTORY_WORDS,
  directoryFields,
  orElse,
  reached,
  reachProblems,
} from './directory';
import type { Provider } from './provider';

/** How groups of each kind name their members. */
const MEMBERS = {
  groupOfNames: { userAttr: 'DN', groupAttr: 'member' },
  groupOfUniqueNames: { userAttr: 'DN', groupAttr: 'uniqueMember' },
  posixGroup: { userAttr: 'uid', groupAttr: 'memberUid' },
} as const;

/** OpenLDAP, or any other directory with the classes of RFC 4519 and RFC 2307. */
export const openldap: Provider = {
  name: 'openldap',
  title: 'LDAP',
  description:
    'A directory such as OpenLDAP or 389 Directory Server, with people of the class inetOrgPerson. Groups go by their common names.',
  type: 'ldap',
  fields: {
    domain: hostName(
      'Domain whose parts are the base of the directory: acme.com is dc=acme,dc=com.',
      'acme.com',
    ),
    ...directoryFields('ldap.acme.com', 'cn=pachyderm,ou=services,dc=acme,dc=com'),
    usersDN: line('Where people are. Default: ou=people below the base.', 'ou=users,dc=acme,dc=com'),
    groupsDN: line('Where groups are. Default: ou=groups below the base.', 'ou=teams,dc=acme,dc=com'),
    login: choice('What people log in with.', ['uid', 'mail', 'cn'], 'uid'),
    groupClass: choice(
      'Class of the groups. groupOfNames and groupOfUniqueNames name members by their DN, posixGroup by their uid.',
      Object.keys(MEMBERS),
      'groupOfNames',
    ),
  },
  required: ['domain', 'server', 'bindDN', 'bindPassword'],
  words: DIRECTORY_WORDS,
  example: {
    domain: 'acme.com',
    server: 'ldap.acme.com',
    bindDN: 'cn=pachyderm,ou=services,dc=acme,dc=com',
    bindPassword: { env: 'LDAP_BIND_PASSWORD' },
  },
  meant: { domain: domainOf },
  check: (given) => [
    ...reachProblems(given),
    ...accountProblems(given, 'cn=pachyderm,ou=services,dc=acme,dc=com'),
    ...baseProblems(given, baseOf(given.text('domain') ?? '')),
  ],
  derive: (given) => {
    const base = baseOf(given.text('domain') ?? '');
    const groupClass = (given.text('groupClass') ?? 'groupOfNames') as keyof typeof MEMBERS;
    return {
      ...reached(given),
      userSearch: {
        baseDN: orElse(given, 'usersDN', 'domain', `ou=people,${base}`),
        filter: '(objectClass=inetOrgPerson)',
        username: given.unchanged('login') ?? 'uid',
        idAttr: 'uid',
        emailAttr: 'mail',
        nameAttr: 'cn',
        preferredUsernameAttr: 'uid',
      },
      groupSearch: {
        baseDN: orElse(given, 'groupsDN', 'domain', `ou=groups,${base}`),
        filter: `(objectClass=${groupClass})`,
        userMatchers: [{ ...MEMBERS[groupClass] }],
        nameAttr: 'cn',
      },
    };
  },
};
