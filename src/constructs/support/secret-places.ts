/** An object and a key in it. */
export interface Place {
  readonly name: string;
  readonly key: string;
}

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
} as const satisfies Record<string, Place>;
