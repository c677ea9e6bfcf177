/** The tests that mutation testing runs: those about the mutated files, quick enough to run hundreds of times. */
const common = require('./jest.config.cjs');

module.exports = {
  ...common,
  testMatch: [
    '<rootDir>/test/model/{urls,go-path}.test.ts',
    '<rootDir>/test/outputs/output-directory*.test.ts',
    '<rootDir>/test/connectors/check-{config,value}.test.ts',
    '<rootDir>/test/diagnostics/masking*.test.ts',
    '<rootDir>/test/document/mask*.test.ts',
  ],
};
