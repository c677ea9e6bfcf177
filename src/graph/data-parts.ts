import type { Cluster, Storage, StorageBackend } from '../model/cluster';
import type { Secret, SecretReference } from '../model/secret';
import { ETCD_PORT, PG_BOUNCER_PORT } from '../model/service-ports';
import type { Arrow, Part, Scene } from './picture';

/** Where a secret is, in words that do not say what it is. */
export function secretName(what: string, reference: SecretReference | Secret | undefined): string[] {
  if (reference === undefined) return [];
  const isExisting = 'kind' in reference && reference.kind === 'existing';
  return [isExisting ? `${what}: Secret ${reference.name}, key ${reference.key}` : `${what}: a secret`];
}

/** What pachd keeps data in. */
export function dataScene(cluster: Cluster, server: string): Scene {
  const { enterpriseServer } = cluster;
  const scenes = [
    database(cluster, server),
    ...(enterpriseServer ? [] : [storage(cluster, server), etcd(cluster, server)]),
  ];
  return { parts: scenes.flatMap(({ parts }) => parts), arrows: scenes.flatMap(({ arrows }) => arrows) };
}

function database({ database: db, dex }: Cluster, server: string): Scene {
  const { cloudSqlProxy: sqlProxy } = db;
  const address = `${db.host}:${db.port}`;
  const encryption = db.sslMode === 'disable' ? 'without TLS' : `sslmode ${db.sslMode}`;
  const last: Part = {
    id: 'database',
    kind: 'data',
    title: db.internal ? 'PostgreSQL' : sqlProxy ? 'Cloud SQL' : 'PostgreSQL, outside',
    lines: [
      `databases ${db.name} and ${db.identityName}`,
      `user ${db.user}`,
      ...secretName('database.password', db.password),
    ],
    places: ['/database'],
  };
  const ofProxy: Part[] = sqlProxy
    ? [
        {
          id: 'sqlproxy',
          kind: 'data',
          title: 'Cloud SQL Auth Proxy',
          lines: [sqlProxy.connectionName],
          places: ['/database/external/cloudSqlProxy'],
        },
      ]
    : [];
  const bouncer: Part = {
    id: 'pgbouncer',
    kind: 'data',
    title: 'PgBouncer',
    lines: [],
    places: ['/database/pgBouncer'],
  };
  const store = dex?.storage;
  const ofDex: Arrow[] =
    store?.type === 'postgres' && store.host === db.host
      ? [
          {
            from: 'dex',
            to: ofProxy[0]?.id ?? last.id,
            what: 'keeps sessions and keys',
            protocol: `PostgreSQL ${store.port}, ${store.sslMode === 'disable' ? 'without TLS' : `sslmode ${store.sslMode}`}`,
            places: ['/dex/storage'],
          },
        ]
      : [];
  return {
    parts: [bouncer, ...ofProxy, last],
    arrows: [
      {
        from: server,
        to: bouncer.id,
        what: 'keeps metadata',
        protocol: `PostgreSQL ${PG_BOUNCER_PORT}`,
        places: [],
      },
      {
        from: bouncer.id,
        to: ofProxy[0]?.id ?? last.id,
        what: 'keeps metadata',
        address,
        protocol: `PostgreSQL ${db.port}, ${encryption}`,
        places: ['/database/sslMode', '/database/external', '/database/sslCertificateAuthority'],
      },
      ...(ofProxy.length > 0
        ? [{ from: 'sqlproxy', to: last.id, what: 'keeps metadata', protocol: 'TLS', places: [] }]
        : []),
      ...ofDex,
    ],
  };
}

function etcd({ etcd: { replicas, inMemory } }: Cluster, server: string): Scene {
  return {
    parts: [
      {
        id: 'etcd',
        kind: 'data',
        title: 'etcd',
        lines: [
          ...(replicas === 1 ? [] : [`${replicas} replicas`]),
          ...(inMemory ? ['in memory: gone with its Pod'] : []),
        ],
        places: ['/etcd'],
      },
    ],
    arrows: [{ from: server, to: 'etcd', what: 'keeps state', protocol: `gRPC ${ETCD_PORT}`, places: [] }],
  };
}

/** What a kind of storage is called, where it is, and how it is reached. */
interface Described {
  readonly title: string;
  readonly lines: readonly string[];
  readonly protocol: string;
}

const STORAGES: {
  readonly [Kind in StorageBackend['kind']]: (backend: Extract<StorageBackend, { kind: Kind }>) => Described;
} = {
  local: ({ hostPath }) => ({
    title: 'Folder of the node',
    lines: [hostPath],
    protocol: 'file system',
  }),
  s3: ({ bucket, region, endpoint, disableSSL, credentials }) => ({
    title: 'S3',
    lines: [
      ...(bucket === undefined ? [] : [`bucket ${bucket}`]),
      ...(region === undefined ? [] : [`region ${region}`]),
      ...(endpoint === undefined ? [] : [endpoint]),
      ...(credentials ? secretName('storage.s3.credentials.secret', credentials.secret) : ['cloud identity']),
    ],
    protocol: disableSSL ? 'HTTP' : 'HTTPS',
  }),
  minio: ({ bucket, endpoint, secure, credentials }) => ({
    title: 'MinIO',
    lines: [
      `bucket ${bucket}`,
      endpoint,
      ...secretName('storage.minio.credentials.secret', credentials.secret),
    ],
    protocol: secure ? 'HTTPS' : 'HTTP',
  }),
  gcs: ({ bucket, credentials }) => ({
    title: 'Google Cloud Storage',
    lines: [
      ...(bucket === undefined ? [] : [`bucket ${bucket}`]),
      ...(credentials ? secretName('storage.gcs.credentials', credentials) : ['cloud identity']),
    ],
    protocol: 'HTTPS',
  }),
  azure: ({ container, account, key }) => ({
    title: 'Azure Blob Storage',
    lines: [
      `account ${account}`,
      ...(container === undefined ? [] : [`container ${container}`]),
      ...(key ? secretName('storage.azure.key', key) : ['cloud identity']),
    ],
    protocol: 'HTTPS',
  }),
};

function describe<Kind extends StorageBackend['kind']>(
  backend: Extract<StorageBackend, { kind: Kind }>,
): Described {
  return STORAGES[backend.kind](backend);
}

function storage({ storage: { backend, url } }: { readonly storage: Storage }, server: string): Scene {
  const { title, lines, protocol } = describe(backend);
  return {
    parts: [{ id: 'storage', kind: 'data', title, lines, places: ['/storage'] }],
    arrows: [
      {
        from: server,
        to: 'storage',
        what: 'keeps data',
        ...(url === undefined ? {} : { address: url }),
        protocol,
        places: [],
      },
    ],
  };
}
