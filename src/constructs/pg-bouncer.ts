import { Construct } from 'constructs';
import type { Cluster, Database } from '../model/cluster';
import { DATABASE_AUTHORITY } from '../model/secret-places';
import { PG_BOUNCER_PORT } from '../model/service-ports';
import { databasePasswordVariable } from './postgres';
import { checksumAnnotation, checksumGuards } from './support/checksum';
import { nodePortOf, serviceMetadata } from './support/component-service';
import { plainVariable } from './support/environment';
import { k8s } from './support/kubernetes';
import { scratchFolder, type Mount } from './support/mounts';
import { resourcesOf } from './support/pod';
import { podMetadata } from './support/pod-metadata';
import { podSpec } from './support/pod-spec';

/** What pg-bouncer is made from. */
export type PgBouncerProps = Pick<
  Cluster,
  'namespace' | 'release' | 'database' | 'images' | 'securityContexts' | 'auth' | 'console'
>;

const LABELS = { app: 'pg-bouncer', suite: 'pachyderm' };

/** User and group that the container runs as. */
const USER_ID = 1000;

const { name: CA_SECRET, key: CA_KEY } = DATABASE_AUTHORITY;
const CA_DIRECTORY = '/pg-ca-cert';
const CLIENT_CERTIFICATE_DIRECTORY = '/pg-tls-cert';

/**
 * The connection pool that pachd, pachw and every worker reach PostgreSQL through: a Deployment and the Service
 * `pg-bouncer`, and the Secret `pg-ca-cert` when the document has certificates to verify the server against.
 */
export class PgBouncer extends Construct {
  constructor(scope: Construct, id: string, cluster: PgBouncerProps) {
    super(scope, id);
    const { namespace, database } = cluster;
    const { placement, service } = database.pgBouncer;
    const authority = database.sslCertificateAuthority;

    if (authority !== undefined)
      new k8s.KubeSecret(this, 'certificate-authority', {
        metadata: { name: CA_SECRET, namespace, labels: { app: 'pachyderm', suite: 'pachyderm' } },
        stringData: { [CA_KEY]: authority },
      });
    new k8s.KubeService(this, 'service', {
      metadata: serviceMetadata('pg-bouncer', namespace, LABELS, service),
      spec: {
        type: service.type,
        ports: [{ name: 'client-port', port: PG_BOUNCER_PORT, ...nodePortOf(service) }],
        selector: LABELS,
      },
    });
    const annotations = checksumAnnotation({
      plain: authority === undefined ? {} : { [CA_SECRET]: { [CA_KEY]: authority } },
      secrets: { password: database.password },
      guards: checksumGuards(cluster),
    });
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name: 'pg-bouncer', namespace, labels: LABELS },
      spec: {
        replicas: 1,
        selector: { matchLabels: LABELS },
        template: {
          metadata: podMetadata(LABELS, placement, annotations),
          spec: podSpec(cluster, {
            placement,
            user: USER_ID,
            container: container(cluster),
            mounts: mountsFor(cluster),
          }),
        },
      },
    });
  }
}

function container(cluster: PgBouncerProps): k8s.Container {
  const { release, database } = cluster;
  const { image, resources } = database.pgBouncer;
  const hasResources = resources.requests !== undefined || resources.limits !== undefined;
  return {
    name: 'pg-bouncer',
    image: image.reference,
    imagePullPolicy: image.pullPolicy,
    ...resourcesOf(hasResources ? resources : release.pgBouncer.resources),
    env: environment(cluster),
    ports: [{ name: 'client-port', containerPort: PG_BOUNCER_PORT }],
    ...(release.pgBouncer.hasProbes ? probes(database) : {}),
  };
}

/** Folders that Bitnami's image writes to; the rest of the file system is read-only. */
const WRITABLE_FOLDERS = [
  scratchFolder('config', '/opt/bitnami/pgbouncer/conf/'),
  scratchFolder('pgtmp', '/opt/bitnami/pgbouncer/tmp/'),
  scratchFolder('logs', '/opt/bitnami/pgbouncer/logs/'),
  scratchFolder('tmp', '/tmp'),
];

