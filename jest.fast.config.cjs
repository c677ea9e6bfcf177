/** The unit tests without what takes long: `npm run test:fast`. Needs no build; `npm test` runs everything. */
const fs = require('node:fs');
const path = require('node:path');
const base = require('./jest.config.cjs');

/** Suites that try many inputs, made by chance or all there are, synthesize every example, or wait for servers and processes. */
const SLOW = [
  'test/(built-program|determinism|examples|injection|properties)',
  'test/oracle/',
  'test/terraform/',
  'test/cli/starter',
  'test/cluster/helm-release',
  'test/connectors/(check-config|derive-schema|keys-by-version)',
  'test/constructs/(dex-documents|kubernetes-types|services-oracle)',
  'test/doctor/(directory|examine|login|pachd-api)',
  'test/document/(misbehaving-program|read-typescript|read-yaml-properties)',
  'test/files/file-lock',
  'test/helm-migration/(circle|export|oracle|value-paths)',
  'test/helm-values/facts',
  'test/product-files/any-file',
  'test/rules/any-document',
  'test/secrets/secret-store',
  'test/why/provenance',
  'test/docs/schema-annotations',
];

/** Suites that run the built program: each run starts a process. */
const OF_THE_BUILT_PROGRAM = fs
  .readdirSync(path.join(__dirname, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && !name.startsWith(`e2e${path.sep}`))
  .filter((name) =>
    /from '[./]*support\/pachkit'|dist\/bin/.test(
      fs.readFileSync(path.join(__dirname, 'test', name), 'utf8'),
    ),
  )
  .map((name) => `test/${name.replaceAll(path.sep, '/')}$`);

module.exports = {
  ...base,
  maxWorkers: '100%',
  testPathIgnorePatterns: [
    ...base.testPathIgnorePatterns,
    ...[...SLOW, ...OF_THE_BUILT_PROGRAM].map((suite) => `<rootDir>/${suite}`),
  ],
};
