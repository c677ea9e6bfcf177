import { isMapping } from '../../document/is-mapping';
import { CLOUD_SQL_PROXY } from '../../model/resolve-storage';
import { PLACES } from '../../model/secret-places';
import { SECRET_VARIABLES } from '../secret-variables';
import type { ImportContext } from '../context';
import type { Section } from '../row';

const GLOBAL = 'global.postgresql';

/** Which server, and its passwords. */
export const database: Section = {
  carry(context) {
    const { values } = context;
    if (values.isTrue('postgresql.enabled')) carryBundled(context);
    else carryExternal(context);
    carrySslMode(context);
  },
};

function carryBundled(context: ImportContext): void {
  const { values } = context;
  context.say('postgresql.enabled', 'default');
  sayIdleCloudSql(context);
  for (const [name, fixed] of [
    ['postgresqlHost', 'postgres'],
    ['postgresqlPort', '5432'],
    ['postgresqlUsername', 'pachyderm'],
  ] as const)
    if (values.text(`${GLOBAL}.${name}`) === fixed) context.say(`${GLOBAL}.${name}`, 'default');
    else
      context.say(`${GLOBAL}.${name}`, 'not-carried', {
        message: `the bundled PostgreSQL of a document is at postgres:5432 with the user pachyderm`,
      });
  carryPassword(context, 'database.internal.password');
  const { value, words } = context.secrets.write({
    field: 'database.internal.rootPassword',
    given: values.text(`${GLOBAL}.postgresqlPostgresPassword`),
    kept: PLACES.databaseRootPassword,
    variable: SECRET_VARIABLES.databaseRootPassword,
  });
  context.set('database.internal.rootPassword', value);
  told(context, `${GLOBAL}.postgresqlPostgresPassword`, 'database.internal.rootPassword', words);
}

function carryExternal(context: ImportContext): void {
  const { values } = context;
  const hasProxy = values.isTrue('cloudsqlAuthProxy.enabled');
  context.set('database.external', isMapping(context.get('database.external')) ? undefined : {});
  context.say('postgresql.enabled', 'carried', { field: 'database.external' });
  carryCloudSqlProxy(context, hasProxy);

  const host = values.text(`${GLOBAL}.postgresqlHost`);
  const isDerived = hasProxy && host === cloudSqlHost(context);
  if (isDerived) {
    context.setWithout('database.external.cloudSqlProxy', 'database.external.host', host);
    context.say(`${GLOBAL}.postgresqlHost`, 'derived', { field: 'database.external.host' });
  } else {
    context.set('database.external.host', host);
    context.say(`${GLOBAL}.postgresqlHost`, 'carried', { field: 'database.external.host' });
  }
  const port = values.text(`${GLOBAL}.postgresqlPort`);
  if (port === '5432') context.say(`${GLOBAL}.postgresqlPort`, 'default');
  else {
    context.set('database.external.port', /^\d+$/.test(port) ? Number(port) : port);
    context.say(`${GLOBAL}.postgresqlPort`, 'carried', { field: 'database.external.port' });
  }
  const user = values.text(`${GLOBAL}.postgresqlUsername`);
  if (user === 'pachyderm') context.say(`${GLOBAL}.postgresqlUsername`, 'default');
  else {
    context.set('database.external.user', user);
    context.say(`${GLOBAL}.postgresqlUsername`, 'carried', { field: 'database.external.user' });
  }
  if (values.isTrue('cloudsqlAuthProxy.iamLogin')) {
    for (const name of ['postgresqlPassword', 'postgresqlExistingSecretName', 'postgresqlExistingSecretKey'])
      context.say(`${GLOBAL}.${name}`, 'idle', { message: 'cloudsqlAuthProxy.iamLogin is true' });
  } else carryPassword(context, 'database.external.password');
  context.say(`${GLOBAL}.postgresqlPostgresPassword`, 'idle', { message: 'postgresql.enabled is false' });
}

/** With a dot at its end or without, as guides have it. */
function cloudSqlHost({ options }: ImportContext): string {
  return `${CLOUD_SQL_PROXY}.${options.namespace ?? 'pachyderm'}.svc.cluster.local.`;
}

function carryCloudSqlProxy(context: ImportContext, hasProxy: boolean): void {
  const { values } = context;
  if (!hasProxy) {
    sayIdleCloudSql(context);
    return context.say('cloudsqlAuthProxy.enabled', 'default');
  }
  const field = 'database.external.cloudSqlProxy';
  if (!isMapping(context.get(field))) context.set(field, {});
  context.say('cloudsqlAuthProxy.enabled', 'carried', { field });
  const isPrivate = values.isTrue('cloudsqlAuthProxy.privateIp');
  const privateField = `${field}.privateIP`;
  if (isPrivate === context.release.cloudSqlProxy.usesPrivateAddress)
    return context.say('cloudsqlAuthProxy.privateIp', isPrivate ? 'derived' : 'default', {
      field: privateField,
    });
  context.set(privateField, isPrivate);
  context.say('cloudsqlAuthProxy.privateIp', 'carried', { field: privateField });
}

/** What tells the proxy where the instance is does nothing without the proxy, or beside the bundled server. */
function sayIdleCloudSql(context: ImportContext): void {
  context.say('cloudsqlAuthProxy.privateIp', 'idle', {
    message: context.values.isTrue('cloudsqlAuthProxy.enabled')
      ? 'postgresql.enabled is true'
      : 'cloudsqlAuthProxy.enabled is false',
  });
}

function carryPassword(context: ImportContext, field: string): void {
  const { values } = context;
  const name = values.text(`${GLOBAL}.postgresqlExistingSecretName`);
  const key = values.text(`${GLOBAL}.postgresqlExistingSecretKey`);
  const { value, words } = context.secrets.write({
    field,
    given: values.text(`${GLOBAL}.postgresqlPassword`),
    ...(name === '' ? {} : { named: { name, key: key || PLACES.databasePassword.key } }),
    kept: PLACES.databasePassword,
    variable: SECRET_VARIABLES.databasePassword,
  });
  context.set(field, value);
  context.say(`${GLOBAL}.postgresqlExistingSecretName`, name === '' ? 'default' : 'carried', { field });
  context.say(
    `${GLOBAL}.postgresqlExistingSecretKey`,
    key === '' ? 'default' : name === '' ? 'idle' : 'carried',
    {
      field,
    },
  );
  if (name === '') told(context, `${GLOBAL}.postgresqlPassword`, field, words);
  else
    context.say(`${GLOBAL}.postgresqlPassword`, 'idle', {
      message: `${GLOBAL}.postgresqlExistingSecretName is set`,
    });
}

/** Says where a secret is now that was set, or that the chart has by default or generated. */
export function told(context: ImportContext, path: string, field: string, words: string): void {
  context.say(path, 'carried', { field, message: words });
  context.note(path, 'carried', field, `not set; the release has one: ${words}`);
}

function carrySslMode(context: ImportContext): void {
  const path = `${GLOBAL}.postgresqlSSL`;
  const mode = context.values.text(path);
  const fallback =
    context.get('database.external.cloudSqlProxy') === undefined ? context.release.defaultSslMode : 'disable';
  if (mode === fallback || mode === '') return context.say(path, 'default');
  context.set('database.sslMode', mode);
  context.say(path, 'carried', { field: 'database.sslMode' });
}
