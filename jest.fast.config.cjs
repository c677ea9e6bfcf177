/** The unit tests without what takes long: `npm run test:fast`. Needs no build; `npm test` runs everything. */
const base = require('./jest.config.cjs');

/** Suites that try many inputs made by chance, start the built program, or synthesize every example. */
const SLOW = [
  'test/cli/(ci|compiled-code|init|printed|program-name|synth|validate-as|version)',
  'test/(built-program|determinism|examples|injection|properties)',
  'test/oracle/',
  'test/terraform/',
  'test/connectors/(check-config-and-schema|keys-by-version)',
  'test/constructs/(dex-documents|kubernetes-types)',
  'test/document/read-yaml-properties',
  'test/product-files/any-file',
  'test/rules/any-document',
  'test/secrets/secret-store',
  'test/docs/',
];

module.exports = {
  ...base,
  testPathIgnorePatterns: [...base.testPathIgnorePatterns, ...SLOW.map((suite) => `<rootDir>/${suite}`)],
};