function mountsFor({ release, database }: PgBouncerProps): Mount[] {
  const { sslSecretName, sslCertificateAuthority } = database;
  const secret = (name: string, secretName: string, path: string): Mount => ({
    volume: { name, secret: { secretName } },
    path,
  });
  return [
    ...(release.pgBouncer.writableFolders ? WRITABLE_FOLDERS : []),
    ...(sslSecretName === undefined
      ? []
      : [secret('pg-tls-cert', sslSecretName, CLIENT_CERTIFICATE_DIRECTORY)]),
    ...(sslCertificateAuthority === undefined ? [] : [secret(CA_SECRET, CA_SECRET, CA_DIRECTORY)]),
  ];
}

function probes({ user, name }: Pick<Database, 'user' | 'name'>): PodProbes {
  // The official chart leaves the variables bare, where the shell splits them at blanks and expands `*`.
  const word = (variable: string): string =>
    [user, name].every((value) => /^[\w.@-]+$/.test(value)) ? `$${variable}` : `"$${variable}"`;
  const isReady = [
    'PGPASSWORD=$POSTGRESQL_PASSWORD pg_isready',
    `-U ${word('POSTGRESQL_USERNAME')} -h 127.0.0.1 -p $PGBOUNCER_PORT -d ${word('POSTGRESQL_DATABASE')}`,
  ].join(' ');
  return {
    livenessProbe: {
      exec: { command: ['/bin/sh', '-c', isReady] },
      periodSeconds: 30,
      timeoutSeconds: 1,
      successThreshold: 1,
      failureThreshold: 5,
    },
    readinessProbe: {
      tcpSocket: { port: k8s.IntOrString.fromNumber(PG_BOUNCER_PORT) },
      periodSeconds: 10,
      timeoutSeconds: 1,
      successThreshold: 1,
      failureThreshold: 3,
    },
  };
}

type PodProbes = Pick<k8s.Container, 'livenessProbe' | 'readinessProbe'>;

function environment({ namespace, release, database }: PgBouncerProps): k8s.EnvVar[] {
  const { pgBouncer } = release;
  return [
    plainVariable('POSTGRESQL_USERNAME', database.user),
    ...(pgBouncer.passesDatabaseAndAuthType ? [plainVariable('POSTGRESQL_DATABASE', database.name)] : []),
    plainVariable('PGBOUNCER_SET_USER', 'True'),
    plainVariable(
      'POSTGRESQL_HOST',
      database.internal === undefined ? database.host : `${database.host}.${namespace}.svc.cluster.local`,
    ),
    plainVariable('PGBOUNCER_PORT', String(PG_BOUNCER_PORT)),
    plainVariable('POSTGRESQL_PORT', String(database.port)),
    // Every name: pachd's database and Dex's both.
    plainVariable('PGBOUNCER_DATABASE', '*'),
    ...(pgBouncer.passesDatabaseAndAuthType ? [plainVariable('PGBOUNCER_AUTH_TYPE', database.authType)] : []),
    plainVariable('PGBOUNCER_MAX_CLIENT_CONN', String(database.pgBouncer.maxConnections)),
    plainVariable('PGBOUNCER_DEFAULT_POOL_SIZE', String(database.pgBouncer.poolSize)),
    plainVariable('PGBOUNCER_POOL_MODE', 'transaction'),
    plainVariable('PGBOUNCER_IDLE_TRANSACTION_TIMEOUT', '300'),
    // lib/pq, a driver of Go, sends it with every connection, and pg-bouncer would refuse what it does not know.
    plainVariable('PGBOUNCER_IGNORE_STARTUP_PARAMETERS', 'extra_float_digits'),
    plainVariable('PGBOUNCER_SERVER_TLS_SSLMODE', database.sslMode),
    ...(database.sslSecretName === undefined
      ? []
      : [
          plainVariable('PGBOUNCER_SERVER_TLS_CERT_FILE', `${CLIENT_CERTIFICATE_DIRECTORY}/tls.crt`),
          plainVariable('PGBOUNCER_SERVER_TLS_KEY_FILE', `${CLIENT_CERTIFICATE_DIRECTORY}/tls.key`),
        ]),
    ...(database.sslCertificateAuthority === undefined
      ? []
      : [plainVariable('PGBOUNCER_SERVER_TLS_CA_FILE', `${CA_DIRECTORY}/${CA_KEY}`)]),
    // A blank switches the socket file off.
    plainVariable('PGBOUNCER_UNIX_SOCKET_DIR', ' '),
    // The word that the official chart has here for a login that needs none.
    databasePasswordVariable('POSTGRESQL_PASSWORD', database, 'password'),
  ];
}
