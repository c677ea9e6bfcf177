/** Entries of `identity.connectors`, for documents that are put together of strings. */

export const GITHUB_CONNECTOR = `    - { type: github, id: github, config: { clientID: a, clientSecret: { env: GITHUB }, orgs: [{ name: acme }] } }
`;

/** Further settings may follow. */
export const OKTA_CONNECTOR = `    - type: oidc
      id: okta
      config:
        issuer: https://acme.okta.com
        clientID: b
        clientSecret: { env: OKTA }
        insecureSkipEmailVerified: true
        insecureEnableGroups: true
`;

/** Without groups; further settings may follow. */
export const LDAP_CONNECTOR = `    - type: ldap
      id: corp
      config:
        host: ldap.acme.com:636
        bindDN: cn=reader,dc=acme,dc=com
        bindPW: { env: BIND }
        userSearch: { baseDN: "ou=people,dc=acme,dc=com", username: uid, idAttr: uid, emailAttr: mail }
`;
