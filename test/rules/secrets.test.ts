import { diagnosticsOf } from '../support/check-document';
import { describeRule } from '../support/rule-cases';

const CONNECTORS = 'identity: { connectorsFrom: { existing: { name: idps } } }';

describeRule('SEC014', [
  {
    shows: 'the files of the bootstrap Job, which would then refer to themselves',
    document: `
release: 2.2.8
auth: { rootToken: { existing: { name: ▸pachyderm-bootstrap-config, key: rootToken } } }
enterprise:
  licenseKey: { existing: { name: ▸pachyderm-bootstrap-config, key: license } }
  secret: { existing: { name: ▸pachyderm-bootstrap-config, key: any } }
console: { clientSecret: { existing: { name: ▸pachyderm-bootstrap-config, key: oidcClients } } }
identity: { connectorsFrom: { existing: { name: ▸pachyderm-bootstrap-config, key: idps } } }
`,
    says: ['which anyone can guess'],
    severity: 'error',
  },
  {
    shows: 'keys that hold something else',
    document: `
release: 2.11.6
auth:
  rootToken: { existing: { name: ▸pachyderm-auth, key: auth-config } }
  clientSecret: { existing: { name: ▸pachyderm-storage-secret, key: AMAZON_ID } }
enterprise: { licenseKey: { env: LICENSE } }
storage: { s3: { bucket: data } }
${CONNECTORS}
`,
    says: ['kubectl apply overwrites what is there'],
    severity: 'error',
  },
  {
    shows: 'a key that never appears',
    document: `
console: { clientSecret: { existing: { name: ▸postgres, key: password } } }
deploymentID: { existing: { name: ▸pachyderm-auth, key: id } }
`,
    says: [
      "the pod does not start (`couldn't find key password in Secret pachyderm/postgres`)",
      'the key id never appears there',
    ],
    severity: 'error',
  },
  {
    shows: 'a Secret of which only the other half is written',
    document: `
auth: { rootToken: { existing: { name: ▸pachyderm-auth, key: root-token } } }
database: { internal: { password: { existing: { name: ▸postgres, key: postgresql-password } } } }
`,
    says: ['survives kubectl apply only because apply merges'],
    severity: 'warning',
  },
  {
    shows: 'the Secret of a standalone Dex',
    document: `
identity:
  dex: standalone
  connectors:
    - { id: ldap, type: ldap, config: { host: ldap.example.com, bindPW: { existing: { name: ▸dex, key: password } } } }
`,
    says: ['the key password never appears there'],
  },
  {
    shows: 'Secrets that are left out of the manifests because everything in them exists',
    document: `
release: 2.11.6
enterprise:
  licenseKey: { existing: { name: pachyderm-license, key: enterprise-license-key } }
  secret: { existing: { name: pachyderm-enterprise, key: enterprise-secret } }
identity: { connectorsFrom: { existing: { name: pachyderm-identity } } }
database:
  internal:
    password: { existing: { name: postgres, key: postgresql-password } }
    rootPassword: { existing: { name: postgres, key: postgresql-postgres-password } }
console: { clientSecret: { existing: { name: pachyderm-console-secret, key: OAUTH_CLIENT_SECRET } } }
deploymentID: { existing: { name: pachyderm-deployment-id-secret, key: CLUSTER_DEPLOYMENT_ID } }
`,
  },
  {
    shows: 'Secrets of other names',
    document: 'auth: { rootToken: { existing: { name: pachyderm-root, key: root-token } } }',
  },
  {
    shows: 'keys of a cluster that is moved from Helm, which kubectl apply leaves there',
    document: `
helmReleaseName: pachyderm
auth:
  rootToken: { existing: { name: pachyderm-auth, key: root-token } }
  clientSecret: { existing: { name: pachyderm-auth, key: pachd-oauth-client-secret } }
`,
  },
]);

describeRule('SEC015', [
  {
    shows: 'keys with the wrong name',
    document: `
release: 2.11.6
enterprise:
  licenseKey: { existing: { name: pachyderm-license, key: ▸license } }
  secret: { existing: { name: pachyderm-enterprise, key: ▸secret } }
identity: { clientsFrom: { existing: { name: ▸pachyderm-identity } } }
console: { clientSecret: { existing: { name: pachyderm-console-secret, key: ▸oauth } } }
`,
    says: [
      'no key license',
      'no key secret',
      'no key additional-oidc-clients',
      "`couldn't find key oauth in Secret pachyderm/pachyderm-console-secret`",
    ],
    severity: 'warning',
  },
  {
    shows: 'the keys of the chart, and names that others use too',
    document: `
console: { clientSecret: { existing: { name: pachyderm-console-secret, key: OAUTH_CLIENT_SECRET } } }
database: { external: { host: db.example.com, password: { existing: { name: postgres, key: password } } } }
`,
  },
]);

