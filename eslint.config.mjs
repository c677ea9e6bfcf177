import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/**
 * The data flow, first stage first. A folder may import from those before it and never from those
 * behind it.
 */
const STAGES = [
  ['diagnostics', 'files', 'encryption'],
  ['releases', 'forms'],
  ['connectors', 'client-presets'],
  ['document'],
  ['schema'],
  ['model'],
  ['helm-values'],
  ['subjects'],
  ['rules'],
  ['identity-providers'],
  ['who'],
  ['setup'],
  ['product-files'],
  ['explanations'],
  ['secrets'],
  ['images'],
  ['constructs', 'terraform'],
  ['outputs'],
  ['pipeline'],
  ['helm-migration'],
  ['plan'],
  ['why'],
  ['cluster'],
  ['upgrade'],
  ['provision'],
  ['pachctl', 'dev'],
  ['doctor'],
  ['graph'],
  ['page'],
  ['cli', 'library'],
];

const stageRules = STAGES.flatMap((stage, index) =>
  stage.map((folder) => {
    const later = STAGES.slice(index + 1).flat();
    const beside = stage.filter((other) => other !== folder);
    return {
      files: [`src/${folder}/**/*.ts`],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              ...[...later, ...beside].map((other) => ({
                regex: `^(\\.\\./)+${other}(/|$)`,
                message: `src/${folder} comes before src/${other}; imports go one way.`,
              })),
              ...(folder === 'terraform'
                ? []
                : [{ regex: '^cdk(tf|tn)(/|$)', message: 'Only src/terraform/cdktf.ts imports cdktf.' }]),
            ],
          },
        ],
      },
    };
  }),
);

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'src/generated/', 'test/fixtures/', '**/expected/', 'test/e2e/tools/'] },
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      complexity: ['error', 20],
      'max-depth': ['error', 4],
      'max-params': ['error', 6],
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  ...stageRules,
  {
    // A string of a document may be as long as anyone likes, and no check may take minutes for one.
    files: ['src/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-move': ['error', { report: 'certain' }],
      'regexp/no-super-linear-backtracking': ['error', { report: 'certain' }],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    // Every default is a branch to the linter; these files are lists of defaults.
    files: ['src/model/resolve*.ts'],
    rules: { complexity: 'off' },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'exit', message: 'Only the entry point ends the process.' },
        { object: 'process', property: 'env', message: 'The environment comes in through the host.' },
        { object: 'Math', property: 'random', message: 'Output is reproducible.' },
      ],
    },
  },
  {
    // What is synthesized follows from the cluster alone: no clock, no file system, no randomness.
    files: ['src/constructs/**/*.ts', 'src/model/**/*.ts', 'src/rules/**/*.ts', 'src/terraform/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'Date', message: 'Output is reproducible.' }],
      'no-restricted-modules': ['error', 'fs', 'node:fs', 'child_process', 'node:child_process'],
    },
  },
);
