import fs from 'node:fs';
import path from 'node:path';
import { dexRefusals, providerRefusals } from '../../src/doctor/providers/refusals';
import { MOCK_CONNECTOR } from '../../src/helm-migration/mock-login';
import { pachctlRefusals } from '../../src/pachctl/refusals';
import { MISTAKES, type Outcome } from '../e2e/login/mistakes';
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

/** What a login with a real Dex and a browser was seen to say, in the tests with real programs. */
function wordsOf(outcome: Outcome): readonly string[] {
  if ('page' in outcome) return [...outcome.page, ...(outcome.log === undefined ? [] : [outcome.log])];
  return 'stops' in outcome ? [outcome.stops] : [];
}

/** The same, of logins that fail although nothing is wrong with the document. */
const DEX_WITH_A_WRONG_PASSWORD = 'Invalid Username and password.';

/** Whether Dex, pachd or pachctl says a text that people are told to look for. */
function isSaid(text: string): boolean {
  const words = [...MISTAKES.flatMap(({ outcome }) => wordsOf(outcome)), DEX_WITH_A_WRONG_PASSWORD];
  return (
    words.some((each) => each.includes(text)) ||
    [...dexRefusals, ...pachctlRefusals].some((refusal) => refusal.text.test(text))
  );
}

/** Messages between backticks in the first cells of a table; names and commands of one word are none. */
function messagesBelow(heading: string): string[] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  return (section.split('\n## ')[0] ?? '').split('\n').flatMap((line) => {
    const [, cell = ''] = /^\| (.*?) \| /.exec(line) ?? [];
    const quoted = [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? '');
    return quoted.filter((text) => /[ _]/.test(text) && !text.startsWith('pachctl '));
  });
}

test.each(
  ['Before a login page comes', 'Back from the provider', 'Logged in, and not allowed'].flatMap((heading) =>
    messagesBelow(heading).map((text) => [text]),
  ),
)('%s is what people see', (text) => expect(isSaid(text)).toBe(true));

test('a text that nothing says would be found', () => expect(isSaid('failed to fetch token')).toBe(false));

test('the mock login has the name and the password of the page', () =>
  expect(page).toContain(
    `a login with \`${MOCK_CONNECTOR.config.username}\` and \`${MOCK_CONNECTOR.config.password}\``,
  ));

test('the page has rows for all', () => {
  expect(messagesBelow('Back from the provider').length).toBeGreaterThan(4);
  expect(messagesBelow('Logged in, and not allowed').length).toBeGreaterThan(0);
  expect(rowsBelow('At the provider').length).toBeGreaterThan(10);
  expect(rowsBelow('Before a login page comes').length).toBeGreaterThan(5);
});
