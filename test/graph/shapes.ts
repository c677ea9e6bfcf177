import fs from 'node:fs';
import path from 'node:path';
import { GITHUB_CONNECTOR, LDAP_CONNECTOR, OKTA_CONNECTOR } from '../support/connector-entries';

const root = path.resolve(__dirname, '../..');

function file(name: string): string {
  return fs.readFileSync(path.join(root, name), 'utf8');
}

const ENTERPRISE_SERVER = `apiVersion: pachkit/v1
release: 2.11.6
profile: dev
access: { via: nodePort, host: 192.168.49.2 }
enterprise: { licenseKey: { env: LICENSE } }
enterpriseServer: {}
console: { enabled: false }
identity:
  connectors:
    - { provider: okta, domain: acme.okta.com, clientID: 0oa1fxphMZexample, clientSecret: { env: OKTA } }
`;

const MEMBER = `apiVersion: pachkit/v1
release: 2.11.6
access: { via: ingress, host: pach.acme.com, tls: { secretName: cert }, ingress: { through: services } }
enterprise:
  secret: { env: SECRET }
  member:
    serverAddress: grpcs://server.acme.com:31650
    serverToken: { env: TOKEN }
    callbackAddress: grpcs://pach.acme.com:30650
storage: { gcs: { bucket: acme } }
`;

const NO_LOGIN = `apiVersion: pachkit/v1
release: 2.12.0-rc.3
profile: dev
access: { via: portForward }
auth: { enabled: false }
storage: { minio: { bucket: data, endpoint: "minio:9000", credentials: { id: { env: ID }, secret: { env: KEY } } } }
`;

const SEVEN = `apiVersion: pachkit/v1
release: 2.11.6
access: { host: pachyderm.data-platform.internal.acme-corporation.example.com, tls: { secretName: cert } }
enterprise: { licenseKey: { env: LICENSE } }
identity:
  clients:
    - { id: jupyter, name: JupyterHub, secret: { env: HUB }, redirectURIs: ["https://hub.acme.com/oauth", "https://hub.acme.com/more"] }
  connectors:
${GITHUB_CONNECTOR}${OKTA_CONNECTOR}        redirectURI: https://pach.acme.com/callback
    - { provider: entra, tenant: 72f988bf-86f1-41af-91ab-2d7cd011db47, clientID: 6731de76-14a6-49ae-97bc-6eba6914391e, clientSecret: { env: E } }
    - { provider: google, domains: [acme.com], clientID: 1234.apps.googleusercontent.com, clientSecret: { env: G } }
    - { provider: gitlab, clientID: 3f1c6a4e9d, clientSecret: { env: GL }, groups: [acme] }
${LDAP_CONNECTOR}    - { type: authproxy, id: front, config: {} }
storage: { azure: { container: data, account: acme, key: { env: AZURE } } }
database:
  external:
    cloudSqlProxy: { connectionName: "acme:europe-west1:pachyderm", serviceAccount: sql@acme.iam.gserviceaccount.com }
`;

/** With errors of form and of meaning, in the way in, in a connector and in roles. */
export const WRONG = `apiVersion: pachkit/v1
release: 2.11.6
access: { host: pach.acme.com, tls: { secretNam: cert }, via: ingres }
enterprise: { licenseKey: { env: LICENSE } }
auth:
  roleBindings:
    usr:ada@acme.com: [clusterAdmin]
identity:
  connectors:
    - type: oidc
      id: okta
      config:
        issuer: https://acme-admin.okta.com
        clientID: b
        clientSecret: hunter2hunter2
        redirectURI: https://pach.acme.com/callback
storage: { s3: { bucket: acme, region: eu-central-1 } }
`;

/** What would be markup, or end a string, in each of the formats. */
export const HOSTILE_NAME = `"]; click a href <img src=x onerror=alert(1)> </text><script>alert(1)</script> #quot; & \\N %% ---|x| \`end\``;

const HOSTILE = `apiVersion: pachkit/v1
release: 2.11.6
access: { host: pach.acme.com, tls: { secretName: cert } }
enterprise: { licenseKey: { env: LICENSE } }
identity:
  connectors:
    - type: oidc
      id: okta
      name: ${JSON.stringify(HOSTILE_NAME)}
      config: { issuer: "https://acme.example.com/a?b", clientID: ${JSON.stringify(HOSTILE_NAME)}, clientSecret: { env: S } }
storage: { s3: { bucket: acme, region: eu-central-1 } }
`;

/** A document with so many connectors of different kinds, some of which have a name of their own. */
export function manyConnectors(count: number): string {
  const kinds = [
    (index: number) =>
      `{ type: github, id: github${index}, name: GitHub of team ${index}, config: { clientID: a, clientSecret: { env: GITHUB }, orgs: [{ name: acme }] } }`,
    (index: number) =>
      `{ provider: okta, id: okta${index}, domain: acme-${index}.okta.com, clientID: 0oa1fxphMZexample, clientSecret: { env: OKTA } }`,
    (index: number) =>
      `{ provider: entra, id: entra${index}, tenant: 72f988bf-86f1-41af-91ab-2d7cd011db47, clientID: 6731de76-14a6-49ae-97bc-6eba6914391e, clientSecret: { env: E } }`,
    (index: number) =>
      `{ type: ldap, id: corp${index}, config: { host: "ldap${index}.acme.com:636", bindDN: "cn=reader,dc=acme,dc=com", bindPW: { env: BIND }, userSearch: { baseDN: "ou=people,dc=acme,dc=com", username: uid, idAttr: uid, emailAttr: mail } } }`,
    (index: number) =>
      `{ provider: gitlab, id: gitlab${index}, clientID: 3f1c6a4e9d, clientSecret: { env: GL }, groups: [acme] }`,
  ];
  const entries = Array.from({ length: count }, (_, index) => kinds[index % kinds.length]?.(index) ?? '');
  return `apiVersion: pachkit/v1
release: 2.11.6
access: { host: pach.acme.com, tls: { secretName: cert } }
enterprise: { licenseKey: { env: LICENSE } }
identity:
  connectors:
${entries.map((entry) => `    - ${entry}\n`).join('')}storage: { s3: { bucket: acme, region: eu-central-1 } }
`;
}

/** Documents of different shape, by name. */
export const shapes: Readonly<Record<string, string>> = {
  quickstart: file('examples/quickstart/pachyderm.yaml'),
  'production with Auth0': file('examples/production-auth0/pachyderm.yaml'),
  'release 2.2': file('examples/legacy-2.2/pachyderm.yaml'),
  'standalone Dex': file('examples/dex-standalone/pachyderm.yaml'),
  'every connector': file('test/fixtures/dex-standalone/every-connector.yaml'),
  'ports of nodes': file('test/fixtures/dex-standalone/node-port.yaml'),
  SAML: file('test/fixtures/sound-set-ups/documents/saml-adfs-2.12.yaml'),
  'enterprise server': ENTERPRISE_SERVER,
  'member of an enterprise server': MEMBER,
  'without a login': NO_LOGIN,
  'seven connectors': SEVEN,
  'ten connectors': manyConnectors(10),
  wrong: WRONG,
  'hostile names': HOSTILE,
};
