import { StorageSecret, storageVariables } from '../../src/constructs/storage-secret';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { objectsOf, type Objects } from '../support/objects-of';

const NAME = 'Secret/pachyderm-storage-secret';
const objects = (document: Partial<ClusterDocument>): Objects =>
  objectsOf((chart) => new StorageSecret(chart, 'storage-secret', clusterOf(document)));
const dataOf = (document: Partial<ClusterDocument>) => objects(document).get(NAME).stringData;

const s3 = {
  bucket: 'acme',
  region: 'eu-central-1',
  credentials: { id: 'ID', secret: 'KEY', token: 'TOKEN' },
};
const existing = (name: string, key: string) => ({ existing: { name, key } });

describe('StorageSecret', () => {
  it('is there for local storage too, since pods refer to it', () => {
    const secret = objects({ namespace: 'data', storage: { local: {} } }).get(NAME);
    expect(secret.metadata).toEqual({
      name: 'pachyderm-storage-secret',
      namespace: 'data',
      labels: { app: 'pachyderm-storage-secret', suite: 'pachyderm' },
    });
    expect(secret.stringData ?? {}).toEqual({});
  });

  it('has the keys of MinIO where pachd has a backend for it, and no URL', () => {
    const credentials = { id: 'ID', secret: 'KEY' };
    const minio = { bucket: 'acme', endpoint: 'minio:9000', credentials };
    expect(dataOf({ release: '2.2.8', storage: { minio } })).toEqual({
      MINIO_BUCKET: 'acme',
      MINIO_ENDPOINT: 'minio:9000',
      MINIO_ID: 'ID',
      MINIO_SECRET: 'KEY',
      MINIO_SECURE: 'false',
      MINIO_SIGNATURE: '',
    });
    expect(
      dataOf({ release: '2.2.8', storage: { minio: { ...minio, secure: true, signature: 'S3v2' } } }),
    ).toMatchObject({ MINIO_SECURE: 'true', MINIO_SIGNATURE: 'S3v2' });
    const { url, backend } = clusterOf({ release: '2.9.0', storage: { minio } }).storage;
    expect([url, backend.kind]).toEqual([undefined, 'minio']);
  });

  it('has the keys of S3 twice from the release on whose client is the SDK', () => {
    const old = dataOf({ release: '2.4.0', storage: { s3 } });
    expect(old).toMatchObject({
      AMAZON_BUCKET: 'acme',
      AMAZON_REGION: 'eu-central-1',
      AMAZON_ID: 'ID',
      AMAZON_SECRET: 'KEY',
      AMAZON_TOKEN: 'TOKEN',
      AMAZON_DISTRIBUTION: '',
      CUSTOM_ENDPOINT: '',
      DISABLE_SSL: 'false',
      NO_VERIFY_SSL: 'false',
      PART_SIZE: '5242880',
      REVERSE: 'true',
    });
    expect(Object.keys(old).filter((key) => key.startsWith('AWS_'))).toEqual([]);
    expect(dataOf({ release: '2.5.0', storage: { s3 } })).toEqual({
      ...old,
      AWS_ACCESS_KEY_ID: 'ID',
      AWS_REGION: 'eu-central-1',
      AWS_SECRET_ACCESS_KEY: 'KEY',
      AWS_SESSION_TOKEN: 'TOKEN',
    });
  });

  it('writes large numbers as they are', () => {
    expect(dataOf({ storage: { s3: { ...s3, partSizeBytes: 1_073_741_824 } } })['PART_SIZE']).toBe(
      '1073741824',
    );
  });

  it('turns the document into what another service needs', () => {
    const service = { ...s3, endpoint: 'minio.minio:9000', disableSSL: true, verifySSL: false };
    expect(dataOf({ release: '2.2.8', storage: { s3: service } })).toMatchObject({
      CUSTOM_ENDPOINT: 'minio.minio:9000',
      DISABLE_SSL: 'true',
      NO_VERIFY_SSL: 'true',
    });
  });

  it('tells Google where its credentials are only if there are any', () => {
    const bucket = 'acme';
    expect(dataOf({ storage: { gcs: { bucket } } })).toEqual({ GOOGLE_BUCKET: bucket, GOOGLE_CRED: '' });
    const gcs = { bucket, credentials: '{"type":"service_account"}' };
    expect(dataOf({ storage: { gcs } })).toEqual({
      GOOGLE_BUCKET: bucket,
      GOOGLE_CRED: gcs.credentials,
      GOOGLE_APPLICATION_CREDENTIALS: '/pachyderm-storage-secret/GOOGLE_CRED',
    });
    expect(Object.keys(dataOf({ release: '2.2.8', storage: { gcs } }))).toEqual([
      'GOOGLE_BUCKET',
      'GOOGLE_CRED',
    ]);
  });

  it.each([
    ['2.2.8', ['MICROSOFT_CONTAINER', 'MICROSOFT_ID', 'MICROSOFT_SECRET']],
    [
      '2.11.6',
      [
        'AZURE_STORAGE_ACCOUNT',
        'AZURE_STORAGE_KEY',
        'MICROSOFT_CONTAINER',
        'MICROSOFT_ID',
        'MICROSOFT_SECRET',
      ],
    ],
    ['2.12.0-rc.3', ['AZURE_STORAGE_ACCOUNT', 'AZURE_STORAGE_KEY']],
  ])('has the keys of Azure that %s reads', (release, keys) => {
    const data = dataOf({ release, storage: { azure: { container: 'data', account: 'acme', key: 'KEY' } } });
    expect(Object.keys(data).sort()).toEqual(keys);
  });
});

