import { availableParallelism } from 'node:os';

/** What `npm run mutate` asks of every target; `scripts/mutate.mjs` lists the targets. */
export default {
  packageManager: 'npm',
  testRunner: 'jest',
  coverageAnalysis: 'perTest',
  reporters: ['clear-text'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  thresholds: { high: 98, low: 95, break: 95 },
  tempDirName: 'dist/stryker',
  // A machine may be busy: what takes longer than this goes round in circles.
  timeoutMS: 20_000,
  concurrency: Math.max(1, availableParallelism() - 1),
};
