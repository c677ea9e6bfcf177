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