describe('credentials in another Secret', () => {
  const credentials = { id: existing('s3', 'id'), secret: existing('s3', 'key') };
  const document = { storage: { s3: { ...s3, credentials } } };

  it('are variables of pachd, and no keys of the storage secret, which would hide them from no one', () => {
    const data = dataOf(document);
    expect(data).not.toHaveProperty('AMAZON_ID');
    expect(data).toMatchObject({ AMAZON_BUCKET: 'acme', AMAZON_TOKEN: '', AWS_SESSION_TOKEN: '' });
    expect(storageVariables(clusterOf(document))).toEqual(
      [
        ['AMAZON_ID', 'id'],
        ['AMAZON_SECRET', 'key'],
        ['AWS_ACCESS_KEY_ID', 'id'],
        ['AWS_SECRET_ACCESS_KEY', 'key'],
      ].map(([name, key]) => ({ name, valueFrom: { secretKeyRef: { name: 's3', key } } })),
    );
  });

  it('lead Google to a file of pachd alone', () => {
    const gcs = { bucket: 'acme', credentials: existing('google', 'key.json') };
    expect(dataOf({ storage: { gcs } })).toEqual({ GOOGLE_BUCKET: 'acme' });
    expect(storageVariables(clusterOf({ storage: { gcs } }))).toEqual([
      { name: 'GOOGLE_CRED', valueFrom: { secretKeyRef: { name: 'google', key: 'key.json' } } },
      { name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/pachyderm-storage-secret/GOOGLE_CRED' },
    ]);
  });

  it('may be in a storage secret that someone else writes, which pods of pipelines read too', () => {
    const supplied = {
      id: existing('pachyderm-storage-secret', 'AMAZON_ID'),
      secret: existing('pachyderm-storage-secret', 'AMAZON_SECRET'),
    };
    const cluster = { release: '2.2.8', storage: { s3: { ...s3, credentials: supplied } } };
    expect(objects(cluster).names).toEqual([]);
    const variables = storageVariables(clusterOf(cluster));
    expect(variables).toContainEqual({ name: 'AMAZON_BUCKET', value: 'acme' });
    expect(variables.map(({ name }) => name)).not.toContain('AMAZON_ID');
  });
});

it('has no variables where the Secret has all', () => {
  expect(storageVariables(clusterOf({ storage: { s3 } }))).toEqual([]);
});
