/** A connector, without which another rule speaks. */
export const LDAP = `
  connectors:
    - type: ldap
      id: corp
      config: { host: 'ldap:636', userSearch: { baseDN: dc=a, username: uid, idAttr: uid, emailAttr: mail } }`;

export const STANDALONE = `
access: { via: proxy, host: pach.acme.com, tls: { secretName: tls } }
identity:
  dex: standalone${LDAP}`;

export const EXTERNAL = `
database:
  external: { host: db.acme.com, password: { env: PASSWORD } }`;
