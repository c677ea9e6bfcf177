import type { StorageBackend } from '../../../model/cluster';
import type { SecretReference } from '../../../model/secret';
import { BACKENDS } from '../../rows/storage';
import type { ExportContext } from '../export-context';
import type { ExportSection } from '../section';

type Backend<Kind extends StorageBackend['kind']> = Extract<StorageBackend, { kind: Kind }>;

const PATH = 'pachd.storage';

/** The backend, its credentials and the URL of the bucket. */
export const storage: ExportSection = {
  restore(context) {
    const { cluster } = context;
    if (cluster.enterpriseServer) return;
    const { backend, url } = cluster.storage;
    const name = Object.entries(BACKENDS).find(([, kind]) => kind === backend.kind)?.[0] ?? '';
    // The chart takes no target for MinIO, and then wants the backend itself.
    if (backend.kind === 'minio') {
      context.set('deployTarget', 'CUSTOM');
      context.set(`${PATH}.backend`, name);
    } else context.set('deployTarget', name);
    context.say(`storage.${backend.kind}`, 'carried', { field: 'deployTarget' });
    restoreBackend(context, backend);
    if (url !== undefined) context.set(`${PATH}.storageURL`, url);
    context.say('storage.url', url === undefined ? 'idle' : 'carried', { field: `${PATH}.storageURL` });
  },
};

function restoreBackend(context: ExportContext, backend: StorageBackend): void {
  const restore = RESTORE[backend.kind] as (context: ExportContext, backend: StorageBackend) => void;
  restore(context, backend);
}

const RESTORE: {
  readonly [Kind in StorageBackend['kind']]: (context: ExportContext, backend: Backend<Kind>) => void;
} = {
  local(context, { hostPath, requireRoot }) {
    // The chart would make up a directory, another one at every upgrade.
    context.set(`${PATH}.local.hostPath`, hostPath);
    context.set(`${PATH}.local.requireRoot`, requireRoot);
  },
  s3(context, backend) {
    const path = `${PATH}.amazon`;
    const { credentials } = backend;
    setAll(context, path, {
      bucket: backend.bucket,
      region: backend.region,
      customEndpoint: backend.endpoint,
      disableSSL: backend.disableSSL,
      verifySSL: backend.verifySSL,
      cloudFrontDistribution: backend.cloudFrontDistribution,
      uploadACL: backend.uploadACL,
      timeout: backend.timeout,
      retries: backend.retries,
      partSize: String(backend.partSizeBytes),
      maxUploadParts: backend.maxUploadParts,
    });
    if (!credentials) return;
    setCredential(context, `${path}.id`, credentials.id, 'AMAZON_ID');
    setCredential(context, `${path}.secret`, credentials.secret, 'AMAZON_SECRET');
    if (credentials.token) setCredential(context, `${path}.token`, credentials.token, 'AMAZON_TOKEN');
  },
  minio(context, { bucket, endpoint, secure, signature, credentials }) {
    const path = `${PATH}.minio`;
    setAll(context, path, { bucket, endpoint, secure: String(secure), signature });
    setCredential(context, `${path}.id`, credentials.id, 'MINIO_ID');
    setCredential(context, `${path}.secret`, credentials.secret, 'MINIO_SECRET');
  },
  gcs(context, { bucket, credentials }) {
    setAll(context, `${PATH}.google`, { bucket });
    if (credentials) setCredential(context, `${PATH}.google.cred`, credentials, 'GOOGLE_CRED');
  },
  azure(context, { container, account, key }) {
    setAll(context, `${PATH}.microsoft`, { container, id: account });
    const variable = context.release.storageSecretKeys.azure ? 'AZURE_STORAGE_KEY' : 'MICROSOFT_SECRET';
    if (key) setCredential(context, `${PATH}.microsoft.secret`, key, variable);
  },
};

function setAll(
  context: ExportContext,
  path: string,
  values: Readonly<Record<string, string | number | boolean | undefined>>,
): void {
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) context.set(`${path}.${name}`, value);
}

/** The chart takes no Secret for credentials, and the one that there is, is its own. */
function setCredential(
  context: ExportContext,
  path: string,
  secret: SecretReference,
  variable: string,
): void {
  const field = path.replace(/^pachd\./, '');
  if (secret.kind === 'existing') {
    context.need({ name: variable, field, from: { name: secret.name, key: secret.key } });
    return context.force(path, `\${${variable}}`);
  }
  const { text } = context.secretText(path, secret, field);
  context.force(path, text);
}
