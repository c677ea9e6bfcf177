import type { Rule } from '../rule';

export const s3WithoutRegion: Rule = {
  code: 'STO003',
  severity: 'error',
  reads: ['cluster'],
  title: 'S3 without a region',
  reason:
    'Up to release 2.8 pachd opens the bucket with the keys of the storage secret, the region among them, for services other than Amazon\'s too. The official chart stops with "AWS region required".',
  remedy: 'Give storage.s3.region; us-east-1 does for services that have no regions.',
  *check({ document, cluster: { release } }) {
    const s3 = document.storage?.s3;
    if (release.usesStorageUrl || !s3 || s3.region !== undefined) return;
    yield {
      path: ['storage', 's3'],
      onKey: true,
      message: `pachd ${release.version.text} cannot open a bucket without its region: \`AWS region required\``,
      hint: `add region: the bucket's${s3.endpoint === undefined ? '' : ', or us-east-1 where the service has no regions'}`,
    };
  },
};
