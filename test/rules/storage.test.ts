import { findingsOf } from '../support/check-document';
import { describeRule } from '../support/rule-cases';

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

describeRule('STO005', [
  {
    shows: 'two servers',
    document: 'database: { ▸internal: { size: 5Gi }, external: { host: db.acme.com, password: { env: P } } }',
    says: ['There is database.external too'],
    severity: 'error',
  },
  { shows: 'one', document: 'database: { external: { host: db.acme.com, password: { env: P } } }' },
]);

describeRule('STO006', [
  {
    shows: 'four members',
    document: 'etcd: { replicas: ▸4 }',
    says: ['etcd with 4 members survives the loss of 1, no more than with 3'],
    severity: 'warning',
  },
  { shows: 'three', document: 'etcd: { replicas: 3 }' },
]);

describeRule('STO007', [
  {
    shows: 'a lower limit above the upper one',
    document: 'pachw: { minReplicas: ▸3, maxReplicas: 2 }',
    says: ['at least 3 pods of pachw and at most 2'],
    severity: 'error',
  },
  { shows: 'a lower limit above the default', document: 'pachw: { minReplicas: ▸2 }', says: ['at most 1'] },
  {
    shows: 'a release without pachw',
    document: 'release: 2.4.6\n▸pachw: { minReplicas: 3, maxReplicas: 2 }',
    says: ['Release 2.4.6 has no pachw'],
    severity: 'warning',
  },
  { shows: 'limits in order', document: 'pachw: { minReplicas: 2, maxReplicas: 2 }' },
]);

describeRule('STO008', [
  {
    shows: 'a certificate that nothing can be compared with',
    document: 'database: { external: { host: db.acme.com, password: { env: P } }, sslMode: ▸verify-full }',
    says: ['pg-bouncer knows no certificate authority'],
    severity: 'error',
  },
  {
    shows: 'TLS with a server that serves none',
    document: 'database: { sslMode: ▸require }',
    says: ['The internal server serves no TLS'],
  },
  {
    shows: 'a certificate that can be compared',
    document: `
database:
  external: { host: db.acme.com, password: { env: P } }
  sslMode: verify-ca
  sslCertificateAuthority: |
    -----BEGIN CERTIFICATE-----
    MIIB
    -----END CERTIFICATE-----
`,
  },
  { shows: 'TLS if there is any', document: 'database: { sslMode: prefer }' },
]);
