import type { Diagnostic } from '../diagnostics/diagnostic';
import { nodeAt, type SourceNode } from '../document/source-node';
import { EXAMPLE_RELEASES } from '../releases/pachyderm';
import { parseRelease } from '../releases/release';
import { newestReleaseWith, releaseTraits, type ReleaseTraits } from '../releases/release-traits';
import { placeOnly } from './read-values';

/**
 * The release that values are for where no one says it: that of pachd's image; else the newest, which is said. Values that
 * only a release with licenses has are for the newest of those.
 */
export function chartValuesRelease(root: SourceNode): {
  readonly release: ReleaseTraits;
  readonly diagnostic?: Diagnostic;
} {
  const tag = nodeAt(root, ['pachd', 'image', 'tag'])?.scalar;
  const tagged = typeof tag === 'string' ? parseRelease(tag.replace(/^v/, '')) : undefined;
  if (tagged) return { release: releaseTraits(tagged) };
  const newest = parseRelease(EXAMPLE_RELEASES[0] ?? '');
  const hasLicense = ['enterpriseLicenseKey', 'enterpriseLicenseKeySecretName', 'activateEnterpriseMember'].some(
    (name) => nodeAt(root, ['pachd', name]) !== undefined,
  );
  const version = hasLicense || !newest ? newestReleaseWith('needsLicense') : newest;
  return {
    release: releaseTraits(version),
    diagnostic: {
      code: 'IMP007',
      severity: 'warning',
      message: `The values do not say which release they are for, and ${version.text} is taken; another release reads other values, and runs other images`,
      location: placeOnly(root.source.locate(root.start, root.start)),
      path: '',
      hint: 'name it with --release; helm list shows it as APP VERSION',
    },
  };
}
