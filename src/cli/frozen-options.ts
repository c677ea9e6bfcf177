import type { CommandOption } from './command';

/** Whether a command that reads secrets may generate those that are missing. */
export const FROZEN_OPTIONS: readonly CommandOption[] = [
  {
    flags: '--frozen',
    description: 'generate no secrets; a missing one is an error (default when CI is set)',
  },
  { flags: '--no-frozen', description: 'generate secrets although CI is set' },
];
