import { Construct } from 'constructs';
import type { Cluster, Database, StringMap } from '../model/cluster';
import { nodePortOf, serviceMetadata } from './support/component-service';
import { literalText, placeOf, plainVariable, secretVariable } from './support/environment';
import { k8s } from './support/kubernetes';
import { placementOf, pullSecretsOf, resourcesOf } from './support/pod';
import { podMetadata } from './support/pod-metadata';
import { entryOf, revealed, type SecretData } from './support/secret-data';
import { inDoubleQuotes, inSingleQuotes } from './support/shell-text';
import { isPlainIdentifier } from './support/sql-identifier';
import { IAM_LOGIN_PASSWORD } from '../model/resolve-storage';
import { PLACES } from '../model/secret-places';

/** What the PostgreSQL server is made from. */
export type PostgresProps = Pick<
  Cluster,
  'namespace' | 'helmReleaseName' | 'release' | 'database' | 'dex' | 'images' | 'securityContexts'
>;

const ROOT_PASSWORD = PLACES.databaseRootPassword;
const INIT_SCRIPTS = 'postgres-init-scripts';

/** The pod of the one server that there is, in the chart's words. */
const PRIMARY = { role: 'primary' };

/** User and group of the image. */
const USER_ID = 1000;

/** Selectors of a StatefulSet cannot be changed, so these stay what the official chart has in a release of that name. */
function labelsOf({ helmReleaseName }: Pick<Cluster, 'helmReleaseName'>): StringMap {
  return { 'app.kubernetes.io/name': 'postgresql', 'app.kubernetes.io/instance': helmReleaseName };
}

/** The variable with the password of the user that pachd and pg-bouncer connect as; `unused` where no login looks at it. */
export function databasePasswordVariable(
  name: string,
  { password }: Pick<Database, 'password'>,
  unused = IAM_LOGIN_PASSWORD,
): k8s.EnvVar {
  if (password === undefined) return plainVariable(name, unused);
  const place = placeOf(password, PLACES.databasePassword);
  return secretVariable(name, place.name, place.key);
}

/**
 * The PostgreSQL server in the namespace: the Secret `postgres` with its passwords, a script that creates Dex's database
 * at the first start, a StatefulSet of one pod and its Services. With a server of the user's own only the Secret is
 * left. The Secret holds no password that is in another Secret already, and is not written when that leaves it empty.
 *
 * The server keeps the passwords of its first start: to change one later, change it in the server too (ALTER ROLE).
 */
export class Postgres extends Construct {
  constructor(scope: Construct, id: string, cluster: PostgresProps) {
    super(scope, id);
    const { namespace, database } = cluster;
    const { internal } = database;
    const labels = labelsOf(cluster);

    const passwords: SecretData = {
      ...entryOf(ROOT_PASSWORD.key, internal?.rootPassword),
      ...entryOf(PLACES.databasePassword.key, database.password),
    };
    if (Object.keys(passwords).length > 0)
      new k8s.KubeSecret(this, 'secret', {
        metadata: {
          name: PLACES.databasePassword.name,
          namespace,
          labels: internal === undefined ? { app: 'postgresql', suite: 'pachyderm' } : labels,
        },
        type: 'Opaque',
        stringData: revealed(passwords),
      });
    if (internal === undefined) return;

    new k8s.KubeConfigMap(this, 'init-scripts', {
      metadata: { name: INIT_SCRIPTS, namespace, labels },
      data: { 'dex.sh': createDatabasesScript(identityDatabases(cluster)) },
    });
    new k8s.KubeService(this, 'headless-service', {
      metadata: {
        name: 'postgres-headless',
        namespace,
        labels: { ...labels, 'service.alpha.kubernetes.io/tolerate-unready-endpoints': 'true' },
      },
      spec: {
        type: 'ClusterIP',
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        ports: [SERVICE_PORT],
        selector: labels,
      },
    });
    new k8s.KubeService(this, 'service', {
      metadata: serviceMetadata(database.host, namespace, labels, internal.service),
      spec: {
        type: internal.service.type,
        ports: [{ ...SERVICE_PORT, ...nodePortOf(internal.service) }],
        selector: { ...labels, ...PRIMARY },
      },
    });
    new k8s.KubeStatefulSet(this, 'stateful-set', statefulSet(cluster, internal));
  }
}