describeRule('SEC016', [
  {
    shows: 'a running cluster about which nothing else is said',
    document: '▸▸▸▸▸▸helmReleaseName: pachd\nstorage: { s3: { bucket: data } }',
    says: [
      'database.internal.password is generated, and the cluster that runs has one already',
      'database.internal.rootPassword is generated',
      'auth.rootToken is generated',
      'auth.clientSecret is generated',
      'console.clientSecret is generated',
      'deploymentID is generated',
    ],
    severity: 'warning',
  },
  {
    shows: 'secrets that are generated by the document',
    document: `
▸▸helmReleaseName: pachyderm
release: 2.2.8
auth: { rootToken: ▸{ generate: {} }, clientSecret: { env: SECRET } }
database: { external: { host: db.example.com, password: { env: PASSWORD } } }
`,
    says: [
      'Dex keeps the old one, and logins fail with invalid_client',
      'deploymentID is generated',
      'anyone who has the old root token can no longer use it',
    ],
  },
  {
    shows: 'clients that others use',
    document: `
helmReleaseName: pachyderm
release: 2.11.6
auth: { rootToken: { env: TOKEN }, clientSecret: { env: SECRET } }
console: { enabled: false }
database: { external: { host: db.example.com, password: { env: PASSWORD } } }
identity:
  clients:
    - { id: app, secret: ▸{ generate: {} }, redirectURIs: [https://app.example.com/cb] }
    - { id: other, secret: { env: OTHER }, redirectURIs: [https://other.example.com/cb] }
deploymentID: acme
`,
    says: ['its users have the one that they were told'],
  },
  {
    shows: 'everything that the cluster keeps',
    document: `
helmReleaseName: pachd
auth: { rootToken: { env: TOKEN }, clientSecret: { env: SECRET } }
console: { enabled: false }
database:
  internal:
    password: { existing: { name: postgres, key: postgresql-password } }
    rootPassword: { existing: { name: postgres, key: postgresql-postgres-password } }
deploymentID: { existing: { name: pachyderm-deployment-id-secret, key: CLUSTER_DEPLOYMENT_ID } }
`,
  },
  { shows: 'a new cluster', document: 'auth: { rootToken: { generate: {} } }' },
]);

describeRule('SEC017', [
  {
    shows: 'the secret alone',
    document: 'release: 2.11.6\nenterprise: { ▸secret: { env: SECRET } }',
    says: ['no effect without enterprise.licenseKey or enterprise.member'],
    severity: 'warning',
  },
  {
    shows: 'the secret with a license',
    document: 'release: 2.11.6\nenterprise: { licenseKey: { env: KEY }, secret: { env: SECRET } }',
  },
]);

describe('SEC016 says where the value of a running cluster is', () => {
  const hintsOf = (release: string): (string | undefined)[] =>
    diagnosticsOf(
      `apiVersion: pachkit/v1
release: ${release}
helmReleaseName: pachd
storage: { s3: { bucket: data, region: eu-central-1 } }
enterprise: { licenseKey: { env: LICENSE } }
database: { external: { host: db.example.com, password: { env: PASSWORD } } }
deploymentID: { existing: { name: pachyderm-deployment-id-secret, key: CLUSTER_DEPLOYMENT_ID } }
console: { enabled: false }
auth: { rootToken: { env: TOKEN } }
identity: { clients: [{ id: jupyter, name: J, secret: { generate: {} }, redirectURIs: ['https://j.example.com/cb'] }] }
`,
    ).flatMap(({ code, hint }) => (code === 'SEC016' ? [hint] : []));
  const command = (name: string, key: string): string =>
    `kubectl -n pachyderm get secret ${name} -o go-template='{{index .data "${key}" | base64decode}}'`;

  test('in a key of its own', () =>
    expect(hintsOf('2.11.6')[0]).toBe(
      'write auth.clientSecret: { existing: { name: pachyderm-auth, key: pachd-oauth-client-secret } }',
    ));

  test('inside of a file', () =>
    expect(hintsOf('2.2.8')).toEqual([
      `write auth.clientSecret: { env: AUTH_CLIENTSECRET } and set the variable to the client_secret in what this prints: ${command('pachyderm-bootstrap-config', 'authConfig')}`,
      `write identity.clients[0].secret: { env: IDENTITY_CLIENTS_0_SECRET } and set the variable to the secret of the client jupyter in what this prints: ${command('pachyderm-bootstrap-config', 'oidcClients')}`,
    ]));
});

