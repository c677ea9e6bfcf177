import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { codes, isUnreadable, type Code } from '../../src/diagnostics/codes';
import type { Explanation } from '../../src/diagnostics/explanation';
import { explanations } from '../../src/explanations/registry';
import { retiredCodes } from '../../src/explanations/retired';

const all = Object.entries(codes) as [Code, (typeof codes)[Code]][];
const slugs = all.map(([, { slug }]) => slug);

test('the compiler refuses a code that is not in the table', () => {
  // @ts-expect-error an unknown code
  const code: Code = 'SCH999';
  expect(Object.hasOwn(codes, code)).toBe(false);
});

test('codes are three letters and three digits, in their order', () => {
  for (const [code] of all) expect(code).toMatch(/^[A-Z]{3}\d{3}$/);
  expect(all.map(([code]) => code)).toEqual(all.map(([code]) => code).sort());
});

test('every code has one page, and every page a code', () =>
  expect(explanations.map(({ code }) => code)).toEqual(all.map(([code]) => code)));

test('every slug is of one code, and in kebab-case: two words or more, as no field of the document is', () => {
  for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
  expect(slugs.filter((slug, index) => slugs.indexOf(slug) !== index)).toEqual([]);
});

test('every code is found by something, but for those that another took the place of', () => {
  const retired = retiredCodes.map(({ code }) => code);
  const source = path.resolve(__dirname, '../../src');
  const text = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/^(explanations|generated)\/|^diagnostics\/codes/.test(name))
    .map((name) => readFileSync(path.join(source, name), 'utf8'))
    .join('\n');
  expect(all.map(([code]) => code).filter((code) => !text.includes(`'${code}'`))).toEqual(retired);
});

test('what cannot be read or written at all exits with 2, everything else with 1', () => {
  const usage = all.filter(([, { exit }]) => exit === 'usage');
  expect(
    usage.filter(([, { stage }]) => stage !== 'output' && stage !== 'fix').map(([code]) => code),
  ).toEqual([
    'CTL009',
    'DEV005',
    'DEV011',
    'DOC001',
    'FIL013',
    'LCK001',
    'LCK007',
    'SEC002',
    'SEC003',
    'SEC005',
    'SEC010',
    'SEC025',
    'SEC027',
    'SEC028',
    'SUP005',
  ]);
  const written = all.filter(([, { stage }]) => stage === 'output' || stage === 'fix');
  expect(written.every(([, { exit }]) => exit === 'usage')).toBe(true);
});

test('faults of syntax and limits leave nothing to check', () =>
  expect(all.map(([code]) => code).filter(isUnreadable)).toEqual(['DOC002', 'DOC003', 'DOC007']));

/** Every file below the folder of rules that exports a rule, with the codes of what it exports. */
function ruleFiles(): [file: string, codes: Code[]][] {
  const root = path.resolve(__dirname, '../../src/rules');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && path.basename(name) !== 'index.ts')
    .map((name): [string, Code[]] => {
      const exported = Object.values(require(path.join(root, name)) as Record<string, Partial<Explanation>>);
      return [name, exported.flatMap((value) => (isRule(value) ? [value.code] : []))];
    })
    .filter(([, found]) => found.length > 0);
}

function isRule(value: unknown): value is Explanation {
  return typeof value === 'object' && value !== null && 'check' in value && 'code' in value;
}

const files = ruleFiles();

test.each(files)("%s is called by the slug of its rule's code", (file, found) => {
  const name = path.basename(file, '.ts');
  const own = found.map((code) => codes[code].slug);
  // A rule about several documents may have the code, and so the page, of one that looks at each of them.
  const isShared =
    file.startsWith('run/') && files.some(([other]) => own.includes(path.basename(other, '.ts')));
  if (!isShared) expect(own).toContain(name);
});