const SERVICE_PORT: k8s.ServicePort = {
  name: 'tcp-postgresql',
  port: 5432,
  targetPort: k8s.IntOrString.fromString('tcp-postgresql'),
};

/** The databases of the Dex inside pachd and of the one beside it, which may share one. */
function identityDatabases({ database, dex }: PostgresProps): readonly string[] {
  const beside =
    dex?.storage.type === 'postgres' && dex.storage.host === database.host ? dex.storage.database : '';
  const isAnother = beside !== '' && beside !== database.name && beside !== database.identityName;
  return [database.identityName, ...(isAnother ? [beside] : [])];
}

/**
 * Runs once, when the data directory is empty. pachd and Dex create the tables, but no one creates their databases.
 *
 * The here-document holds plain words alone. Any other name is a variable of psql, which quotes it as an identifier
 * itself (`:"database_1"`), and the shell takes its value in single quotes: no string in it can end the here-document.
 */
function createDatabasesScript(names: readonly string[]): string {
  const databases = names.map((name, index) =>
    isPlainIdentifier(name)
      ? { identifier: name, argument: '' }
      : {
          identifier: `:"database_${index + 1}"`,
          argument: ` -v database_${index + 1}=${inSingleQuotes(name)}`,
        },
  );
  const given = databases.map(({ argument }) => argument).join('');
  return [
    '#!/bin/bash',
    'set -e',
    `psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB"${given} <<-EOSQL`,
    ...databases.flatMap(({ identifier }) => [
      `  CREATE DATABASE ${identifier};`,
      `  GRANT ALL PRIVILEGES ON DATABASE ${identifier} TO "$POSTGRES_USER";`,
    ]),
    'EOSQL',
    '',
  ].join('\n');
}

