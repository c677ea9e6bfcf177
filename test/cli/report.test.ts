import fs from 'node:fs';
import path from 'node:path';
import { shapes, WRONG } from '../graph/shapes';
import { pachkit, temporaryFolder, type Outcome } from '../support/pachkit';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder({
    'pachyderm.yaml': shapes['production with Auth0'] ?? '',
    'wrong.yaml': WRONG,
    'mine.html': '<p>my own</p>',
  });
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const report = (args: string): Outcome => pachkit(['report', ...args.split(' ')], { folder });
const content = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8');

test('-o writes a page, and makes it anew', () => {
  expect(report('pachyderm.yaml -o report.html')).toEqual({
    exitCode: 0,
    stdout: 'wrote report.html\n',
    stderr: '',
  });
  expect(content('report.html')).toMatch(/^<!doctype html>/);
  expect(report('pachyderm.yaml wrong.yaml -o report.html').exitCode).toBe(1);
  expect(content('report.html')).toContain('2 clusters');
});

test('without -o the page is printed, and errors are said beside it', () => {
  const { exitCode, stdout, stderr } = report('wrong.yaml');
  expect([exitCode, stdout.startsWith('<!doctype html>')]).toEqual([1, true]);
  expect(stderr).toContain('error DEX001');
});

test('a page that pachkit did not make stays without --force', () => {
  expect(report('pachyderm.yaml -o mine.html')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('mine.html exists, and stays as it is') as string,
  });
  expect(content('mine.html')).toBe('<p>my own</p>');
  expect(report('pachyderm.yaml -o mine.html --force').exitCode).toBe(0);
});

test('a file that cannot be read is on the page and said', () => {
  const { exitCode, stdout, stderr } = report('missing.yaml');
  expect(exitCode).toBe(2);
  expect(stdout).toContain('missing.yaml');
  expect(stderr).toContain('missing.yaml');
});

test('a file that is no document replaces no page', () => {
  expect(report('pachyderm.yaml -o report.html').exitCode).toBe(0);
  const before = content('report.html');
  expect(report('missing.yaml -o report.html')).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('missing.yaml') as string,
  });
  expect(content('report.html')).toBe(before);
});
