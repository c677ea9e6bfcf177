import type { Rule } from '../rule';

const VARIABLE = 'DEX_EXPAND_ENV';

/** What Go's strconv.ParseBool takes for false; any other text leaves the flag on. */
const FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

export const variablesSwitchedOff: Rule = {
  code: 'DEX317',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'standalone',
  title: 'Secrets that never arrive',
  reason:
    "The secrets of connectors and storage come from environment variables that Dex expands. With DEX_EXPAND_ENV switched off it sends the variables' names in their place, to identity providers and to the database.",
  remedy: 'Leave DEX_EXPAND_ENV alone: pachkit sees to it that a $ in a string stays.',
  *check({ cluster: { dex } }) {
    const value = dex?.environment[VARIABLE];
    if (value === undefined || !FALSE.has(value)) return;
    yield {
      path: ['dex', 'environment', VARIABLE],
      message:
        'Dex then expands no environment variables and takes `$DEX_…` for the secrets of connectors and storage',
      hint: 'remove the line',
    };
  },
};
