import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rules } from '../../src/rules/registry';

test('every code is there once', () => {
  const codes = rules.map(({ code }) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  for (const code of codes) expect(code).toMatch(/^[A-Z]{3}\d{3}$/);
});

test.each(rules.map((rule) => [rule.code, rule] as const))('%s has a page', (_code, rule) => {
  expect(rule.title).toMatch(/^[^.]+$|\/dex/);
  for (const text of [rule.reason, rule.remedy]) expect(text).toMatch(/^\S[^]+\.$/);
});

test('every rule has tests', () => {
  const tests = readdirSync(path.join(__dirname), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(path.join(__dirname, name), 'utf8'))
    .join('\n');
  expect(rules.map(({ code }) => code).filter((code) => !tests.includes(`'${code}'`))).toEqual([]);
});
