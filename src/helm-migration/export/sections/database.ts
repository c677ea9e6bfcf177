import { CLOUD_SQL_PROXY } from '../../../model/resolve-storage';
import { PLACES } from '../../../model/secret-places';
import type { SecretReference } from '../../../model/secret';
import { SECRET_VARIABLES } from '../../secret-variables';
import type { ExportContext } from '../export-context';
import type { ExportSection } from '../section';

const GLOBAL = 'global.postgresql';

/** Which server, and its passwords. */
export const database: ExportSection = {
  restore(context) {
    const { database: given } = context.cluster;
    if (given.internal) {
      restorePassword(context, 'database.internal.password', given.internal.password);
      restoreRootPassword(context, given.internal.rootPassword);
    } else restoreExternal(context);
    context.set(`${GLOBAL}.postgresqlSSL`, given.sslMode);
    context.say('database.sslMode', 'carried', { field: `${GLOBAL}.postgresqlSSL` });
    restoreImagePolicies(context);
  },
};

function restoreExternal(context: ExportContext): void {
  const { cluster } = context;
  const { database: given } = cluster;
  const field = 'database.external';
  context.set('postgresql.enabled', false);
  if (isNothingElse(context, field)) context.say(field, 'carried', { field: 'postgresql.enabled' });
  context.set(`${GLOBAL}.postgresqlHost`, given.host);
  context.say(`${field}.host`, 'carried', { field: `${GLOBAL}.postgresqlHost` });
  context.set(`${GLOBAL}.postgresqlPort`, String(given.port), `${field}.port`);
  context.set(`${GLOBAL}.postgresqlUsername`, given.user, `${field}.user`);
  if (given.cloudSqlProxy) {
    context.set('cloudsqlAuthProxy.enabled', true);
    context.set(
      'cloudsqlAuthProxy.privateIp',
      given.cloudSqlProxy.privateIP,
      `${field}.cloudSqlProxy.privateIP`,
    );
    if (given.cloudSqlProxy.service.type === 'NodePort')
      context.refuse(
        `${field}.cloudSqlProxy.service.type`,
        'the chart opens port 35432, which nodes do not have; Kubernetes refuses it',
      );
  } else if (given.host.startsWith(`${CLOUD_SQL_PROXY}.`)) context.set('cloudsqlAuthProxy.enabled', false);
  if (given.password) restorePassword(context, `${field}.password`, given.password);
}

function isNothingElse(context: ExportContext, field: string): boolean {
  const value = context.get(field);
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function restorePassword(context: ExportContext, field: string, password: SecretReference): void {
  const path = `${GLOBAL}.postgresqlPassword`;
  const kept = PLACES.databasePassword;
  if (password.kind === 'existing' && password.name !== kept.name) {
    context.set(`${GLOBAL}.postgresqlExistingSecretName`, password.name);
    context.set(`${GLOBAL}.postgresqlExistingSecretKey`, password.key);
    context.say(field, 'carried', {
      field: `${GLOBAL}.postgresqlExistingSecretName`,
      ...(context.cluster.database.internal
        ? { message: 'pachd reads it, but the bundled server of the chart does not; keep both the same' }
        : {}),
    });
    return;
  }
  restoreText(context, path, password, field, SECRET_VARIABLES.databasePassword);
}

function restoreRootPassword(context: ExportContext, password: SecretReference): void {
  restoreText(
    context,
    `${GLOBAL}.postgresqlPostgresPassword`,
    password,
    'database.internal.rootPassword',
    SECRET_VARIABLES.databaseRootPassword,
  );
}

function restoreText(
  context: ExportContext,
  path: string,
  secret: SecretReference,
  field: string,
  variable: string,
): void {
  if (secret.kind !== 'existing') return context.setSecret(path, secret, field);
  context.need({ name: variable, field, from: { name: secret.name, key: secret.key } });
  context.force(path, `\${${variable}}`);
  context.say(field, 'carried', {
    field: path,
    message: `the release writes the Secret ${secret.name} itself; environment variable ${variable}`,
  });
}

/** Images of these have no policy in the chart. */
function restoreImagePolicies(context: ExportContext): void {
  for (const field of [
    'database.pgBouncer.image.pullPolicy',
    'database.external.cloudSqlProxy.image.pullPolicy',
  ])
    if (context.get(field) !== undefined)
      context.refuse(field, 'the chart has no value for it, or does not read it');
}