const RECIPIENT = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

describeRule('SEC020', [
  {
    shows: 'sops without recipients',
    document: 'secrets: { output: ▸sops }',
    says: ['secrets.sops is missing'],
  },
  {
    shows: 'sealedSecret without a certificate',
    document: 'secrets: { output: ▸sealedSecret }',
    says: ['the certificate of the controller'],
    severity: 'error',
  },
  {
    shows: 'externalSecret without a store',
    document: 'secrets: { output: ▸externalSecret }',
    says: ['the name of a store'],
  },
  {
    shows: 'a key that is in the cluster',
    document: `
secrets:
  output: sops
  sops: { age: [${RECIPIENT}] }
  encryptionKey: { ▸existing: { name: a, key: b } }
`,
    says: ['where a synthesis does not read it'],
  },
  { shows: 'all that sops needs', document: `secrets: { output: sops, sops: { age: [${RECIPIENT}] } }` },
  { shows: 'forms that need nothing', document: 'secrets: { output: none }' },
]);

describeRule('SEC021', [
  {
    shows: 'a wrong letter',
    document: `secrets: { output: sops, sops: { age: [▸${RECIPIENT.slice(0, -1)}q] } }`,
    says: ['a letter is wrong'],
    severity: 'error',
  },
  {
    shows: 'a private key, which is not shown',
    document: `secrets: { output: sops, sops: { age: [▸AGE-SECRET-KEY-1QQQ] } }`,
    says: [/^This is a private key of age, with which anyone decrypts all secrets, and not a recipient/],
  },
  {
    shows: 'a key of SSH',
    document: 'secrets: { output: sops, sops: { age: [▸ssh-ed25519 AAAA] } }',
    says: ['malformed recipient'],
  },
  {
    shows: 'a duplicate',
    document: `secrets: { output: sops, sops: { age: [${RECIPIENT}, ▸${RECIPIENT}] } }`,
    says: ['duplicate'],
    severity: 'warning',
  },
  { shows: 'a recipient', document: `secrets: { output: sops, sops: { age: [${RECIPIENT}] } }` },
]);

describeRule('SEC024', [
  {
    shows: 'recipients without sops',
    document: `secrets: { ▸sops: { age: [${RECIPIENT}] } }`,
    says: ['secrets.output is manifests'],
    severity: 'warning',
  },
  {
    shows: 'a key for nothing',
    document: 'secrets: { output: none, ▸encryptionKey: { env: KEY } }',
    says: ['encrypts nothing'],
  },
  {
    shows: 'settings of the form',
    document: 'secrets: { output: externalSecret, externalSecret: { store: vault, prefix: a/ } }',
  },
]);

describeRule('SEC032', [
  {
    shows: 'the password of a proxy',
    document: 'network: { httpProxy: ▸"http://pach:s3cr%40t@proxy.example.com:3128" }',
    says: ['The URL of network.httpProxy has a password in it'],
    hints: ['let the proxy admit the cluster by its addresses, or give it a user that has no other rights'],
    severity: 'warning',
  },
  {
    shows: 'the credentials of a bucket in a parameter, encoded or not',
    document: `
storage: { s3: { region: a }, url: ▸"s3://a?endpoint=https://pach:s3cret@minio.example.com&region=a" }
pachd: { environment: { MIRROR: ▸"s3://a?endpoint=https%3A%2F%2Fpach%3As3cret%40minio.example.com", B: ▸"s3://a?endpoint=pach:s3cret@minio:9000" } }
`,
    says: ['storage.url has a password', 'pachd.environment.MIRROR has', 'pachd.environment.B has'],
  },
  {
    shows: 'a token in a parameter',
    document: 'pachd: { metrics: { endpoint: ▸"https://metrics.example.com/api?token=s3cret" } }',
    says: ['has a secret in it'],
  },
  {
    shows: 'URLs without secrets, and users alone',
    document: `
network: { httpProxy: "http://pach@proxy.example.com:3128" }
storage: { azure: { account: acme, container: data }, url: "wasb://data@acme.blob.core.windows.net" }
pachd:
  metrics: { endpoint: "https://metrics.example.com:8443/a@b?region=a&mail=user:alice@example.com" }
  environment: { A: "http://\${USER}:\${PASSWORD}@proxy", B: "user:alice@example.com", C: "http://u:<password>@proxy" }
`,
  },
  {
    shows: 'secrets that have a finding of their own',
    document: 'auth: { rootToken: "a://b:c@d-0123456789-0123456789" }',
  },
  { shows: 'a dev cluster', document: 'profile: dev\nnetwork: { httpProxy: "http://a:b@proxy:3128" }' },
]);