function statefulSet(
  cluster: PostgresProps,
  internal: NonNullable<Database['internal']>,
): k8s.KubeStatefulSetProps {
  const { namespace, securityContexts } = cluster;
  const { placement, storageClass, size } = internal;
  const labels = labelsOf(cluster);
  const selector = { ...labels, ...PRIMARY };
  return {
    metadata: {
      name: 'postgres',
      namespace,
      labels: { ...labels, 'app.kubernetes.io/component': 'primary' },
    },
    spec: {
      serviceName: 'postgres-headless',
      replicas: 1,
      updateStrategy: { type: 'RollingUpdate' },
      selector: { matchLabels: selector },
      template: {
        metadata: podMetadata({ ...selector, 'app.kubernetes.io/component': 'primary' }, placement),
        spec: {
          affinity: spreadOverNodes(namespace, labels),
          ...placementOf(placement),
          ...pullSecretsOf(cluster),
          ...(securityContexts ? { securityContext: { fsGroup: USER_ID } } : {}),
          automountServiceAccountToken: false,
          containers: [serverContainer(cluster, internal)],
          volumes: [
            { name: 'custom-init-scripts', configMap: { name: INIT_SCRIPTS } },
            // PostgreSQL shares memory between its processes there; the container's own has 64 MiB.
            { name: 'dshm', emptyDir: { medium: 'Memory' } },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data', labels: { suite: 'pachyderm' } },
          spec: {
            accessModes: ['ReadWriteOnce'],
            ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
            resources: { requests: { storage: k8s.Quantity.fromString(size) } },
          },
        },
      ],
    },
  };
}

function serverContainer(cluster: PostgresProps, internal: NonNullable<Database['internal']>): k8s.Container {
  const { database, release, securityContexts } = cluster;
  const user = inDoubleQuotes(database.user);
  const connection = inDoubleQuotes(connectionString(database.name));
  const isReady = literalText(`exec pg_isready -U "${user}" -d "${connection}" -h 127.0.0.1 -p 5432`);
  const probe = { periodSeconds: 10, timeoutSeconds: 5, successThreshold: 1, failureThreshold: 6 };
  return {
    name: 'postgres',
    image: internal.image.reference,
    imagePullPolicy: internal.image.pullPolicy,
    ...resourcesOf(internal.resources),
    ...(securityContexts ? { securityContext: { runAsUser: USER_ID } } : {}),
    env: environment(database, internal),
    ports: [{ name: 'tcp-postgresql', containerPort: 5432 }],
    livenessProbe: { exec: { command: ['/bin/sh', '-c', isReady] }, initialDelaySeconds: 30, ...probe },
    readinessProbe: {
      exec: {
        command: [
          '/bin/sh',
          '-c',
          '-e',
          `${isReady}\n${release.postgresWaitsForInitialization ? IS_INITIALIZED : ''}`,
        ],
      },
      initialDelaySeconds: 5,
      ...probe,
    },
    volumeMounts: [
      { name: 'custom-init-scripts', mountPath: '/docker-entrypoint-initdb.d/' },
      { name: 'dshm', mountPath: '/dev/shm' },
      { name: 'data', mountPath: '/bitnami/postgresql' },
    ],
  };
}

/** As in the official chart, where the shell does not come this far: `exec` has replaced it. */
const IS_INITIALIZED =
  '[ -f /opt/bitnami/postgresql/tmp/.initialized ] || [ -f /bitnami/postgresql/.initialized ]\n';

/** A database as libpq's connection strings take it; anything but plain words is quoted. */
function connectionString(database: string): string {
  const isPlain = /^[\w.-]+$/.test(database);
  return `dbname=${isPlain ? database : `'${database.replace(/[\\']/g, '\\$&')}'`}`;
}

function environment(database: Database, internal: NonNullable<Database['internal']>): k8s.EnvVar[] {
  const root = placeOf(internal.rootPassword, ROOT_PASSWORD);
  return [
    ...Object.entries(IMAGE_SETTINGS).map(([name, value]) => plainVariable(name, value)),
    secretVariable('POSTGRES_POSTGRES_PASSWORD', root.name, root.key),
    plainVariable('POSTGRES_USER', database.user),
    databasePasswordVariable('POSTGRES_PASSWORD', database),
    plainVariable('POSTGRES_DB', database.name),
  ];
}

/** Settings of Bitnami's image, as the official chart has them. */
const IMAGE_SETTINGS: StringMap = {
  BITNAMI_DEBUG: 'false',
  POSTGRESQL_PORT_NUMBER: '5432',
  POSTGRESQL_VOLUME_DIR: '/bitnami/postgresql',
  PGDATA: '/bitnami/postgresql/data',
  POSTGRESQL_ENABLE_LDAP: 'no',
  POSTGRESQL_ENABLE_TLS: 'no',
  POSTGRESQL_LOG_HOSTNAME: 'false',
  POSTGRESQL_LOG_CONNECTIONS: 'false',
  POSTGRESQL_LOG_DISCONNECTIONS: 'false',
  POSTGRESQL_PGAUDIT_LOG_CATALOG: 'off',
  POSTGRESQL_CLIENT_MIN_MESSAGES: 'error',
  POSTGRESQL_SHARED_PRELOAD_LIBRARIES: 'pgaudit',
};

/** Asks for a node without another server of this kind, should there be one. */
function spreadOverNodes(namespace: string, labels: StringMap): k8s.Affinity {
  return {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 1,
          podAffinityTerm: {
            labelSelector: { matchLabels: { ...labels, 'app.kubernetes.io/component': 'primary' } },
            namespaces: [namespace],
            topologyKey: 'kubernetes.io/hostname',
          },
        },
      ],
    },
  };
}
