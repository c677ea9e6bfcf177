import type { StorageBackend } from '../../model/cluster';
import type { Finding, Rule } from '../rule';

type BucketBackend = Exclude<StorageBackend, { kind: 'local' | 'minio' }>;

/** Schemes with which pachd opens a bucket of each backend, the usual one first. */
const SCHEMES: Readonly<Record<BucketBackend['kind'], readonly string[]>> = {
  s3: ['s3', 'minio', 'test-minio'],
  gcs: ['gs', 'gcs'],
  azure: ['azblob', 'wasb'],
};

export const storageUrl: Rule = {
  code: 'STO004',
  severity: 'error',
  reads: ['cluster'],
  title: 'URL of a bucket that does not fit the backend',
  reason:
    'From release 2.9 on pachd opens the bucket by its URL alone and takes the credentials from the settings of the backend. A URL of another kind, or of another bucket, is opened without a question, and with credentials that do not fit. Older releases do not read the URL.',
  remedy: 'Remove storage.url, so that it is derived from the backend; or make the two agree.',
  *check({ document, cluster: { storage, release } }) {
    const url = document.storage?.url;
    if (url === undefined) return;
    const finding = judge(url, storage.backend, release.usesStorageUrl, release.version.text);
    if (finding) yield { path: ['storage', 'url'], ...finding };
  },
};

function judge(
  url: string,
  backend: StorageBackend,
  isRead: boolean,
  release: string,
): Omit<Finding, 'path'> | undefined {
  if (!isRead || backend.kind === 'minio')
    return {
      severity: 'warning',
      message: `pachd ${release} does not read storage.url, it opens the bucket that storage.${backend.kind} names`,
      hint: 'remove the line',
    };
  if (backend.kind === 'local')
    return {
      severity: 'warning',
      message: 'storage.url has no effect with storage.local, which is a directory and no bucket',
      hint: 'remove the line, or name the backend that the bucket is in',
    };
  const schemes = SCHEMES[backend.kind];
  const [, scheme = '', bucket = ''] = /^([^:]*):\/\/([^/?#]*)/.exec(url) ?? [];
  if (!schemes.includes(scheme))
    return {
      message: `A URL with ${scheme}:// is no bucket of storage.${backend.kind}, whose credentials pachd would open it with`,
      hint: `remove the line, or begin it with ${schemes[0]}://`,
      hintInValues: `begin it with ${schemes[0]}://`,
    };
  if (
    backend.kind === 's3' &&
    scheme === 's3' &&
    backend.endpoint !== undefined &&
    !/[?&]endpoint=/.test(url)
  )
    return {
      severity: 'warning',
      message: `pachd ${release} takes the endpoint from the URL alone, and looks for the bucket at Amazon: the URL names none, and storage.s3.endpoint is not read`,
      hint: `add endpoint=${backend.endpoint} to the URL, with disableSSL=true where it serves no TLS`,
    };
  const name = backend.kind === 'azure' ? backend.container : backend.bucket;
  // With minio:// the host comes first and the bucket is in the path.
  if (scheme === schemes[0] && name !== undefined && bucket !== name)
    return {
      severity: 'warning',
      message: `The URL names the bucket ${bucket}, storage.${backend.kind} names ${name}; pachd ${release} opens that of the URL`,
      hint: 'remove the line, or name the same bucket in both',
      hintInValues: 'name the same bucket in both',
    };
  return undefined;
}
