import { isMapping } from '../../document/is-mapping';
import type { ImportContext } from '../context';
import { NO_PACHD, type Section } from '../row';
import { BACKENDS, backendOf } from '../rows/storage';
import type { ClusterDocument } from '../../generated/cluster-document';
import { resolveStorage } from '../../model/resolve-storage';
import { literalSecret } from '../../model/secret';
import { isEmpty } from '../json';
import { DEFAULT_HOST_PATH, STORAGE_SECRET } from '../../model/storage-settings';

/** The backend, its credentials and the URL of the bucket. */
export const storage: Section = {
  carry(context) {
    const { values } = context;
    if (context.isEnterpriseServer) return sayNoPachd(context);
    const name = backendOf(values);
    const kind = Object.hasOwn(BACKENDS, name) ? BACKENDS[name] : undefined;
    const named = values.text('pachd.storage.backend') !== '';
    if (kind === undefined) {
      const message =
        name === ''
          ? 'the chart renders nothing with it: "pachd.storage.backend required when no matching deploy target found"'
          : `there is no such backend in a document; name another in storage, or pachd has no place for its data`;
      context.say(named ? 'pachd.storage.backend' : 'deployTarget', 'not-carried', { message });
      if (named) context.say('deployTarget', 'idle', { message: 'pachd.storage.backend is set' });
      context.say('pachd.storage.storageURL', 'not-carried', {
        message: 'it belongs to a backend that no document has',
      });
      return carryOthers(context, name.toLowerCase());
    }
    const isMinioOverS3 = kind === 'minio' && !context.release.hasMinioBackend;
    const field = `storage.${isMinioOverS3 ? 's3' : kind}`;
    if (!isMapping(context.get(field))) context.set(field, {});
    context.say('pachd.storage.backend', 'carried', {
      field,
      ...(isMinioOverS3
        ? {
            message: `pachd ${context.release.version.text} exits at startup with it: "unrecognized storage backend: MINIO"; the same server is reached as s3`,
          }
        : {}),
    });
    if (named) context.say('deployTarget', 'idle', { message: 'pachd.storage.backend is set' });
    else context.say('deployTarget', 'carried', { field });
    if (isMinioOverS3) carryMinioOverS3(context);
    else CARRY[kind](context);
    carryUrl(context, isMinioOverS3 ? 's3' : kind);
    carryOthers(context, kind);
  },
};

/** What pachd alone reads has no effect without it. */
function sayNoPachd(context: ImportContext): void {
  for (const path of ['deployTarget', 'pachd.storage.backend', 'pachd.storage.storageURL'])
    context.say(path, isEmpty(context.values.get(path)) ? 'default' : 'idle', { message: NO_PACHD });
  for (const path of Object.values(CREDENTIALS)
    .flat()
    .map((name) => `pachd.storage.${name}`))
    context.say(path, isEmpty(context.values.get(path)) ? 'default' : 'idle', { message: NO_PACHD });
}

/** Credentials of the backends that are not used. */
const CREDENTIALS: Readonly<Record<string, readonly string[]>> = {
  local: ['local.hostPath'],
  s3: ['amazon.id', 'amazon.secret', 'amazon.token'],
  gcs: ['google.cred'],
  azure: ['microsoft.secret'],
  minio: ['minio.bucket', 'minio.endpoint', 'minio.id', 'minio.secret', 'minio.secure', 'minio.signature'],
};

function carryOthers(context: ImportContext, kind: string): void {
  for (const [other, names] of Object.entries(CREDENTIALS))
    for (const name of other === kind ? [] : names) {
      const path = `pachd.storage.${name}`;
      context.say(path, isEmpty(context.values.get(path)) ? 'default' : 'idle', {
        message: `the storage backend is ${backendOf(context.values) || 'not set'}`,
      });
    }
}

const CARRY: Readonly<Record<'local' | 's3' | 'minio' | 'gcs' | 'azure', (context: ImportContext) => void>> =
  {
    local: carryLocal,
    s3: carryS3,
    minio: carryMinio,
    gcs(context) {
      carryCredential(context, 'pachd.storage.google.cred', 'storage.gcs.credentials', 'GOOGLE_CRED');
    },
    azure(context) {
      const key = context.release.storageSecretKeys.azure ? 'AZURE_STORAGE_KEY' : 'MICROSOFT_SECRET';
      carryCredential(context, 'pachd.storage.microsoft.secret', 'storage.azure.key', key);
    },
  };

function carryLocal(context: ImportContext): void {
  const path = 'pachd.storage.local.hostPath';
  const field = 'storage.local.hostPath';
  const hostPath = context.values.text(path);
  if (hostPath === '') {
    context.say(path, 'default');
    context.set(field, DEFAULT_HOST_PATH);
    context.comment(
      'storage.local',
      'Helm made up a directory such as /var/pachyderm-x7Kq2/, and another one at every upgrade. The data is in the one that\nkubectl get deployment pachd -o yaml shows as STORAGE_HOST_PATH, without pachd at its end: write that as hostPath.',
    );
    context.note(
      path,
      'not-carried',
      field,
      'the chart makes up a directory at every upgrade; write the one that STORAGE_HOST_PATH of the Deployment pachd has, without pachd at its end, or pachd starts with no data',
    );
    return;
  }
  context.set(field, hostPath);
  context.say(path, 'carried', { field });
}

