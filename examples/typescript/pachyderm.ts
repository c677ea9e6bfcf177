import { defineCluster } from 'pachkit';

/** The same document as in YAML, with types, loops and constants. Synthesize it like any other. */
const teams = ['data-science', 'research', 'platform'];

export default defineCluster({
  apiVersion: 'pachkit/v1',
  name: 'typescript',
  release: '2.12.0-rc.3',
  profile: 'dev',
  secrets: { seed: 'typescript' },
  access: { via: 'proxy', host: 'localhost' },
  auth: {
    roleBindings: {
      'user:kilgore@kilgore.trout': ['clusterAdmin'],
      allClusterUsers: ['projectCreator'],
      ...Object.fromEntries(teams.map((team) => [`group:${team}`, ['projectCreator']])),
    },
  },
  identity: {
    connectors: [
      {
        type: 'ldap',
        id: 'corp',
        name: 'Corporate LDAP',
        config: {
          host: 'ldap.example.com:636',
          bindDN: 'cn=pachyderm,dc=example,dc=com',
          bindPW: 'example',
          userSearch: {
            baseDN: 'ou=people,dc=example,dc=com',
            username: 'uid',
            idAttr: 'uid',
            emailAttr: 'mail',
            nameAttr: 'cn',
          },
          groupSearch: {
            baseDN: 'ou=groups,dc=example,dc=com',
            userMatchers: [{ userAttr: 'DN', groupAttr: 'member' }],
            nameAttr: 'cn',
          },
        },
      },
    ],
  },
  storage: { local: { hostPath: '/var/pachyderm/' } },
});
