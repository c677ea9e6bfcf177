import type { CommandOption } from './command';

/** Options of a command whose findings a baseline may have. */
export const BASELINE_OPTIONS: readonly CommandOption[] = [
  { flags: '--baseline <file>', description: 'leave out the findings that this file has' },
  {
    flags: '--write-baseline',
    description: 'write the findings of this run into the file of --baseline',
  },
];
