import { Construct } from 'constructs';
import type { AzureStorage, Cluster, GcsStorage, S3Storage, StorageBackend } from '../model/cluster';
import type { ReleaseTraits } from '../model/release-traits';
import type { ExistingSecret, SecretReference } from '../model/secret';
import { plainVariable, secretVariable } from './support/environment';
import { k8s } from './support/kubernetes';
import { revealed, type SecretData } from './support/secret-data';

/** What the storage settings are made of. */
export type StorageSecretProps = Pick<Cluster, 'namespace' | 'release' | 'storage'>;

/** Name of the Secret. pachd has it built in: the pods of pipelines read this one and no other. */
export const STORAGE_SECRET = 'pachyderm-storage-secret';

/** Where the Secret is mounted; Google's libraries read their credentials from a file in it. */
export const STORAGE_SECRET_DIRECTORY = '/pachyderm-storage-secret';

/** The key that is also the file with Google's credentials. */
export const GOOGLE_CREDENTIALS_KEY = 'GOOGLE_CRED';

const GOOGLE_CREDENTIALS_VARIABLE = 'GOOGLE_APPLICATION_CREDENTIALS';

/**
 * The Secret `pachyderm-storage-secret`, every key of which is a variable of pachd, of pachw and of the pods of pipelines.
 * Credentials that are in another Secret of the namespace cannot be in it: they are variables of pachd and pachw alone
 * (see {@link storageVariables}). Where the credentials are in a Secret of this very name, nothing is written.
 */
export class StorageSecret extends Construct {
  constructor(scope: Construct, id: string, cluster: StorageSecretProps) {
    super(scope, id);
    if (isStorageSecretSupplied(cluster)) return;
    new k8s.KubeSecret(this, 'secret', {
      metadata: {
        name: STORAGE_SECRET,
        namespace: cluster.namespace,
        labels: { app: STORAGE_SECRET, suite: 'pachyderm' },
      },
      stringData: revealed(storageSecretData(cluster)),
    });
  }
}

/** Data of the Secret; empty for local storage. */
export function storageSecretData(cluster: Pick<Cluster, 'release' | 'storage'>): SecretData {
  if (isStorageSecretSupplied(cluster)) return {};
  return Object.fromEntries(
    storageEntries(cluster).flatMap(([key, value]) =>
      typeof value === 'string' || value.kind === 'literal' ? [[key, value]] : [],
    ),
  );
}

type StorageValue = string | SecretReference;

/** Every setting of the storage backend with the variable that pachd reads it from. */
function storageEntries({
  release,
  storage,
}: Pick<Cluster, 'release' | 'storage'>): [string, StorageValue][] {
  return Object.entries(settingsOf(storage.backend, release.storageSecretKeys));
}

/** The settings that no Secret of pachkit's holds, as variables of pachd and pachw. */
export function storageVariables(cluster: Pick<Cluster, 'release' | 'storage'>): k8s.EnvVar[] {
  const supplied = isStorageSecretSupplied(cluster);
  const variables = storageEntries(cluster).flatMap(([name, value]) => {
    if (typeof value === 'string') return supplied ? [plainVariable(name, value)] : [];
    if (value.kind === 'literal' || (value.name === STORAGE_SECRET && value.key === name)) return [];
    return [secretVariable(name, value.name, value.key)];
  });
  // Not in the Secret, from which the pods of pipelines would take a path that leads nowhere.
  if (googleCredentialsElsewhere(cluster) && cluster.release.storageSecretKeys.googleApplicationCredentials)
    variables.push(plainVariable(GOOGLE_CREDENTIALS_VARIABLE, GOOGLE_CREDENTIALS_PATH));
  return variables;
}

/** Google's credentials where they are in a Secret of the namespace that has to be mounted beside the storage secret. */
export function googleCredentialsElsewhere({
  storage,
}: Pick<Cluster, 'storage'>): ExistingSecret | undefined {
  const { backend } = storage;
  if (backend.kind !== 'gcs' || backend.credentials?.kind !== 'existing') return undefined;
  const { credentials } = backend;
  return credentials.name === STORAGE_SECRET && credentials.key === GOOGLE_CREDENTIALS_KEY
    ? undefined
    : credentials;
}

/** Whether the Secret is in the namespace already, with all credentials in it. */
function isStorageSecretSupplied(cluster: Pick<Cluster, 'release' | 'storage'>): boolean {
  const references = storageEntries(cluster).flatMap(([, value]) =>
    typeof value === 'string' ? [] : [value],
  );
  return (
    references.length > 0 &&
    references.every((reference) => reference.kind === 'existing' && reference.name === STORAGE_SECRET)
  );
}

const GOOGLE_CREDENTIALS_PATH = `${STORAGE_SECRET_DIRECTORY}/${GOOGLE_CREDENTIALS_KEY}`;

type Settings = Readonly<Record<string, StorageValue>>;
type KnownKeys = ReleaseTraits['storageSecretKeys'];

/** Keys by backend, from the charts 2.2.8, 2.11.6 and 2.12.0-rc.3; empty texts included, as pachd expects them. */
const SETTINGS: {
  readonly [Kind in StorageBackend['kind']]: (
    backend: Extract<StorageBackend, { kind: Kind }>,
    known: KnownKeys,
  ) => Settings;
} = {
  local: () => ({}),
  s3: s3Settings,
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
    AMAZON_BUCKET: s3.bucket,
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
    GOOGLE_BUCKET: bucket,
    [GOOGLE_CREDENTIALS_KEY]: credentials ?? '',
    // A path to an empty file would keep Google's libraries from using workload identity.
    ...(isWritten && known.googleApplicationCredentials
      ? { [GOOGLE_CREDENTIALS_VARIABLE]: GOOGLE_CREDENTIALS_PATH }
      : {}),
  };
}

function azureSettings({ account, container, key }: AzureStorage, known: KnownKeys): Settings {
  return {
    ...(known.microsoft
      ? { MICROSOFT_CONTAINER: container, MICROSOFT_ID: account, MICROSOFT_SECRET: key }
      : {}),
    ...(known.azure ? { AZURE_STORAGE_ACCOUNT: account, AZURE_STORAGE_KEY: key } : {}),
  };
}
