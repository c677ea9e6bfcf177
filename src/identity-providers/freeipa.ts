import { hostName, pattern } from './fields';
import {
  accountProblems,
  baseOf,
  domainOf,
  DIRECTORY_WORDS,
  directoryFields,
  reached,
  reachProblems,
} from './directory';
import { From, type Provider } from './provider';

/** FreeIPA, or Red Hat Identity Management. */
export const freeipa: Provider = {
  name: 'freeipa',
  title: 'FreeIPA',
  description:
    'A domain of FreeIPA or Red Hat Identity Management, over LDAP. People log in with their user names; groups go by their names.',
  type: 'ldap',
  fields: {
    domain: hostName('The domain. The base of searches follows from it.', 'ipa.acme.com'),
    ...directoryFields('ipa1.ipa.acme.com', 'uid=pachyderm,cn=sysaccounts,cn=etc,dc=ipa,dc=acme,dc=com'),
    memberOf: pattern(
      'Name of a group whose members may log in. Default: everyone.',
      '^[A-Za-z0-9_.][A-Za-z0-9_.$-]*$',
      'the name of a group: letters, digits and _ . $ -',
      'pachyderm',
    ),
  },
  required: ['domain', 'server', 'bindDN', 'bindPassword'],
  words: DIRECTORY_WORDS,
  example: {
    domain: 'ipa.acme.com',
    server: 'ipa1.ipa.acme.com',
    bindDN: 'uid=pachyderm,cn=sysaccounts,cn=etc,dc=ipa,dc=acme,dc=com',
    bindPassword: { env: 'LDAP_BIND_PASSWORD' },
  },
  meant: {
    domain: domainOf,
    // memberOf is a name here, and its DN follows.
    memberOf: (written) => /^cn=([^,=]+),cn=groups,/i.exec(written)?.[1],
  },
  check: (given) => [
    ...reachProblems(given),
    ...accountProblems(given, 'uid=pachyderm,cn=sysaccounts,cn=etc,dc=ipa,dc=acme,dc=com'),
  ],
  derive: (given) => {
    const base = baseOf(given.text('domain') ?? '');
    const group = given.text('memberOf');
    const people = '(objectClass=posixAccount)';
    return {
      ...reached(given),
      userSearch: {
        baseDN: new From('domain', `cn=users,cn=accounts,${base}`),
        // memberOf has the groups that groups are in, too.
        filter:
          group === undefined
            ? people
            : new From('memberOf', `(&${people}(memberOf=cn=${group},cn=groups,cn=accounts,${base}))`),
        username: 'uid',
        idAttr: 'uid',
        emailAttr: 'mail',
        nameAttr: 'displayName',
        preferredUsernameAttr: 'uid',
      },
      groupSearch: {
        baseDN: new From('domain', `cn=groups,cn=accounts,${base}`),
        filter: '(objectClass=ipausergroup)',
        userMatchers: [{ userAttr: 'DN', groupAttr: 'member' }],
        nameAttr: 'cn',
      },
    };
  },
};
