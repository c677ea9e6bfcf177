import { count, flag, json, rowsOf, text, type FieldRow, type Idle } from '../row';
import { imageRows, placementRows, serviceRows, whereOn } from './pod';

const bundled = whereOn('postgresql.enabled');
const external: Idle = (values) =>
  values.isTrue('postgresql.enabled') ? 'postgresql.enabled is true' : undefined;
const cloudSql = whereOn('cloudsqlAuthProxy.enabled', external);

/** The database, pg-bouncer and the Cloud SQL proxy. The server and its passwords are not here. */
export const databaseRows: readonly FieldRow[] = [
  ...rowsOf('global.postgresql', 'database', {
    postgresqlDatabase: [text, 'name'],
    postgresqlSSLCACert: [text, 'sslCertificateAuthority'],
    postgresqlSSLSecret: [text, 'sslSecretName'],
    identityDatabaseFullNameOverride: [text, 'identityName'],
  }),
  ...rowsOf('global.postgresql', 'database', { postgresqlAuthType: [text, 'authType'] }),
  ...rowsOf(
    'postgresql',
    'database.internal',
    { 'persistence.size': [text], 'persistence.storageClass': [text] },
    { idle: bundled },
  ),
  ...rowsOf('postgresql', 'database.internal', { resources: [json] }, { idle: bundled }),
  ...imageRows('postgresql', 'database.internal', bundled),
  ...serviceRows('postgresql', 'database.internal', ['type', 'nodePort', 'annotations'], bundled),
  ...placementRows(
    'postgresql.primary',
    'database.internal',
    ['nodeSelector', 'tolerations', 'affinity', 'podLabels', 'podAnnotations'],
    bundled,
  ),
  ...rowsOf('pgbouncer', 'database.pgBouncer', {
    maxConnections: [count],
    defaultPoolSize: [count, 'poolSize'],
  }),
  // 2.2 has the resources in its template, and ignores the value.
  ...rowsOf('pgbouncer', 'database.pgBouncer', { resources: [json] }),
  ...imageRows('pgbouncer', 'database.pgBouncer'),
  ...serviceRows('pgbouncer', 'database.pgBouncer', ['type']),
  ...placementRows('pgbouncer', 'database.pgBouncer', ['annotations', 'nodeSelector', 'tolerations']),
  ...rowsOf(
    'cloudsqlAuthProxy',
    'database.external.cloudSqlProxy',
    {
      connectionName: [text],
      serviceAccount: [text],
      port: [count],
      resources: [json],
    },
    { idle: cloudSql },
  ),
  ...imageRows('cloudsqlAuthProxy', 'database.external.cloudSqlProxy', cloudSql),
  ...serviceRows('cloudsqlAuthProxy', 'database.external.cloudSqlProxy', ['type', 'labels'], cloudSql),
  ...rowsOf('cloudsqlAuthProxy', 'database.external', { iamLogin: [flag] }, { idle: external }),
  ...placementRows(
    'cloudsqlAuthProxy',
    'database.external.cloudSqlProxy',
    ['podLabels', 'nodeSelector', 'tolerations'],
    cloudSql,
  ),
];
