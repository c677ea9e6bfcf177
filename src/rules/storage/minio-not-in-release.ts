import type { Rule } from '../rule';

export const minioNotInRelease: Rule = {
  code: 'STO025',
  severity: 'error',
  reads: ['cluster'],
  title: 'Backend that pachd no longer has',
  reason:
    'Up to release 2.9 pachd has a backend of its own for MinIO. From 2.10 on it opens buckets by their URL, and exits at startup with `unrecognized storage backend: MINIO`.',
  remedy: 'Write storage.s3 with the endpoint of the server; data that is in the bucket stays where it is.',
  *check({ document, cluster: { release } }) {
    const { minio } = document.storage ?? {};
    if (minio === undefined || release.hasMinioBackend) return;
    yield {
      path: ['storage', 'minio'],
      onKey: true,
      message: `pachd ${release.version.text} has no backend for MinIO and exits at startup: \`unrecognized storage backend: MINIO\``,
      hint: `write storage: { s3: { bucket: ${minio.bucket}, endpoint: "${minio.endpoint}"${minio.secure === true ? '' : ', disableSSL: true'}, region: us-east-1, credentials: … } }, with the credentials as they are`,
    };
  },
};
