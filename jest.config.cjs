/** Packages of ES modules alone, which Jest cannot load as they are. */
const ES_MODULES = [
  '@hpcc-js/wasm-graphviz',
  '@kubernetes/client-node',
  '@noble/[^/]+',
  '@scure/base',
  'age-encryption',
  'openid-client',
  'oauth4webapi',
  'jose',
].join('|');
const swc = [
  '@swc/jest',
  { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
];

/** Unit tests run on the sources; tests under test/cli run the built program. */
module.exports = {
  testEnvironment: 'node',
  // No test is about time; a machine may be busy.
  testTimeout: 60_000,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  setupFiles: ['<rootDir>/test/support/property-seed.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
    [`/node_modules/(${ES_MODULES})/.+\\.js$`]: swc,
  },
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES})/)`],
};
