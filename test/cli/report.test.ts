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
    'many.yaml': (shapes['seven connectors'] ?? '').replace(
      'https://hub.acme.com/oauth',
      'https://hub:hunter2@hub.acme.com/oauth',
    ),
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

describe('--format json', () => {
  interface Reported {
    readonly name: string;
    readonly release?: string;
    readonly calls: readonly { from: string; to: string; address?: string; codes: string[]; why?: object }[];
    readonly ways?: readonly { id: string }[];
    readonly bindings?: readonly { subject: string }[];
    readonly setups: readonly { connector: string }[];
    readonly clients: readonly { id: string; redirectURIs: string[] }[];
    readonly findings: readonly { code: string; line?: number }[];
    readonly objects?: readonly { kind: string; names: string[] }[];
    readonly folders?: readonly { name: string }[];
  }
  const clustersOf = ({ stdout }: Outcome): readonly Reported[] => {
    const printed = JSON.parse(stdout) as { clusters: readonly Reported[] };
    expect(reportFaults('report', printed)).toEqual([]);
    return printed.clusters;
  };

  test('has what the page has', () => {
    const outcome = report('pachyderm.yaml --format json');
    expect([outcome.exitCode, outcome.stderr]).toEqual([0, '']);
    const [cluster] = clustersOf(outcome);
    expect(cluster).toMatchObject({ name: 'production-auth0', release: '2.11.6', findings: [] });
    expect(cluster?.calls).toContainEqual(
      expect.objectContaining({
        from: 'Auth0',
        to: 'Dex, inside pachd',
        address: 'https://pachyderm.acme.com/dex/callback',
        why: expect.objectContaining({ causes: expect.any(Array) as unknown }) as object,
      }),
    );
    expect(cluster?.ways?.map(({ id }) => id)).toEqual(['auth0']);
    expect(cluster?.objects?.find(({ kind }) => kind === 'Deployment')?.names).toContain('pachd');
    expect(cluster?.folders?.map(({ name }) => name)).toContain('manifests');
  });

  test('has what is known of a document with errors, at its lines, and no secret', () => {
    const outcome = report('wrong.yaml pachyderm.yaml --format json');
    const [wrong, sound] = clustersOf(outcome);
    expect(outcome.exitCode).toBe(1);
    expect(wrong?.calls.find(({ codes }) => codes.includes('DEX001'))?.from).toBe('okta');
    expect(wrong?.findings).toContainEqual(expect.objectContaining({ code: 'PRO002', line: 15 }));
    expect(wrong).not.toHaveProperty('objects');
    expect(sound).toHaveProperty('objects');
    expect(outcome.stdout).not.toContain('hunter2');
  });

  test('hides passwords of URLs, and names what to register', () => {
    const outcome = report('many.yaml --format json');
    const [cluster] = clustersOf(outcome);
    expect(cluster?.setups.map(({ connector }) => connector)).toEqual(
      expect.arrayContaining(['github', 'okta', 'entra', 'google', 'gitlab', 'corp']),
    );
    expect(cluster?.clients).toEqual([
      expect.objectContaining({
        id: 'jupyter',
        redirectURIs: ['https://hub:*******@hub.acme.com/oauth', 'https://hub.acme.com/more'],
      }),
    ]);
    expect(outcome.stdout).not.toContain('hunter2');
  });

  test('says that a file cannot be read, beside clusters', () => {
    const outcome = report('missing.yaml pachyderm.yaml --format json');
    expect(clustersOf(outcome).map(({ name }) => name)).toEqual(['production-auth0']);
    expect(outcome.exitCode).toBe(2);
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      diagnostics: [expect.objectContaining({ file: 'missing.yaml' })],
    });
  });

  test.each(['-o report.json', '--serve'])('goes to standard output: not with %s', (args) =>
    expect(report(`pachyderm.yaml --format json ${args}`)).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/^pachkit report: .*json/) as string,
    }),
  );
});
