import type { Rule } from '../rule';

export const unusableRestore: Rule = {
  code: 'STO028',
  severity: 'error',
  reads: ['cluster'],
  title: 'Snapshot that cannot be restored',
  reason:
    'The Job that restores a snapshot comes with release 2.12, and opens the bucket by its URL. The directory of a node has none, and an enterprise server has no snapshots.',
  remedy: 'Remove restoreSnapshot, or restore on a cluster of release 2.12 whose data is in a bucket.',
  *check({ cluster: { enterpriseServer, release, storage }, document }) {
    if (document.restoreSnapshot === undefined) return;
    const at = { path: ['restoreSnapshot'], onKey: true, hint: 'remove the section' };
    if (!release.hasSnapshots)
      yield {
        ...at,
        message: `pachd ${release.version.text} has no snapshots, and the Job is not written: nothing is restored`,
      };
    else if (enterpriseServer)
      yield { ...at, message: 'An enterprise server has no snapshots, and the Job is not written' };
    else if (storage.backend.kind === 'local')
      yield {
        ...at,
        message:
          'With storage.local there is no URL of a bucket, and the Job fails: `storage URL required`; pachd has no pods meanwhile',
      };
  },
};
