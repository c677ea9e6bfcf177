import fs from 'node:fs';
import path from 'node:path';
import { dexRefusals, providerRefusals } from '../../src/doctor/providers/refusals';
import { root } from './pages';

const page = fs.readFileSync(path.join(root, 'docs/guide/login-fails.md'), 'utf8');

/** The rows of the table below a heading: what people see, and the codes that the row leads to. */
function rowsBelow(heading: string): { readonly text: string; readonly codes: readonly string[] }[] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  return (section.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (what people see|-+)/.test(line))
    .map((line) => ({
      text: /`([^`]+)`\s*\|/.exec(line.split(' | ')[0] + ' |')?.[1] ?? '',
      codes: [...line.matchAll(/\[([A-Z]{3}\d{3})\]/g)].map(([, code]) => code ?? ''),
    }));
}

test.each(rowsBelow('At the provider'))('$text is what the doctor knows as $codes', ({ text, codes }) => {
  const known = providerRefusals.find((refusal) => refusal.text.test(text));
  expect(codes).toEqual([known?.code]);
});

test.each(
  rowsBelow('Before a login page comes').filter(({ codes }) => codes.some((code) => code.startsWith('HOP'))),
)('$text is what the doctor knows of Dex as $codes', ({ text, codes }) =>
  expect(codes).toContain(dexRefusals.find((refusal) => refusal.text.test(text))?.code),
);

test('the page has rows for both', () => {
  expect(rowsBelow('At the provider').length).toBeGreaterThan(10);
  expect(rowsBelow('Before a login page comes').length).toBeGreaterThan(5);
});
