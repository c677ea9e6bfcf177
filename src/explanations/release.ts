import type { Explanation } from '../diagnostics/explanation';

/** Pages of the codes about releases that resolution finds. */
export const releaseExplanations: readonly Explanation[] = [
  {
    code: 'REL001',
    title: 'Release that pachkit does not know',
    reason:
      'Which objects bootstrap a cluster, which environment variables pachd reads and which keys its Dex knows differ between releases. Guessing them for an unknown release would give a cluster that starts and does not log anyone in.',
    remedy: 'Name a release of the lines 2.2 to 2.12, with its patch: 2.11.6.',
  },
];
