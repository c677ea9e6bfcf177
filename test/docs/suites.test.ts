import fs from 'node:fs';
import path from 'node:path';
import { linesOf, root } from './pages';

const SUITE = '.test.ts';

/** The suites that have a row in the table of docs/testing.md under "The suites". */
function rows(): string[] {
  const lines = linesOf('docs/testing.md').map(({ text }) => text);
  const section = lines.slice(lines.indexOf('## The suites') + 1);
  const end = section.findIndex((text) => text.startsWith('#'));
  return section.slice(0, end).flatMap((text) => /^\| `([^`]+)` +\| \S/.exec(text)?.[1] ?? []);
}

test('every end-to-end suite has a row that says what it shows, and every row a suite', () => {
  const suites = fs.readdirSync(path.join(root, 'test/e2e')).filter((name) => name.endsWith(SUITE));
  expect(rows().sort()).toEqual(suites.map((name) => name.slice(0, -SUITE.length)).sort());
});

test('the packages of Debian that the suites use are those of the table of their programs', () => {
  const packagesOf = (text: string): string[] =>
    [...text.matchAll(/apt-get install (?:--no-install-recommends )?(.+)/g)].flatMap(([, names]) =>
      (names ?? '').split(' '),
    );
  const tools = JSON.parse(fs.readFileSync(path.join(root, 'test/e2e/tools/tools.json'), 'utf8')) as {
    install?: string;
  }[];
  const listed = linesOf('docs/testing.md').flatMap(({ text }) => packagesOf(text));
  expect(listed.sort()).toEqual(
    [...new Set(tools.flatMap(({ install }) => packagesOf(install ?? '')))].sort(),
  );
});
