import type { ClusterDocument } from '../generated/cluster-document';
import type { Database, S3Storage, Storage, StorageBackend } from './cluster';
import { defined } from './defined';
import type { ResolveContext } from './resolve-context';
import { resolvePlacement, resolveResources } from './resolve-pod';

/** The storage backend, and from it the bucket's URL where the release opens buckets by URL. */
export function resolveStorage(context: ResolveContext): Storage {
  const given = context.document.storage ?? {};
  const backend = resolveBackend(context);
  return defined({
    backend,
    url:
      context.release.usesStorageUrl && backend.kind !== 'local'
        ? (given.url ?? bucketUrl(backend))
        : undefined,
    uploadConcurrencyLimit: given.uploadConcurrencyLimit ?? 100,
    putFileConcurrencyLimit: given.putFileConcurrencyLimit ?? 100,
  });
}

function resolveBackend(context: ResolveContext): StorageBackend {
  const { s3, gcs, azure, local } = context.document.storage ?? {};
  if (s3) return resolveS3(context, s3);
  if (gcs)
    return defined({
      kind: 'gcs' as const,
      bucket: gcs.bucket,
      credentials:
        gcs.credentials === undefined
          ? undefined
          : context.secret(['storage', 'gcs', 'credentials'], gcs.credentials),
    });
  if (azure)
    return {
      kind: 'azure',
      container: azure.container,
      account: azure.account,
      key: context.secret(['storage', 'azure', 'key'], azure.key),
    };
  return {
    kind: 'local',
    hostPath: local?.hostPath ?? '/var/pachyderm/',
    requireRoot: local?.requireRoot ?? true,
  };
}

function resolveS3(
  { secret }: ResolveContext,
  s3: NonNullable<NonNullable<ClusterDocument['storage']>['s3']>,
): S3Storage {
  const path = ['storage', 's3', 'credentials'];
  const { credentials } = s3;
  return defined({
    kind: 's3' as const,
    bucket: s3.bucket,
    region: s3.region,
    endpoint: s3.endpoint,
    disableSSL: s3.disableSSL ?? false,
    verifySSL: s3.verifySSL ?? true,
    credentials:
      credentials &&
      defined({
        id: secret([...path, 'id'], credentials.id),
        secret: secret([...path, 'secret'], credentials.secret),
        token: credentials.token === undefined ? undefined : secret([...path, 'token'], credentials.token),
      }),
    cloudFrontDistribution: s3.cloudFrontDistribution,
    uploadACL: s3.uploadACL ?? 'bucket-owner-full-control',
    timeout: s3.timeout ?? '5m',
    retries: s3.retries ?? 10,
    partSizeBytes: s3.partSizeBytes ?? 5_242_880,
    maxUploadParts: s3.maxUploadParts ?? 10_000,
  });
}

function bucketUrl(backend: Exclude<StorageBackend, { kind: 'local' }>): string {
  switch (backend.kind) {
    case 's3':
      return `s3://${backend.bucket}${s3Query(backend)}`;
    case 'gcs':
      return `gs://${backend.bucket}`;
    case 'azure':
      return `azblob://${backend.container}`;
  }
}

/** pachd reads endpoint, TLS and region of other services than Amazon's from the URL alone (2.11.6). */
function s3Query(s3: S3Storage): string {
  if (s3.endpoint === undefined) return '';
  const query = [
    `endpoint=${s3.endpoint}`,
    `disableSSL=${s3.disableSSL}`,
    `region=${s3.region ?? 'us-east-1'}`,
  ];
  return `?${query.join('&')}`;
}

const POSTGRES_RESOURCES = { requests: { cpu: '250m', memory: '256Mi' } };

/** The PostgreSQL server, one of our own unless the document names an external one, and pg-bouncer in front of it. */
export function resolveDatabase(context: ResolveContext): Database {
  const { document, release } = context;
  const given = document.database ?? {};
  const pgBouncer = given.pgBouncer ?? {};
  return defined({
    ...(given.external ? externalServer(context, given.external) : internalServer(context)),
    name: given.name ?? 'pachyderm',
    identityName: given.identityName ?? 'dex',
    authType: given.authType ?? 'md5',
    sslMode: given.sslMode ?? release.defaultSslMode,
    sslCertificateAuthority: given.sslCertificateAuthority,
    sslSecretName: given.sslSecretName,
    pgBouncer: {
      maxConnections: pgBouncer.maxConnections ?? release.pgBouncer.maxConnections,
      poolSize: pgBouncer.poolSize ?? release.pgBouncer.poolSize,
      resources: resolveResources(pgBouncer.resources),
      placement: resolvePlacement(pgBouncer.placement),
    },
  });
}

type Server = Pick<Database, 'internal' | 'host' | 'port' | 'user' | 'password'>;

function externalServer(
  { secret }: ResolveContext,
  external: NonNullable<NonNullable<ClusterDocument['database']>['external']>,
): Server {
  return {
    host: external.host,
    port: external.port ?? 5432,
    user: external.user ?? 'pachyderm',
    password: secret(['database', 'external', 'password'], external.password),
  };
}

function internalServer({ document, secret }: ResolveContext): Server {
  const given = document.database?.internal ?? {};
  const password = secret(['database', 'internal', 'password'], given.password);
  return {
    internal: defined({
      size: String(given.size ?? '10Gi'),
      storageClass: given.storageClass,
      password,
      rootPassword: secret(['database', 'internal', 'rootPassword'], given.rootPassword),
      resources: resolveResources(given.resources ?? POSTGRES_RESOURCES),
      placement: resolvePlacement(given.placement),
    }),
    host: 'postgres',
    port: 5432,
    user: 'pachyderm',
    password,
  };
}
