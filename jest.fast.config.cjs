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
  'test/connectors/(check-config|derive-schema|keys-by-version|real-configurations)',
  'test/constructs/(dex-documents|kubernetes-types|services-oracle)',
  'test/doctor/(directory|examine|login|pachd-api)',
  'test/document/(misbehaving-program|read-typescript|read-yaml-properties)',
  'test/files/file-lock',
  'test/graph/(layout|picture)',
  'test/helm-migration/(circle|export|oracle|value-paths)',
  'test/helm-values/facts',
  'test/page/page',
  'test/product-files/any-file',
  'test/rules/any-document',
  'test/schema/schema-errors',
  'test/secrets/secret-store',
  'test/sound-set-ups',
  'test/upgrade/oracle',
  'test/why/provenance',
  'test/docs/schema-annotations',
];

const textOf = (...names) => fs.readFileSync(path.join(__dirname, 'test', ...names), 'utf8');

/** Modules of test/support that run the built program, themselves or through another one. */
const RUN_THE_PROGRAM = fs
  .readdirSync(path.join(__dirname, 'test/support'))
  .map((name) => path.basename(name, '.ts'))
  .filter((name) => name === 'pachkit' || /from '\.\/pachkit'/.test(textOf('support', `${name}.ts`)));

/** Suites that run the built program: each run starts a process. */
const PROGRAM = new RegExp(`from '[./]*support/(${RUN_THE_PROGRAM.join('|')})'|dist/bin`);
const OF_THE_BUILT_PROGRAM = fs
  .readdirSync(path.join(__dirname, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && !name.startsWith(`e2e${path.sep}`))
  .filter((name) => PROGRAM.test(textOf(name)))
  .map((name) => `test/${name.replaceAll(path.sep, '/')}$`);

module.exports = {
  ...base,
  maxWorkers: '100%',
  testPathIgnorePatterns: [
    ...base.testPathIgnorePatterns,
    ...[...SLOW, ...OF_THE_BUILT_PROGRAM].map((suite) => `<rootDir>/${suite}`),
  ],
};
