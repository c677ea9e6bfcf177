// Changes the code whose mistakes would do the most harm, a little at a time, and counts how many of these mutants the tests
// notice. Fails where that is less than `thresholds.break` of stryker.config.mjs.
//
//   node scripts/mutate.mjs                         every target, one after the other
//   node scripts/mutate.mjs urls output-directory   some of them
//   node scripts/mutate.mjs src/model/urls.ts       a file of one, or a part of it: urls.ts:20-40
//
// A mutant is tried with the tests of its target alone: those that say what the code must do, without the rest of the
// program, so that a target takes minutes.

import { createRequire } from 'node:module';
import { Stryker } from '@stryker-mutator/core';

const jest = createRequire(import.meta.url)('../jest.config.cjs');

/** @type {Record<string, {files: string[], tests: string[]}>} */
const TARGETS = {
  urls: {
    files: ['src/model/urls.ts', 'src/model/go-path.ts'],
    tests: ['test/model/{urls,derived-urls,go-path}.test.ts'],
  },
  'output-directory': {
    files: [
      'src/outputs/output-directory.ts',
      'src/outputs/folder-files.ts',
      'src/outputs/settle.ts',
      'src/outputs/inventory.ts',
      'src/outputs/terraform-files.ts',
    ],
    tests: ['test/outputs/output-directory*.test.ts'],
  },
  masking: {
    files: ['mask', 'mask-text', 'known-tokens', 'secret-names'].map((name) => `src/document/${name}.ts`),
    tests: ['test/document/{mask,mask-text,known-tokens,secret-names}.test.ts'],
  },
  forms: {
    files: ['src/forms/go-json.ts', 'src/forms/keys.ts', 'src/forms/kinds.ts'],
    tests: ['test/forms/*.test.ts'],
  },
  connectors: {
    files: [
      'src/connectors/check-config.ts',
      'src/connectors/missing-keys.ts',
      'src/connectors/check-value.ts',
    ],
    tests: [
      'test/connectors/{check-config,missing-keys,key-spellings}.test.ts',
      'test/connectors/{check-value,check-text,ldap-filter,keys-by-version}.test.ts',
    ],
  },
  'dex-config': {
    files: ['src/product-files/dex-config/check-form.ts'],
    tests: ['test/product-files/dex-config{,-form,-values,-elsewhere,-manifests,-verdicts}.test.ts'],
  },
  envelope: {
    files: ['src/product-files/envelope.ts'],
    tests: ['test/product-files/{envelope,connector-file,connector-rules,upstream-idps}.test.ts'],
  },
  'schema-errors': {
    files: ['src/schema/describe-error.ts'],
    tests: ['test/schema/{describe-error,check-schema,whole-document}.test.ts'],
  },
};

/** The targets that the words of the command line name, with the files to change in each. */
function selected(words) {
  if (words.length === 0) return Object.entries(TARGETS);
  return words.map((word) => {
    if (TARGETS[word]) return [word, TARGETS[word]];
    const file = word.replace(/:[\d-]+$/, '');
    const [name, target] = Object.entries(TARGETS).find(([, { files }]) => files.includes(file)) ?? [];
    if (!target)
      throw new Error(
        `unknown target ${word}; expected a file of one, or ${Object.keys(TARGETS).join(', ')}`,
      );
    return [name, { ...target, files: [word] }];
  });
}

const NOTICED = ['Killed', 'Timeout'];
const UNNOTICED = ['Survived', 'NoCoverage'];
const rows = [];
for (const [name, { files, tests }] of selected(process.argv.slice(2))) {
  console.log(`\n## ${name}`);
  const mutants = await new Stryker({
    mutate: files,
    jest: {
      config: { ...jest, testMatch: tests.map((test) => `<rootDir>/${test}`) },
      enableFindRelatedTests: false,
    },
  }).runMutationTest();
  const count = (states) => mutants.filter(({ status }) => states.includes(status)).length;
  const [killed, survived] = [count(NOTICED), count(UNNOTICED)];
  rows.push({
    target: name,
    killed,
    survived,
    score: `${((100 * killed) / (killed + survived)).toFixed(1)} %`,
  });
}
console.table(rows);
