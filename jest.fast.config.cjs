/** The unit tests without what takes long: `npm run test:fast`. Needs no build; `npm test` runs everything. */
const fs = require('node:fs');
const path = require('node:path');
const base = require('./jest.config.cjs');

/**
 * Suites that try many inputs, made by chance or all there are, read every file, synthesize every example, encrypt, or wait for servers
 * and processes: those that take longest. The rest takes less than half a minute on two cores.
 */
const SLOW = [
  'test/(built-program|determinism|examples|injection|properties|style)',
  'test/oracle/',
  'test/terraform/',
  'test/cli/(starter|synth-summary)',
  'test/cluster/(apply-beside|helm-release|kubeconfig)',
  'test/connectors/(check-config|derive-schema|keys-by-version|ldap-filter|real-configurations|schemas)',
  'test/constructs/(dex-documents|hardening|kubernetes-types|pachyderm-chart|services-oracle|support/yaml-blocks)',
  'test/dev/x509',
  'test/diagnostics/(codes|masking)',
  'test/docs/',
  'test/doctor/(directory|examine|login|pachd-api)',
  'test/document/(known-tokens|misbehaving-program|read-typescript|read-yaml)',
  'test/encryption/',
  'test/files/file-lock',
  'test/graph/(layout|picture)',
  'test/helm-migration/(circle|export|import|oracle|value-paths)',
  'test/helm-values/facts',
  'test/identity-providers/expand',
  'test/library/',
  'test/outputs/(output-directory-obstacles|rollout|sbom)',
  'test/page/page',
  'test/plan/plan',
  'test/product-files/(any-file|helm-values)',
  'test/rules/any-document',
  'test/schema/schema-errors',
  'test/secrets/(check-sealing-certificate|check-secret-values|secret-session|secret-store)',
  'test/setup/(commands|pages)',
  'test/sound-set-ups',
  'test/upgrade/',
  'test/why/provenance',
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
