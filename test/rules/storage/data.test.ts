import { findingsOf } from '../../support/check-document';
import { describeRule } from '../../support/rule-cases';

describeRule('STO001', [
  {
    shows: 'three backends',
    document: `
storage:
  s3: { bucket: data, region: eu-central-1 }
  ▸local: {}
  ▸gcs: { bucket: data }
`,
    says: ['storage.s3 is one already'],
    severity: 'error',
  },
  { shows: 'one', document: 'storage: { gcs: { bucket: data }, uploadConcurrencyLimit: 5 }' },
  { shows: 'none', document: 'storage: { uploadConcurrencyLimit: 5 }' },
]);

describeRule('STO002', [
  {
    shows: 'limits alone',
    document: '▸storage: { uploadConcurrencyLimit: 5 }',
    says: ['Nothing says where data is kept'],
    severity: 'error',
  },
  {
    shows: 'a directory of a node',
    document: 'storage: { ▸local: { hostPath: /data/ } }',
    says: ['All data is in a directory of one node'],
    severity: 'warning',
  },
  { shows: 'a bucket', document: 'storage: { s3: { bucket: data, region: eu-central-1 } }' },
  { shows: 'profile dev without any', document: 'profile: dev' },
  { shows: 'profile dev with a directory', document: 'profile: dev\nstorage: { local: {} }' },
]);

test('STO002 stands at the beginning of a document without the section', () => {
  expect(
    findingsOf('apiVersion: pachkit/v1\nrelease: 2.12.0\n').map((found) => found.slice(0, 3)),
  ).toContainEqual(['STO002', 1, 1]);
});

describeRule('STO003', [
  {
    shows: 'a release that needs the region',
    document: 'release: 2.8.10\nstorage: { ▸s3: { bucket: data } }',
    says: ['AWS region required'],
    severity: 'error',
  },
  { shows: 'the region', document: 'release: 2.8.10\nstorage: { s3: { bucket: data, region: us-east-1 } }' },
  {
    shows: 'a release that takes it from elsewhere',
    document: 'release: 2.9.0\nstorage: { s3: { bucket: data } }',
  },
  {
    shows: 'a zone',
    document: 'storage: { s3: { bucket: data, region: ▸us-east-1a } }',
    says: ['us-east-1a is a zone, and pachd looks for the bucket in a region of that name'],
    severity: 'warning',
  },
  {
    shows: 'a local zone in the URL',
    document: 'storage: { s3: { bucket: data }, url: ▸"s3://data?region=us-west-2-lax-1a" }',
    says: ['us-west-2-lax-1a is a zone'],
  },
  {
    shows: 'regions, of the government too',
    document:
      'storage: { s3: { bucket: data, region: us-gov-west-1 }, url: "s3://data?region=us-gov-west-1" }',
  },
  {
    shows: 'a name that another service may have',
    document: 'storage: { s3: { bucket: data, region: eu-west-1a, endpoint: "minio:9000" } }',
  },
]);

describeRule('STO004', [
  {
    shows: 'a URL of another backend',
    document: 'storage: { s3: { bucket: data }, url: ▸gs://data }',
    says: ['A URL with gs:// is no bucket of storage.s3'],
    severity: 'error',
  },
  {
    shows: 'a URL of another bucket',
    document: 'storage: { gcs: { bucket: data }, url: ▸gs://other }',
    says: ['The URL names the bucket other, storage.gcs names data'],
    severity: 'warning',
  },
  {
    shows: 'a URL without the endpoint',
    document:
      'storage: { s3: { bucket: data, region: a, endpoint: "minio:9000" }, url: ▸"s3://data?region=a" }',
    says: ['looks for the bucket at Amazon: the URL names none, and storage.s3.endpoint is not read'],
    severity: 'warning',
  },
  {
    shows: 'a URL with the endpoint',
    document:
      'storage: { s3: { bucket: data, region: a, endpoint: "minio:9000" }, url: "s3://data?region=a&endpoint=minio:9000" }',
  },
  {
    shows: 'a URL that the release does not read',
    document: 'release: 2.8.0\nstorage: { s3: { bucket: data, region: a }, url: ▸s3://data }',
    says: ['pachd 2.8.0 does not read storage.url'],
    severity: 'warning',
  },
  {
    shows: 'a URL beside a directory',
    document: 'profile: dev\nstorage: { local: {}, url: ▸s3://data }',
    says: ['no effect with storage.local'],
    severity: 'warning',
  },
  {
    shows: 'the bucket of the backend',
    document:
      'storage: { azure: { container: data, account: acme, key: { env: KEY } }, url: azblob://data?x=1 }',
  },
  {
    shows: 'the other scheme of a backend',
    document: 'storage: { s3: { bucket: data }, url: minio://host/data }',
  },
]);

