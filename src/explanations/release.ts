import type { Explanation } from '../diagnostics/explanation';
import { STABLE_EXAMPLE } from '../releases/pachyderm';
import { minorSpan } from '../releases/target';

const { oldest, newest } = minorSpan('pachyderm');

/** Pages of the codes about releases that resolution finds. */
export const releaseExplanations: readonly Explanation[] = [
  {
    code: 'REL001',
    title: 'Release that pachkit does not know',
    reason:
      'Which objects bootstrap a cluster, which environment variables pachd reads and which keys its Dex knows differ between releases. Guessing them for an unknown release would give a cluster that starts and does not log anyone in.',
    remedy: `Name a release of the lines 2.${oldest} to 2.${newest}, with its patch: ${STABLE_EXAMPLE}.`,
  },
];
