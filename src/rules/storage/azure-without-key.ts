import type { Rule } from '../rule';

export const azureWithoutKey: Rule = {
  code: 'STO017',
  severity: 'error',
  reads: ['cluster'],
  title: 'Azure storage without a key',
  reason:
    'Up to release 2.8 pachd opens a container of Azure with the key of the storage account and in no other way. From 2.9 on it takes the identity of its service account where there is no key.',
  remedy: 'Give storage.azure.key; or name a release from 2.9 on and give the service accounts an identity.',
  *check({ document, cluster: { release } }) {
    const azure = document.storage?.azure;
    if (!azure || azure.key !== undefined || release.usesStorageUrl) return;
    yield {
      path: ['storage', 'azure'],
      onKey: true,
      message: `pachd ${release.version.text} opens a container with the key of the storage account only, and exits at startup without one`,
      hint: 'add key: { env: NAME }; workload identity works from release 2.9 on',
    };
  },
};
