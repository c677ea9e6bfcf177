import type { Rule } from '../rule';

export const missingBucket: Rule = {
  code: 'STO018',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'No bucket',
  reason:
    'pachd opens the bucket that storage.url names, from release 2.9 on, or else the one that the backend names. Without either it exits at startup.',
  remedy: 'Give the name of the bucket or container; from release 2.9 on storage.url is enough.',
  *check({ document, cluster: { release, storage } }) {
    const { backend } = storage;
    if (backend.kind === 'local' || document.storage?.[backend.kind] === undefined) return;
    const key = backend.kind === 'azure' ? 'container' : 'bucket';
    const name = backend.kind === 'azure' ? backend.container : backend.bucket;
    if (name !== undefined || (release.usesStorageUrl && document.storage.url !== undefined)) return;
    yield {
      path: ['storage', backend.kind],
      onKey: true,
      message: `Nothing says which ${key} pachd ${release.version.text} opens`,
      hint: `add ${key}: NAME${release.usesStorageUrl ? ', or storage.url' : ''}`,
    };
  },
};
