/** What `npm run mutate` asks of every target; `scripts/mutate.mjs` lists the targets. */
export default {
  packageManager: 'npm',
  testRunner: 'jest',
  coverageAnalysis: 'perTest',
  reporters: ['clear-text'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  thresholds: { high: 98, low: 95, break: 95 },
  tempDirName: 'dist/stryker',
};
