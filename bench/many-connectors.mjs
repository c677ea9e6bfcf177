/** Connectors of three types as people write them, each on 8 to 18 lines. */
const CONNECTORS = [
  (index) => `    - type: github
      id: github-${index}
      name: GitHub ${index}
      config:
        clientID: client-${index}
        clientSecret: { env: GITHUB_${index} }
        orgs:
          - name: acme-${index}
            teams: [platform, data]
`,
  (index) => `    - type: oidc
      id: oidc-${index}
      name: Company ${index}
      config:
        issuer: https://login-${index}.acme.com/realms/acme
        clientID: client-${index}
        clientSecret: { env: OIDC_${index} }
        scopes: [openid, profile, email]
        insecureEnableGroups: true
        claimMapping:
          groups: roles
`,
  (index) => `    - type: ldap
      id: ldap-${index}
      name: Directory ${index}
      config:
        host: ldap-${index}.acme.com:636
        bindDN: cn=dex,dc=acme,dc=com
        bindPW: { env: LDAP_${index} }
        userSearch:
          baseDN: ou=people,dc=acme,dc=com
          username: mail
          idAttr: uid
          emailAttr: mail
          nameAttr: cn
        groupSearch:
          baseDN: ou=groups,dc=acme,dc=com
          userMatchers:
            - { userAttr: DN, groupAttr: member }
          nameAttr: cn
`,
];

/** A sound document with so many connectors. */
export function documentWithConnectors(count) {
  const connectors = Array.from({ length: count }, (_, index) =>
    CONNECTORS[index % CONNECTORS.length](index),
  );
  return `apiVersion: pachkit/v1
name: connectors
release: 2.12.0-rc.3
profile: dev
access: { via: proxy, host: pachyderm.acme.com, tls: { secretName: pachyderm-tls } }
auth:
  roleBindings:
    'group:data-science': [projectCreator]
    'user:ada@acme.com': [clusterAdmin]
identity:
  connectors:
${connectors.join('')}storage:
  local: { hostPath: /var/pachyderm/ }
`;
}
