import { minorSpan } from '../../connectors/target';
import { DEFAULT_DEX_VERSION } from '../../model/dex-server';
import type { Rule } from '../rule';

const NEWEST_PATCH = Number(DEFAULT_DEX_VERSION.split('.')[2]);

export const unknownPatch: Rule = {
  code: 'DEX109',
  severity: 'warning',
  title: 'Release of Dex newer than the newest known one',
  reason:
    'The version decides the tag of the image. A tag that was never published cannot be pulled, and the pod of Dex waits with ImagePullBackOff; what a later patch changed is not known here.',
  remedy: 'Write a version that was published, or keep it where you know that it was.',
  *check({ document, cluster }) {
    const version = document.dex?.version;
    const [, minor, patch] = (version ?? '').split('.').map(Number);
    const isNewer = minor === minorSpan('dex').newest && patch !== undefined && patch > NEWEST_PATCH;
    if (!cluster.dex || version === undefined || !isNewer) return;
    yield {
      path: ['dex', 'version'],
      message: `The newest release of Dex known here is ${DEFAULT_DEX_VERSION}; when there is no image of ${version}, the pod waits with \`ImagePullBackOff\``,
      hint: `write ${DEFAULT_DEX_VERSION}, or leave the key out`,
    };
  },
};