function carryS3(context: ImportContext): void {
  const { values } = context;
  const path = 'pachd.storage.amazon';
  // A scheme decides about TLS before disableSSL does.
  const [, scheme] = /^(https?):\/\//i.exec(values.text(`${path}.customEndpoint`)) ?? [];
  if (scheme?.toLowerCase() === 'http') context.set('storage.s3.disableSSL', true);
  else if (scheme !== undefined) context.remove('storage.s3.disableSSL');
  const [id, secret] = [values.text(`${path}.id`), values.text(`${path}.secret`)];
  if (id === '' || secret === '') {
    for (const name of ['id', 'secret', 'token'])
      context.say(`${path}.${name}`, values.text(`${path}.${name}`) === '' ? 'default' : 'not-carried', {
        ...(values.text(`${path}.${name}`) === ''
          ? {}
          : {
              message:
                'id and secret belong together; without both, the bucket is opened with the role of the service account',
            }),
      });
    return;
  }
  const credentials = 'storage.s3.credentials';
  carryCredential(context, `${path}.id`, `${credentials}.id`, 'AMAZON_ID');
  carryCredential(context, `${path}.secret`, `${credentials}.secret`, 'AMAZON_SECRET');
  carryCredential(context, `${path}.token`, `${credentials}.token`, 'AMAZON_TOKEN');
}

const MINIO = 'pachd.storage.minio';

function carryMinio(context: ImportContext): void {
  const to = 'storage.minio';
  carryMinioServer(context, to, { secure: 'secure', isInverted: false });
  carryText(context, `${MINIO}.signature`, `${to}.signature`);
  carryMinioCredentials(context, to, true);
}

/** Releases that open buckets by URL reach a MinIO server as S3 with an endpoint. */
function carryMinioOverS3(context: ImportContext): void {
  const to = 'storage.s3';
  carryMinioServer(context, to, { secure: 'disableSSL', isInverted: true });
  context.set(`${to}.region`, MINIO_REGION);
  context.say(`${MINIO}.signature`, context.values.text(`${MINIO}.signature`) === '' ? 'default' : 'idle', {
    message: 's3 signs with version 4',
  });
  carryMinioCredentials(context, to, false);
}

/** MinIO takes any region, and this one unless it is told another. */
const MINIO_REGION = 'us-east-1';

function carryMinioServer(
  context: ImportContext,
  to: string,
  { secure, isInverted }: { readonly secure: string; readonly isInverted: boolean },
): void {
  const { values } = context;
  carryText(context, `${MINIO}.bucket`, `${to}.bucket`);
  const [, scheme, endpoint = ''] =
    /^(?:(https?):\/\/)?([^/]*)\/?$/.exec(values.text(`${MINIO}.endpoint`)) ?? [];
  if (endpoint === '') carryText(context, `${MINIO}.endpoint`, `${to}.endpoint`);
  else {
    context.set(`${to}.endpoint`, endpoint);
    context.say(`${MINIO}.endpoint`, 'carried', {
      field: `${to}.endpoint`,
      ...(scheme === undefined
        ? {}
        : {
            message: 'without the scheme, with which pachd finds no server; minio.secure decides about TLS',
          }),
    });
  }
  const isSecure = values.isTrue(`${MINIO}.secure`);
  const isSaid = isSecure !== isInverted;
  if (isSaid) context.set(`${to}.${secure}`, true);
  context.say(`${MINIO}.secure`, 'carried', { field: `${to}.${secure}` });
}

function carryText(context: ImportContext, path: string, field: string): void {
  const value = context.values.text(path);
  if (value === '') return context.say(path, 'default');
  context.set(field, value);
  context.say(path, 'carried', { field });
}

/** The Secret of the release has them under names of its own, which a document with another backend does not write. */
function carryMinioCredentials(context: ImportContext, to: string, isKept: boolean): void {
  for (const [name, key] of [
    ['id', 'MINIO_ID'],
    ['secret', 'MINIO_SECRET'],
  ] as const)
    carryCredential(context, `${MINIO}.${name}`, `${to}.credentials.${name}`, key, isKept);
}

function carryCredential(
  context: ImportContext,
  path: string,
  field: string,
  key: string,
  isKept = true,
): void {
  const given = context.values.text(path);
  if (given === '') return context.say(path, 'default');
  const { value, words } = context.secrets.write({
    field,
    given,
    ...(isKept ? { kept: { name: STORAGE_SECRET, key } } : { readFrom: { name: STORAGE_SECRET, key } }),
    variable: key,
  });
  context.set(field, value);
  context.say(path, 'carried', { field, message: words });
}

function carryUrl(context: ImportContext, kind: string): void {
  const path = 'pachd.storage.storageURL';
  const { values, release } = context;
  const url = values.text(path);
  if (url === '') return context.say(path, 'default');
  if (!release.usesStorageUrl) return;
  if (kind === 'minio') return context.say(path, 'idle', { message: 'MinIO has a backend of its own' });
  if (kind === 'local') return context.say(path, 'idle', { message: 'local storage has no URL' });
  const derived = resolveStorage({
    document: context.document as unknown as ClusterDocument,
    release,
    secret: () => literalSecret(''),
  }).url;
  if (url === derived) return context.say(path, 'derived', { field: 'storage.url' });
  context.set('storage.url', url);
  context.say(path, 'carried', { field: 'storage.url' });
}
