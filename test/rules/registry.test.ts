import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rulesFor, writtenRules } from '../../src/rules/registry';
import { runRules } from '../../src/rules/run';

const subjectKinds = [
  'cluster',
  'connector',
  'dex-config',
  'chart-values',
  'connector-list',
  'bootstrap-secret',
] as const;

const documentRules = writtenRules();

/** A rule about several documents may have the code of one that looks at each of them. */
const rules = [
  ...documentRules,
  ...runRules.filter(({ code }) => documentRules.every((rule) => rule.code !== code)),
];

test('every code is there once', () => {
  const codes = rules.map(({ code }) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  for (const code of codes) expect(code).toMatch(/^[A-Z]{3}\d{3}$/);
});

test.each(documentRules.map((rule) => [rule.code, rule.reads] as const))(
  '%s names every subject that it reads, once',
  (_code, reads) => {
    expect(reads.length).toBeGreaterThan(0);
    expect(reads).toEqual([...new Set(reads)]);
    for (const kind of reads) expect(subjectKinds).toContain(kind);
  },
);

test('no fact is registered twice: neither a rule nor what its page says', () => {
  expect(new Set(documentRules).size).toBe(documentRules.length);
  for (const key of ['title', 'reason'] as const) {
    const said = rules.map((rule) => rule[key]);
    expect(said.filter((text, index) => said.indexOf(text) !== index)).toEqual([]);
  }
});

test.each(rules.map((rule) => [rule.code, rule] as const))('%s has a page', (_code, rule) => {
  expect(rule.title).toMatch(/^[^.]+$|\/dex/);
  for (const text of [rule.reason, rule.remedy]) expect(text).toMatch(/^\S[^]+\.$/);
});

test('every rule has tests', () => {
  const tests = ['rules', 'product-files']
    .map((folder) => path.join(__dirname, '..', folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => readFileSync(path.join(folder, name), 'utf8')),
    )
    .join('\n');
  expect(rules.map(({ code }) => code).filter((code) => !tests.includes(`'${code}'`))).toEqual([]);
});

test.each(subjectKinds)('a rule is asked about %s when it says that it reads one, and then only', (kind) => {
  const asked = rulesFor(kind).map(({ code }) => code);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked).toEqual(
    documentRules.filter(({ reads }) => (reads as readonly string[]).includes(kind)).map(({ code }) => code),
  );
});

test('rules about a Dex configuration alone look at no document: they are not loaded for one', () => {
  const loaded = rulesFor('cluster');
  expect(documentRules.filter(({ reads }) => (reads as readonly string[]).includes('cluster'))).toEqual(
    loaded,
  );
});
