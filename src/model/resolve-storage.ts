import type { ClusterDocument } from '../generated/cluster-document';
import type { Database, Image, S3Storage, Storage, StorageBackend } from './cluster';
import { defined } from './defined';
import { registryOf, type ResolveContext } from './resolve-context';
import { imageName, resolveImage, resolvePlacement, resolveResources, resolveService } from './resolve-pod';
import { DEFAULT_HOST_PATH } from './storage-settings';

/** The storage backend, and from it the bucket's URL where the release opens buckets by URL. */
export function resolveStorage(context: ResolveContext): Storage {
  const given = context.document.storage ?? {};
  const backend = resolveBackend(context);
  return defined({
    backend,
    url:
      context.release.usesStorageUrl && backend.kind !== 'local' && backend.kind !== 'minio'
        ? (given.url ?? bucketUrl(backend))
        : undefined,
    uploadConcurrencyLimit: given.uploadConcurrencyLimit ?? 100,
    putFileConcurrencyLimit: given.putFileConcurrencyLimit ?? 100,
  });
}

function resolveBackend(context: ResolveContext): StorageBackend {
  const { s3, minio, gcs, azure, local } = context.document.storage ?? {};
  if (s3) return resolveS3(context, s3);
  if (minio)
    return defined({
      kind: 'minio' as const,
      bucket: minio.bucket,
      endpoint: minio.endpoint,
      secure: minio.secure ?? false,
      signature: minio.signature,
      credentials: {
        id: context.secret(['storage', 'minio', 'credentials', 'id'], minio.credentials.id),
        secret: context.secret(['storage', 'minio', 'credentials', 'secret'], minio.credentials.secret),
      },
    });
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
    return defined({
      kind: 'azure' as const,
      container: azure.container,
      account: azure.account,
      key: azure.key === undefined ? undefined : context.secret(['storage', 'azure', 'key'], azure.key),
    });
  return {
    kind: 'local',
    hostPath: local?.hostPath ?? DEFAULT_HOST_PATH,
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

/** Undefined without the bucket's name, which a rule refuses. */
function bucketUrl(backend: Exclude<StorageBackend, { kind: 'local' | 'minio' }>): string | undefined {
  const name = backend.kind === 'azure' ? backend.container : backend.bucket;
  if (name === undefined) return undefined;
  return `${SCHEMES[backend.kind]}://${name}${backend.kind === 's3' ? s3Query(backend) : ''}`;
}

const SCHEMES = { s3: 's3', gcs: 'gs', azure: 'azblob' } as const;

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

/** Stands for the password that a login with a cloud identity does not look at, as in the official chart. */
export const IAM_LOGIN_PASSWORD = 'Using-iamLogin';

/** Name of the Deployment and the Service of the Cloud SQL Auth Proxy. */
export const CLOUD_SQL_PROXY = 'cloudsql-auth-proxy';

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
    // The proxy speaks TLS to the server itself, and none to pg-bouncer.
    sslMode: given.sslMode ?? (given.external?.cloudSqlProxy ? 'disable' : release.defaultSslMode),
    sslCertificateAuthority: given.sslCertificateAuthority,
    sslSecretName: given.sslSecretName,
    pgBouncer: {
      maxConnections: pgBouncer.maxConnections ?? release.pgBouncer.maxConnections,
      poolSize: pgBouncer.poolSize ?? release.pgBouncer.poolSize,
      image: resolveImage(context, release.images.pgBouncer, pgBouncer.image),
      service: resolveService(pgBouncer.service, 32229),
      resources: resolveResources(pgBouncer.resources),
      placement: resolvePlacement(pgBouncer.placement),
    },
  });
}

type Server = Pick<Database, 'internal' | 'cloudSqlProxy' | 'host' | 'port' | 'user' | 'password'>;

function externalServer(
  { document, release, secret }: ResolveContext,
  external: NonNullable<NonNullable<ClusterDocument['database']>['external']>,
): Server {
  const { cloudSqlProxy, password } = external;
  return defined({
    cloudSqlProxy:
      cloudSqlProxy &&
      defined({
        connectionName: cloudSqlProxy.connectionName,
        serviceAccount: cloudSqlProxy.serviceAccount,
        privateIP: cloudSqlProxy.privateIP ?? release.cloudSqlProxy.usesPrivateAddress,
        port: cloudSqlProxy.port ?? 5432,
        image: imageName(release.images.cloudSqlProxy, cloudSqlProxy.image),
        imagePullPolicy: cloudSqlProxy.image?.pullPolicy,
        // The official chart's port, 35432, is none that nodes open.
        service: resolveService(cloudSqlProxy.service),
        resources: resolveResources(cloudSqlProxy.resources),
        placement: resolvePlacement(cloudSqlProxy.placement),
      }),
    // The dot at the end spares the search domains of the cluster. Without any host a rule refuses the document.
    host:
      external.host ??
      (cloudSqlProxy ? `${CLOUD_SQL_PROXY}.${document.namespace ?? 'pachyderm'}.svc.cluster.local.` : ''),
    port: external.port ?? 5432,
    user: external.user ?? 'pachyderm',
    password:
      password === undefined || external.iamLogin === true
        ? undefined
        : secret(['database', 'external', 'password'], password),
  });
}

function internalServer(context: ResolveContext): Server {
  const { document, secret } = context;
  const given = document.database?.internal ?? {};
  const password = secret(['database', 'internal', 'password'], given.password);
  return {
    internal: defined({
      size: String(given.size ?? '10Gi'),
      storageClass: given.storageClass,
      password,
      rootPassword: secret(['database', 'internal', 'rootPassword'], given.rootPassword),
      image: postgresImage(context, given.image),
      service: resolveService(given.service),
      resources: resolveResources(given.resources ?? POSTGRES_RESOURCES),
      placement: resolvePlacement(given.placement),
    }),
    host: 'postgres',
    port: 5432,
    user: 'pachyderm',
    password,
  };
}

/** Releases without a default registry leave it to the nodes for all images but this one. */
function postgresImage(
  context: ResolveContext,
  given: { repository?: string; tag?: string; pullPolicy?: string } = {},
): Image {
  const image = resolveImage(context, context.release.images.postgres, given);
  const hasRegistry =
    registryOf(context) !== '' || /^([^/.:]*[.:][^/]*|localhost)\//.test(given.repository ?? '');
  return hasRegistry ? image : { ...image, reference: `docker.io/${image.reference}` };
}
