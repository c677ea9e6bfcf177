import type { Diagnostic } from '../diagnostics/diagnostic';
import type { SourceNode } from '../document/source-node';
import { releaseOfValues, taggedRelease } from '../helm-values/release-of-values';
import { releaseTraits, type ReleaseTraits } from '../releases/release-traits';
import { locationOfStart } from './read-values';

/**
 * The release that values are for where no one says it: that of pachd's image, which the cluster runs; else the one that their
 * keys tell, which is said.
 */
export function chartValuesRelease(root: SourceNode): {
  readonly release: ReleaseTraits;
  readonly diagnostic?: Diagnostic;
} {
  const tagged = taggedRelease(root);
  if (tagged) return { release: releaseTraits(tagged) };
  const version = releaseOfValues(root);
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
