import type { ImportContext } from '../context';
import type { Section } from '../row';
import { BACKENDS, backendOf } from '../rows/storage';
import type { ClusterDocument } from '../../generated/cluster-document';
import { resolveStorage } from '../../model/resolve-storage';
import { literalSecret } from '../../model/secret';
import { isEmpty, isMapping } from '../json';
import { STORAGE_SECRET } from '../../model/storage-settings';

/** The backend, its credentials and the URL of the bucket. */
export const storage: Section = {
  carry(context) {
    const { values } = context;
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
      for (const path of ['pachd.storage.storageURL', ...(name === 'MINIO' ? ['pachd.storage.minio'] : [])])
        context.say(path, 'not-carried', { message: 'it belongs to a backend that no document has' });
      return carryOthers(context, name.toLowerCase());
    }
    const field = `storage.${kind}`;
    if (!isMapping(context.get(field))) context.set(field, {});
    context.say('pachd.storage.backend', 'carried', { field });
    if (named) context.say('deployTarget', 'idle', { message: 'pachd.storage.backend is set' });
    else context.say('deployTarget', 'carried', { field });
    CARRY[kind](context);
    carryUrl(context, kind);
    carryOthers(context, kind);
  },
};

/** Credentials of the backends that are not used. */
const CREDENTIALS: Readonly<Record<string, readonly string[]>> = {
  local: ['local.hostPath'],
  s3: ['amazon.id', 'amazon.secret', 'amazon.token'],
  gcs: ['google.cred'],
  azure: ['microsoft.secret'],
  minio: ['minio'],
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

const CARRY: Readonly<Record<'local' | 's3' | 'gcs' | 'azure', (context: ImportContext) => void>> = {
  local: carryLocal,
  s3: carryS3,
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

function carryCredential(context: ImportContext, path: string, field: string, key: string): void {
  const given = context.values.text(path);
  if (given === '') return context.say(path, 'default');
  const { value, words } = context.secrets.write({
    field,
    given,
    kept: { name: STORAGE_SECRET, key },
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
