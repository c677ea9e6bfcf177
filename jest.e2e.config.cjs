const { transform, transformIgnorePatterns } = require('./jest.config.cjs');

/** End-to-end suites, on real programs: `npm run test:e2e [-- SUITE]`. See docs/testing.md. */
module.exports = {
  testEnvironment: '<rootDir>/test/e2e/harness/jest-environment.cjs',
  testMatch: ['<rootDir>/test/e2e/*.test.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/e2e/harness/setup.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform,
  transformIgnorePatterns,
  testTimeout: 180_000,
  maxWorkers: 2,
  verbose: true,
};