describeRule('STO018', [
  { shows: 'no bucket of S3', document: 'storage: { ▸s3: {} }', says: ['which bucket'], severity: 'error' },
  { shows: 'no bucket of GCS', document: 'storage: { ▸gcs: {} }', says: ['which bucket'] },
  { shows: 'no container', document: 'storage: { ▸azure: { account: data } }', says: ['which container'] },
  {
    shows: 'a URL that the release does not read',
    document: 'release: 2.8.10\nstorage: { ▸s3: { region: eu-central-1 }, url: s3://data }',
    says: ['Nothing says which bucket pachd 2.8.10 opens'],
  },
  { shows: 'a URL', document: 'storage: { s3: {}, url: s3://data }' },
  { shows: 'a URL of a container', document: 'storage: { azure: { account: data }, url: azblob://data }' },
  { shows: 'a bucket', document: 'storage: { gcs: { bucket: data } }' },
]);

const MINIO =
  'minio: { bucket: data, endpoint: "minio:9000", credentials: { id: { env: ID }, secret: { env: SECRET } } }';

describeRule('STO025', [
  {
    shows: 'a release that opens buckets by URL',
    document: `release: 2.11.6\nstorage: { ▸${MINIO} }`,
    says: ['unrecognized storage backend: MINIO'],
    severity: 'error',
  },
  { shows: 'the first of them', document: `release: 2.10.0\nstorage: { ▸${MINIO} }`, says: ['pachd 2.10.0'] },
  { shows: 'the last with the backend', document: `release: 2.9.0\nstorage: { ${MINIO} }` },
  { shows: 'an old one', document: `release: 2.2.8\nstorage: { ${MINIO} }` },
  {
    shows: 'the server as one that speaks S3',
    document: 'release: 2.11.6\nstorage: { s3: { bucket: data, endpoint: "minio:9000", disableSSL: true } }',
  },
]);

test('MinIO as the one backend is no disk of one node, and a URL beside it is not read', () => {
  const found = findingsOf(
    `apiVersion: pachkit/v1\nrelease: 2.9.0\nstorage: { url: "s3://data", ${MINIO} }\n`,
  ).map(([code]) => code);
  expect(found).toContain('STO004');
  expect(found).not.toContain('STO002');
});

describeRule('STO030', [
  {
    shows: 'a directory without the slash',
    document: 'profile: dev\nstorage: { local: { hostPath: ▸/data/pach } }',
    says: ['The data is in /data/pachpachd'],
    severity: 'warning',
  },
  { shows: 'a directory with it', document: 'profile: dev\nstorage: { local: { hostPath: /data/pach/ } }' },
  { shows: 'the default', document: 'profile: dev\nstorage: { local: {} }' },
]);

describeRule('STO028', [
  {
    shows: 'a release without snapshots',
    document: 'release: 2.11.6\nstorage: { s3: { bucket: data } }\n▸restoreSnapshot: { snapshotID: 1 }',
    says: ['pachd 2.11.6 has no snapshots'],
    severity: 'error',
  },
  {
    shows: 'the directory of a node',
    document: 'profile: dev\n▸restoreSnapshot: { snapshotID: 1 }',
    says: ['storage URL required'],
  },
  {
    shows: 'an enterprise server',
    document: 'enterpriseServer: {}\n▸restoreSnapshot: { snapshotID: 1 }',
    says: ['An enterprise server has no snapshots'],
  },
  {
    shows: 'a bucket',
    document: 'storage: { s3: { bucket: data } }\nrestoreSnapshot: { snapshotID: 1 }',
  },
]);
