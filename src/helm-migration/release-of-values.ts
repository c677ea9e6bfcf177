import type { Diagnostic } from '../diagnostics/diagnostic';
import { nodeAt, type SourceNode } from '../document/source-node';
import { STABLE_EXAMPLE } from '../releases/pachyderm';
import { parseRelease } from '../releases/release';
import { releaseTraits, type ReleaseTraits } from '../releases/release-traits';
import { locationOfStart } from './read-values';

/**
 * The release that values are for where no one says it: that of pachd's image; else the newest that is not a pre-release, which is
 * said.
 */
export function chartValuesRelease(root: SourceNode): {
  readonly release: ReleaseTraits;
  readonly diagnostic?: Diagnostic;
} {
  const tag = nodeAt(root, ['pachd', 'image', 'tag'])?.scalar;
  const tagged = typeof tag === 'string' ? parseRelease(tag.replace(/^v/, '')) : undefined;
  if (tagged) return { release: releaseTraits(tagged) };
  const version = parseRelease(STABLE_EXAMPLE);
  if (!version) throw new Error(`no facts about ${STABLE_EXAMPLE}`);
  return {
    release: releaseTraits(version),
    diagnostic: {
      code: 'IMP007',
      severity: 'warning',
      message: `The values do not say which release they are for, and ${version.text} is taken; another release reads other values, and runs other images`,
      location: locationOfStart(root),
      path: '',
      hint: 'name it with --release; helm list shows it as APP VERSION',
    },
  };
}
