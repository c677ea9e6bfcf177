/** Names of the variables that stand for secrets of a release, the same in documents and in placeholders of values. */
export const SECRET_VARIABLES = {
  rootToken: 'ROOT_TOKEN',
  pachdClientSecret: 'PACHD_CLIENT_SECRET',
  licenseKey: 'PACHYDERM_LICENSE',
  enterpriseSecret: 'ENTERPRISE_SECRET',
  enterpriseServerToken: 'ENTERPRISE_SERVER_TOKEN',
  consoleClientSecret: 'CONSOLE_CLIENT_SECRET',
  databasePassword: 'POSTGRES_PASSWORD',
  databaseRootPassword: 'POSTGRES_ROOT_PASSWORD',
} as const;
