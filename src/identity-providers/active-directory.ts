import { parseDN } from '../connectors/ldap-dn';
import { IN_CHAIN } from '../rules/support/ldap-matchers';
import { choice, flag, hostName, line } from './fields';
import {
  baseOf,
  baseProblems,
  domainOf,
  DIRECTORY_WORDS,
  directoryFields,
  orElse,
  reached,
  reachProblems,
} from './directory';
import { From, type FieldProblem, type Given, type Provider } from './provider';

/** Active Directory, over LDAP. */
export const activeDirectory: Provider = {
  name: 'active-directory',
  title: 'Active Directory',
  description:
    'A domain of Active Directory, over LDAP. People log in with their account names; groups go by their common names, those that a group is in among them.',
  type: 'ldap',
  fields: {
    domain: hostName('DNS name of the domain. The base of searches follows from it.', 'corp.acme.com'),
    ...directoryFields('dc1.corp.acme.com', 'pachyderm@corp.acme.com'),
    login: choice(
      'What people log in with.',
      ['sAMAccountName', 'userPrincipalName', 'mail'],
      'sAMAccountName',
    ),
    email: choice(
      "Where a person's address comes from. Accounts without mailbox have no mail, and cannot log in with it.",
      ['mail', 'userPrincipalName'],
      'mail',
    ),
    usersDN: line('Where people are. Default: anywhere in the domain.', 'OU=People,DC=corp,DC=acme,DC=com'),
    groupsDN: line('Where groups are. Default: anywhere in the domain.', 'OU=Groups,DC=corp,DC=acme,DC=com'),
    memberOf: line(
      'DN of a group whose members may log in. Default: everyone.',
      'CN=pachyderm,OU=Groups,DC=corp,DC=acme,DC=com',
    ),
    nestedGroups: flag('Whether groups that a group is in count too.', true),
  },
  required: ['domain', 'server', 'bindDN', 'bindPassword'],
  words: DIRECTORY_WORDS,
  example: {
    domain: 'corp.acme.com',
    server: 'dc1.corp.acme.com',
    bindDN: 'pachyderm@corp.acme.com',
    bindPassword: { env: 'LDAP_BIND_PASSWORD' },
  },
  meant: { domain: domainOf },
  check: (given) => [
    ...reachProblems(given),
    ...baseProblems(given, baseOf(given.text('domain') ?? '', 'DC')),
    ...groupProblems(given),
    ...((given.text('domain') ?? '').includes('.')
      ? []
      : [
          {
            field: 'domain',
            message: `"${given.text('domain') ?? ''}" looks like a NetBIOS name: the base of searches would be ${baseOf(given.text('domain') ?? '')}, where nothing is`,
            hint: 'write the DNS name of the domain, such as corp.acme.com',
          },
        ]),
  ],
  derive: (given) => {
    const base = baseOf(given.text('domain') ?? '', 'DC');
    const nested = given.isOn('nestedGroups', true);
    const group = given.text('memberOf');
    const people =
      '(&(objectCategory=person)(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))';
    const members = nested ? `memberOf:${IN_CHAIN}:` : 'memberOf';
    return {
      ...reached(given),
      usernamePrompt: 'Account name',
      userSearch: {
        baseDN: orElse(given, 'usersDN', 'domain', base),
        filter:
          group === undefined ? people : new From('memberOf', `(&${people}(${members}=${escaped(group)}))`),
        username: given.unchanged('login') ?? 'sAMAccountName',
        idAttr: 'sAMAccountName',
        emailAttr: given.unchanged('email') ?? 'mail',
        nameAttr: 'displayName',
        preferredUsernameAttr: 'sAMAccountName',
      },
      groupSearch: {
        baseDN: orElse(given, 'groupsDN', 'domain', base),
        filter: '(objectClass=group)',
        userMatchers: [{ userAttr: 'DN', groupAttr: nested ? `member:${IN_CHAIN}:` : 'member' }],
        nameAttr: 'cn',
      },
    };
  },
};

/** memberOf of a person has DNs alone. */
function groupProblems(given: Given): FieldProblem[] {
  const group = given.text('memberOf');
  if (group === undefined || (parseDN(group)?.length ?? 0) > 0) return [];
  return [
    {
      field: 'memberOf',
      message: `"${group}" is not a DN, and no one is ever a member of it: no one can log in`,
      hint: `write the DN of the group; Get-ADGroup shows it as DistinguishedName, such as CN=${group.replace(/[^\w -]/g, '')},OU=Groups,${baseOf(given.text('domain') ?? '', 'DC')}`,
    },
  ];
}

/** A value in a filter (RFC 4515). */
function escaped(value: string): string {
  return value.replace(
    /[\\*()\0]/g,
    (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
