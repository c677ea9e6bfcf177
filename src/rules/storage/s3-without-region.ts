import type { Finding, Rule, RuleContext } from '../rule';

/** A zone of Amazon: the region and a letter, or a place and a letter, as in us-west-2-lax-1a. */
const ZONE = /^([a-z]{2}(?:-[a-z]+)+-\d)(?:-[a-z]+-\d)?[a-z]$/;

export const s3WithoutRegion: Rule = {
  code: 'STO003',
  severity: 'error',
  reads: ['cluster'],
  title: 'S3 without a region',
  reason:
    'Up to release 2.8 pachd opens the bucket with the keys of the storage secret, the region among them, for services other than Amazon\'s too. The official chart stops with "AWS region required". A zone, such as us-east-1a, is no region, and there is no host for buckets in it (`no such host`).',
  remedy:
    'Give storage.s3.region; us-east-1 does for services that have no regions. Of a zone leave out the letter at the end.',
  *check(context) {
    const { s3 } = context.document.storage ?? {};
    if (!s3) return;
    yield* zonesIn(context);
    const { release } = context.cluster;
    if (release.usesStorageUrl || s3.region !== undefined) return;
    yield {
      path: ['storage', 's3'],
      onKey: true,
      message: `pachd ${release.version.text} cannot open a bucket without its region: \`AWS region required\``,
      hint: `add region: the bucket's${s3.endpoint === undefined ? '' : ', or us-east-1 where the service has no regions'}`,
    };
  },
};

/** Zones of Amazon in the place of regions; other services may call theirs anything. */
function* zonesIn({ document: { storage }, cluster: { release } }: RuleContext): Iterable<Finding> {
  if (storage?.s3?.endpoint !== undefined) return;
  const url = release.usesStorageUrl ? storage?.url : undefined;
  const [, ofUrl] = /^s3:(?!.*[?&]endpoint=).*[?&]region=([^&#]*)/.exec(url ?? '') ?? [];
  for (const [path, name] of [
    [['storage', 's3', 'region'], storage?.s3?.region],
    [['storage', 'url'], ofUrl],
  ] as const) {
    const [, region] = ZONE.exec(name ?? '') ?? [];
    if (region === undefined) continue;
    yield {
      path,
      severity: 'warning',
      message: `${name} is a zone, and pachd looks for the bucket in a region of that name, which Amazon does not have: \`no such host\``,
      hint: path[1] === 'url' ? `write region=${region}` : `write ${region}`,
    };
  }
}
