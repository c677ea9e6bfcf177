import { newestPublished } from '../../releases/dex';
import type { Rule } from '../rule';

export const unknownPatch: Rule = {
  code: 'DEX109',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'standalone',
  title: 'Release of Dex that is not known',
  reason:
    'The version decides the tag of the image. A tag that was never published cannot be pulled, and the pod of Dex waits with ImagePullBackOff; what a later patch changed is not known here.',
  remedy: 'Write a version that was published, or keep it where you know that it was.',
  *check({ document, cluster }) {
    const version = document.dex?.version;
    if (!cluster.dex || version === undefined) return;
    const known = newestPublished(version);
    if (known === undefined) return;
    yield {
      path: ['dex', 'version'],
      message: `The newest release of Dex ${known.replace(/\.\d+$/, '')} known here is ${known}; when there is no image of ${version}, the pod waits with \`ImagePullBackOff\``,
      hint: `write ${known}, or leave the key out`,
    };
  },
};
