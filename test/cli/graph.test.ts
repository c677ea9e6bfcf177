import fs from 'node:fs';
import path from 'node:path';
import { shapes, WRONG } from '../graph/shapes';
import { pachkit, temporaryFolder, type Outcome } from '../support/pachkit';
import { reportFaults } from '../support/report-schema';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder({
    'pachyderm.yaml': shapes['production with Auth0'] ?? '',
    'wrong.yaml': WRONG,
    'warnings.yaml': shapes['every connector'] ?? '',
    'broken.yaml': 'apiVersion: "pachkit',
    'mine.svg': '<svg>my own</svg>',
  });
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const graph = (args: string): Outcome => pachkit(['graph', ...args.split(' ')], { folder });
const content = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8');

test('prints a flowchart, and nothing else', () => {
  const { exitCode, stdout, stderr } = graph('pachyderm.yaml');
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^%% made by pachkit\nflowchart TB\n/);
});

test.each([
  ['svg', /^<svg /],
  ['dot', /digraph/],
  ['html', /^<!doctype html>/],
])('--format %s prints that', (format, form) =>
  expect(graph(`pachyderm.yaml --format ${format}`)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(form) as string,
  }),
);

test('a document with errors is drawn, and its errors are said', () => {
  const { exitCode, stdout, stderr } = graph('wrong.yaml --format svg');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('✖ DEX001');
  expect(stderr).toContain('error DEX001');
});

test.each(['mermaid', 'svg', 'dot', 'html'])(
  'what the codes of warnings in a picture mean is said beside it: %s',
  (format) => {
    const { exitCode, stdout, stderr } = graph(`warnings.yaml --format ${format}`);
    expect(exitCode).toBe(0);
    const codes = [...new Set(stdout.match(/\b(DEX029|DEX040)\b/g))].sort();
    expect(codes).toEqual(['DEX029', 'DEX040']);
    for (const code of codes) expect(stderr).toMatch(new RegExp(`warning ${code}: .+`));
  },
);

test('what cannot be read has no picture, and replaces none', () => {
  expect(graph('pachyderm.yaml -o login.svg').exitCode).toBe(0);
  const before = content('login.svg');
  expect(graph('broken.yaml -o login.svg')).toMatchObject({ exitCode: 1, stdout: '' });
  expect(content('login.svg')).toBe(before);
});

describe('-o', () => {
  test('writes what the name says, and makes it anew', () => {
    expect(graph('pachyderm.yaml -o login.svg')).toEqual({
      exitCode: 0,
      stdout: 'wrote login.svg\n',
      stderr: '',
    });
    expect(content('login.svg')).toMatch(/^<svg /);
    expect(graph('wrong.yaml -o login.svg').exitCode).toBe(1);
    expect(content('login.svg')).toContain('DEX001');
  });

  test.each(['login.mmd', 'login.dot', 'login.html'])('knows %s again', (name) => {
    expect(graph(`pachyderm.yaml -o ${name}`).exitCode).toBe(0);
    expect(graph(`pachyderm.yaml -o ${name}`).exitCode).toBe(0);
  });

  test('replaces no file that pachkit did not make without --force', () => {
    const { exitCode, stderr } = graph('pachyderm.yaml -o mine.svg');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('mine.svg exists, and stays as it is')]);
    expect(content('mine.svg')).toBe('<svg>my own</svg>');
    expect(graph('pachyderm.yaml -o mine.svg --force').exitCode).toBe(0);
    expect(content('mine.svg')).toContain('made by pachkit');
  });

  test('refuses a name that says no format', () =>
    expect(graph('pachyderm.yaml -o picture.png')).toMatchObject({
      exitCode: 2,
      stderr:
        'pachkit graph: picture.png says no format; name one with --format, or a file that ends with .mmd, .svg, .dot, .html\n',
    }));

  test('says why a file cannot be written', () =>
    expect(graph('pachyderm.yaml -o missing/login.svg')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('missing/login.svg cannot be written') as string,
    }));
});

test('--format json is the picture as data, with codes', () => {
  const { exitCode, stdout } = graph('wrong.yaml --format json');
  const report = JSON.parse(stdout) as {
    pictures: { name: string; arrows: { from: string; to: string; codes: string[] }[] }[];
  };
  expect(exitCode).toBe(1);
  expect(reportFaults('graph', report)).toEqual([]);
  expect(report.pictures[0]?.arrows.filter(({ codes }) => codes.includes('DEX001'))).toMatchObject([
    { from: 'provider0', to: 'dex' },
  ]);
});
