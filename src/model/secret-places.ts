/** An object and a key in it. */
export interface Place {
  readonly name: string;
  readonly key: string;
}

/** The Secret whose keys are the files of the bootstrap Job, in releases that have one. */
export const BOOTSTRAP_CONFIG_SECRET = 'pachyderm-bootstrap-config';

/** How names of the Jobs begin that read that Secret; digits follow, others for each content. */
export const CONFIG_JOB_PREFIX = 'pachyderm-config-';

/** The Secret with the certificates that pg-bouncer verifies the database server against, and its key. */
export const DATABASE_AUTHORITY: Place = { name: 'pg-ca-cert', key: 'ca.crt' };

/** The Secret with the configuration of a standalone Dex, and the key of the file. */
export const DEX_CONFIGURATION: Place = { name: 'dex', key: 'config.yaml' };

/** The Secret with the directory of dev users, and the keys of its files. */
export const DEV_DIRECTORY_FILES = {
  configuration: { name: 'pachyderm-dev-users', key: 'slapd.conf' },
  entries: { name: 'pachyderm-dev-users', key: 'entries.ldif' },
} as const satisfies Readonly<Record<string, Place>>;

/**
 * Where pachkit keeps the secrets it writes itself, and pachd's settings: the Secrets, ConfigMaps and keys of the official
 * charts 2.3 to 2.12, so that runbooks which read the root token with kubectl work here too.
 */
export const PLACES = {
  rootToken: { name: 'pachyderm-auth', key: 'root-token' },
  authConfig: { name: 'pachyderm-auth', key: 'auth-config' },
  pachdClientSecret: { name: 'pachyderm-auth', key: 'pachd-oauth-client-secret' },
  roleBindings: { name: 'pachyderm-auth', key: 'cluster-role-bindings' },
  licenseKey: { name: 'pachyderm-license', key: 'enterprise-license-key' },
  enterpriseSecret: { name: 'pachyderm-enterprise', key: 'enterprise-secret' },
  enterpriseServerToken: { name: 'pachyderm-enterprise', key: 'enterprise-server-token' },
  enterpriseCluster: { name: 'pachyderm-enterprise-config', key: 'enterprise-cluster' },
  connectors: { name: 'pachyderm-identity', key: 'upstream-idps' },
  clients: { name: 'pachyderm-identity-extras', key: 'additional-oidc-clients' },
  identityConfig: { name: 'pachyderm-identity-config', key: 'identity-config' },
  ownClients: { name: 'pachyderm-identity-config', key: 'oidc-clients' },
  trustedPeers: { name: 'pachyderm-identity-config', key: 'trusted-peers' },
  consoleClientSecret: { name: 'pachyderm-console-secret', key: 'OAUTH_CLIENT_SECRET' },
  deploymentID: { name: 'pachyderm-deployment-id-secret', key: 'CLUSTER_DEPLOYMENT_ID' },
  databasePassword: { name: 'postgres', key: 'postgresql-password' },
  databaseRootPassword: { name: 'postgres', key: 'postgresql-postgres-password' },
} as const satisfies Record<string, Place>;
