import { DEFAULT_DEX_VERSION } from '../../model/dex-server';
import type { Rule } from '../rule';

/** The newest patch of minor versions of which no later one was ever published; of the newest one a later one may be. */
const NEWEST_PATCHES: ReadonlyMap<number, number> = new Map([
  [29, 0],
  [30, 3],
  [31, 2],
  [35, 3],
  [36, 0],
  [37, 0],
  [39, 1],
  [41, 1],
  [42, 1],
  [43, 1],
  [44, 0],
  minorAndPatch(DEFAULT_DEX_VERSION),
]);

export const unknownPatch: Rule = {
  code: 'DEX109',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Release of Dex that is not known',
  reason:
    'The version decides the tag of the image. A tag that was never published cannot be pulled, and the pod of Dex waits with ImagePullBackOff; what a later patch changed is not known here.',
  remedy: 'Write a version that was published, or keep it where you know that it was.',
  *check({ document, cluster }) {
    const version = document.dex?.version;
    if (!cluster.dex || version === undefined) return;
    const [minor, patch] = minorAndPatch(version);
    const newest = NEWEST_PATCHES.get(minor);
    if (newest === undefined || !(patch > newest)) return;
    const known = `2.${minor}.${newest}`;
    yield {
      path: ['dex', 'version'],
      message: `The newest release of Dex 2.${minor} known here is ${known}; when there is no image of ${version}, the pod waits with \`ImagePullBackOff\``,
      hint: `write ${known}, or leave the key out`,
    };
  },
};

function minorAndPatch(version: string): [minor: number, patch: number] {
  const [, minor = Number.NaN, patch = Number.NaN] = version.split('.').map(Number);
  return [minor, patch];
}
