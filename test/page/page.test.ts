import { reportPage } from '../../src/page/report';
import { checkFiles } from '../../src/pipeline/check-files';
import { HOSTILE_NAME, shapes, WRONG } from '../graph/shapes';
import { inputOf } from '../support/input-of';

const meaning = (field: string): string => `what ${field} means`;

async function pageOf(
  files: Readonly<Record<string, string>>,
  more: { isServed?: boolean; asksWhy?: boolean } = {},
): Promise<string> {
  const { documents, diagnostics } = checkFiles(Object.keys(files), inputOf(files));
  return reportPage(documents, diagnostics, { describe: meaning, isServed: false, asksWhy: false, ...more });
}

const production = shapes['production with Auth0'] ?? '';

describe('a page', () => {
  let page = '';
  beforeAll(async () => (page = await pageOf({ 'pachyderm.yaml': production }, { asksWhy: true })));

  test.each([
    ['every URL of the login', 'https://pachyderm.acme.com/dex/callback'],
    ['why it is that', 'pachyderm.yaml:12 host: pachyderm.acme.com'],
    ['who can log in', 'Who can log in, as whom'],
    ['what to register', 'What to register at each provider'],
    ['objects', 'StatefulSet'],
    ['folders', 'manifests/'],
    ['what the chart does not have', 'access.ingress.className'],
    ['the picture', '<svg '],
  ])('has %s', (_, text) => expect(page).toContain(text));

  test('is the same every time', async () =>
    expect(await pageOf({ 'pachyderm.yaml': production }, { asksWhy: true })).toBe(page));

  test('may run and show nothing but what it was made with', () => {
    expect(page).toMatch(
      /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/,
    );
    expect(page).not.toMatch(/unsafe-inline|connect-src|\son\w+=/);
    expect(page).not.toMatch(/(src|href)="(?!#)/);
  });

  test('connects to its server alone when it is served', async () =>
    expect(await pageOf({ 'pachyderm.yaml': production }, { isServed: true })).toContain(
      "connect-src 'self'",
    ));
});

test('a document with errors is on it with what is known, and where they are', async () => {
  const page = await pageOf({ 'wrong.yaml': WRONG });
  for (const text of [
    'SCH004',
    'wrong.yaml:16:22',
    'help: remove the line',
    'https://acme-admin.okta.com',
    '<svg ',
  ])
    expect(page).toContain(text);
  expect(page).not.toContain('hunter2');
  expect(page).not.toContain('Objects and files');
});

test('a file that is no document is on it beside others', async () => {
  const page = await pageOf({ 'broken.yaml': 'a: "', 'pachyderm.yaml': production });
  expect(page).toContain('About files');
  expect(page).toContain('broken.yaml');
  expect(page).toContain('Who can log in, as whom');
});

test('clusters that have the same name have sections of their own', async () => {
  const page = await pageOf({ 'a/pachyderm.yaml': shapes['quickstart'] ?? '', 'b/pachyderm.yaml': WRONG });
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(links.filter((link) => !ids.includes(link))).toEqual([]);
  expect(page).toContain('Overview of clusters');
});

test('names of any kind are text', async () => {
  const page = await pageOf({ 'hostile.yaml': shapes['hostile names'] ?? '' });
  expect(page).not.toContain(HOSTILE_NAME);
  expect(page).not.toMatch(/<img/);
});

test('no URL on it has its password', async () => {
  const page = await pageOf({
    'seven.yaml': (shapes['seven connectors'] ?? '')
      .replace('https://hub.acme.com/oauth', 'https://hub:hunter2@hub.acme.com/oauth')
      .replace('https://pach.acme.com/callback', 'https://ada:hunter2@pach.acme.com/callback'),
  });
  expect(page).toContain('https://hub:*******@hub.acme.com/oauth');
  expect(page).not.toContain('hunter2');
});

test('every shape of document has a page', async () => {
  for (const [name, text] of Object.entries(shapes))
    expect((await pageOf({ [`${name}.yaml`]: text })).length).toBeGreaterThan(10_000);
});
