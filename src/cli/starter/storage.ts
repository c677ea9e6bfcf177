import type { StarterRow } from './row';

export type StorageName = 'local' | 's3' | 'gcs' | 'azure' | 'minio';

/** The lines of `storage`. */
export const storageRows: Readonly<Record<StorageName, StarterRow>> = {
  local: {
    summary: 'a directory of the node, for dev clusters',
    lines: () => ['storage:', '  local: { hostPath: /var/pachyderm/ }'],
  },
  s3: {
    summary: 'Amazon S3',
    lines: () => [
      '# Without credentials, the roles of the service accounts open the bucket: pachd.serviceAccount.annotations and',
      '# pachd.worker.serviceAccount.annotations name them, as eks.amazonaws.com/role-arn.',
      'storage:',
      '  s3: { bucket: example-pachyderm, region: eu-central-1 }',
    ],
  },
  gcs: {
    summary: 'Google Cloud Storage',
    lines: () => [
      '# Without credentials, workload identity opens the bucket: pachd.serviceAccount.annotations and',
      '# pachd.worker.serviceAccount.annotations name the account, as iam.gke.io/gcp-service-account.',
      'storage:',
      '  gcs: { bucket: example-pachyderm }',
    ],
  },
  azure: {
    summary: 'Azure Blob Storage',
    lines: () => [
      'storage:',
      '  azure:',
      '    container: pachyderm',
      '    account: examplepachyderm',
      '    key: { env: AZURE_STORAGE_KEY }',
    ],
  },
  minio: {
    summary: 'MinIO, or another server that speaks S3',
    lines: () => [
      'storage:',
      '  s3:',
      '    bucket: pachyderm',
      '    region: us-east-1 # any name that the server takes',
      '    endpoint: minio.minio.svc.cluster.local:9000',
      '    disableSSL: true # inside the cluster',
      '    credentials: { id: { env: MINIO_ACCESS_KEY }, secret: { env: MINIO_SECRET_KEY } }',
    ],
  },
};
