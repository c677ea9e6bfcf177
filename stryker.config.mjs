/**
 * Mutation testing of the code that a wrong line in does the most harm: URLs, the output folder, the form of connectors, and
 * what hides secrets.
 *
 *   npm run mutate                       all of it, about an hour on two cores
 *   npm run mutate -- -m src/model/urls.ts
 */
export default {
  packageManager: 'npm',
  testRunner: 'jest',
  jest: { configFile: 'jest.mutate.config.cjs', enableFindRelatedTests: false },
  mutate: [
    'src/model/urls.ts',
    'src/model/go-path.ts',
    'src/outputs/output-directory.ts',
    'src/connectors/check-config.ts',
    'src/connectors/check-value.ts',
    'src/document/mask.ts',
    'src/document/mask-text.ts',
    'src/document/secret-names.ts',
  ],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false },
  thresholds: { high: 98, low: 95, break: 95 },
  tempDirName: 'dist/stryker',
  dryRunTimeoutMinutes: 20,
  concurrency: 2,
};
