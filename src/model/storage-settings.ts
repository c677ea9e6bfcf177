import { oncePer } from '../forms/once-per';
import type { AzureStorage, Cluster, GcsStorage, S3Storage, StorageBackend } from './cluster';
import type { ReleaseTraits } from '../releases/release-traits';
import type { SecretReference } from './secret';

/** The directory of the node that local storage is in unless a document says otherwise; it ends in a slash. */
export const DEFAULT_HOST_PATH = '/var/pachyderm/';

/** Name of the Secret. pachd has it built in: the pods of pipelines read this one and no other. */
export const STORAGE_SECRET = 'pachyderm-storage-secret';

/** Where the Secret is mounted; Google's libraries read their credentials from a file in it. */
export const STORAGE_SECRET_DIRECTORY = '/pachyderm-storage-secret';

/** The key that is also the file with Google's credentials. */
export const GOOGLE_CREDENTIALS_KEY = 'GOOGLE_CRED';

/** The variable that leads Google's libraries to the file. */
export const GOOGLE_CREDENTIALS_VARIABLE = 'GOOGLE_APPLICATION_CREDENTIALS';

/** The file. */
export const GOOGLE_CREDENTIALS_PATH = `${STORAGE_SECRET_DIRECTORY}/${GOOGLE_CREDENTIALS_KEY}`;

/** A setting of a storage backend: a string, or a secret. */
export type StorageSetting = string | SecretReference;

type StorageProps = Pick<Cluster, 'release' | 'storage'>;

/** Every setting of the storage backend with the variable that pachd reads it from. */
export const storageSettings = oncePer(
  ({ release, storage }: StorageProps): readonly (readonly [string, StorageSetting])[] =>
    Object.entries(settingsOf(storage.backend, release.storageSecretKeys)),
);

/** Whether the Secret is in the namespace already, with all credentials in it. */
export function isStorageSecretSupplied(cluster: StorageProps): boolean {
  const references = storageSettings(cluster).flatMap(([, value]) =>
    typeof value === 'string' ? [] : [value],
  );
  return (
    references.length > 0 &&
    references.every((reference) => reference.kind === 'existing' && reference.name === STORAGE_SECRET)
  );
}

/** What the Secret has to hold when it is in the namespace already: the keys that are not empty. */
export function suppliedStorageKeys(cluster: StorageProps): string[] {
  const keys = storageSettings(cluster).flatMap(([key, value]) => (value === '' ? [] : [key]));
  const isGoogle = keys.includes(GOOGLE_CREDENTIALS_KEY);
  return isGoogle && cluster.release.storageSecretKeys.googleApplicationCredentials
    ? [...keys, GOOGLE_CREDENTIALS_VARIABLE]
    : keys;
}

type Settings = Readonly<Record<string, StorageSetting>>;
type KnownKeys = ReleaseTraits['storageSecretKeys'];

/** Keys by backend, from the charts 2.2.8, 2.11.6 and 2.12.0-rc.3; empty strings included, as pachd expects them. */
const SETTINGS: {
  readonly [Kind in StorageBackend['kind']]: (
    backend: Extract<StorageBackend, { kind: Kind }>,
    known: KnownKeys,
  ) => Settings;
} = {
  local: () => ({}),
  s3: s3Settings,
  minio: ({ bucket, endpoint, secure, signature, credentials }) => ({
    MINIO_BUCKET: bucket,
    MINIO_ENDPOINT: endpoint,
    MINIO_ID: credentials.id,
    MINIO_SECRET: credentials.secret,
    MINIO_SECURE: String(secure),
    MINIO_SIGNATURE: signature ?? '',
  }),
  gcs: gcsSettings,
  azure: azureSettings,
};

function settingsOf<Kind extends StorageBackend['kind']>(
  backend: Extract<StorageBackend, { kind: Kind }>,
  known: KnownKeys,
): Settings {
  const settings = SETTINGS[backend.kind];
  return settings(backend, known);
}

function s3Settings(s3: S3Storage, known: KnownKeys): Settings {
  const id = s3.credentials?.id ?? '';
  const secret = s3.credentials?.secret ?? '';
  const token = s3.credentials?.token ?? '';
  const region = s3.region ?? '';
  return {
    AMAZON_BUCKET: s3.bucket ?? '',
    AMAZON_DISTRIBUTION: s3.cloudFrontDistribution ?? '',
    AMAZON_ID: id,
    AMAZON_REGION: region,
    AMAZON_SECRET: secret,
    AMAZON_TOKEN: token,
    ...(known.awsSdk
      ? {
          AWS_ACCESS_KEY_ID: id,
          AWS_REGION: region,
          AWS_SECRET_ACCESS_KEY: secret,
          AWS_SESSION_TOKEN: token,
        }
      : {}),
    CUSTOM_ENDPOINT: s3.endpoint ?? '',
    DISABLE_SSL: String(s3.disableSSL),
    MAX_UPLOAD_PARTS: String(s3.maxUploadParts),
    NO_VERIFY_SSL: String(!s3.verifySSL),
    OBJ_LOG_OPTS: '',
    PART_SIZE: String(s3.partSizeBytes),
    RETRIES: String(s3.retries),
    REVERSE: 'true',
    TIMEOUT: s3.timeout,
    UPLOAD_ACL: s3.uploadACL,
  };
}

function gcsSettings({ bucket, credentials }: GcsStorage, known: KnownKeys): Settings {
  const isWritten = credentials?.kind === 'literal';
  return {
    GOOGLE_BUCKET: bucket ?? '',
    [GOOGLE_CREDENTIALS_KEY]: credentials ?? '',
    // A path to an empty file would keep Google's libraries from using workload identity.
    ...(isWritten && known.googleApplicationCredentials
      ? { [GOOGLE_CREDENTIALS_VARIABLE]: GOOGLE_CREDENTIALS_PATH }
      : {}),
  };
}

function azureSettings({ account, container = '', key: given }: AzureStorage, known: KnownKeys): Settings {
  const key = given ?? '';
  return {
    ...(known.microsoft
      ? { MICROSOFT_CONTAINER: container, MICROSOFT_ID: account, MICROSOFT_SECRET: key }
      : {}),
    ...(known.azure ? { AZURE_STORAGE_ACCOUNT: account, AZURE_STORAGE_KEY: key } : {}),
  };
}
