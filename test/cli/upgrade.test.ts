import fs from 'node:fs';
import path from 'node:path';
import { pachkit, temporaryFolder } from '../support/pachkit';

const LEGACY = fs.readFileSync(path.resolve(__dirname, '../../examples/legacy-2.2/pachyderm.yaml'), 'utf8');

let folder: string;
beforeEach(() => {
  folder = temporaryFolder({
    'pachyderm.yaml': LEGACY,
    'extending.yaml': 'extends: ./pachyderm.yaml\napiVersion: pachkit/v1\nname: other\n',
    'quoted.yaml': LEGACY.replace('release: 2.2.8', "release: '2.2.8' # for now"),
    'wrong.yaml': LEGACY.replace('via: ingress', 'via: ingres'),
  });
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => pachkit(['upgrade', ...args], { folder });
const fileOf = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8');

test('the advice comes before what is wrong in the newer release', () => {
  const { stdout, stderr, exitCode } = run('pachyderm.yaml', '--to', '2.11.6');
  expect(exitCode).toBe(1);
  expect(stderr).toBe('');
  for (const text of [
    'legacy-2-2: 2.2.8 → 2.11.6',
    'pachyderm-bootstrap-config rootToken → pachyderm-auth root-token',
    '+ Deployment/pachw (hasPachw)',
    '1. back up the folder',
    'error DEX102',
    'further differences do not touch this cluster',
  ])
    expect(stdout).toContain(text);
  expect(stdout).not.toContain('env[name=GOCOVERDIR]');
  expect(run('pachyderm.yaml', '--to', '2.11.6', '--all').stdout).toContain('env[name=GOCOVERDIR]');
  expect(fileOf('pachyderm.yaml')).toBe(LEGACY);
});

test('--write changes the release, removes what is not read, and leaves the rest alone', () => {
  const { exitCode, stdout } = run('pachyderm.yaml', '--to', '2.12.0-rc.3', '--write');
  expect(exitCode).toBe(0);
  expect(stdout).toContain(
    'written: pachyderm.yaml: Change the release to 2.12.0-rc.3; Remove enterprise; Remove',
  );
  expect(stdout).not.toContain('DEX102');
  expect(fileOf('pachyderm.yaml')).toBe(
    LEGACY.replace('2.2.8', '2.12.0-rc.3')
      .replace('enterprise:\n  licenseKey: { env: PACHYDERM_LICENSE }\n', '')
      .replace('        forwardedLoginParams: [login_hint]\n', ''),
  );
  expect(pachkit(['validate', 'pachyderm.yaml'], { folder }).exitCode).toBe(0);
});

test('quotes and comments of the release stay', () => {
  run('quoted.yaml', '--to', '2.11.6', '--write');
  expect(fileOf('quoted.yaml')).toContain("release: '2.11.6' # for now\n");
});

test.each<[string, RegExp, ...string[]]>([
  ['an older release', /no way back/, 'pachyderm.yaml', '--to', '2.2.0'],
  ['an unknown release', /unsupported release "3\.0\.0"/, 'pachyderm.yaml', '--to', '3.0.0'],
  ['no release', /required option '--to <release>'/, 'pachyderm.yaml'],
  [
    'a release in a base',
    /the release stands in pachyderm\.yaml/,
    'extending.yaml',
    '--to',
    '2.11.6',
    '--write',
  ],
  ['standard input', /--write needs a file/, '-', '--to', '2.11.6', '--write'],
])('%s says why nothing is done', (_, message, ...args) => {
  const { stderr, stdout, exitCode } = run(...args);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(message);
  expect(stdout).toBe('');
  expect(fileOf('pachyderm.yaml')).toBe(LEGACY);
});

test('a document with errors gets its findings and no advice', () => {
  const { stdout, exitCode } = run('wrong.yaml', '--to', '2.11.6', '--write');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^error SCH/);
  expect(fileOf('wrong.yaml')).toContain('2.2.8');
});

test('programs get the same', () => {
  const { stdout } = run('extending.yaml', '--to', '2.12.0-rc.3', '--format', 'json');
  const { upgrades, diagnostics } = JSON.parse(stdout) as {
    upgrades: { name: string; from: string; to: string; objects: { object: string }[] }[];
    diagnostics: { code: string }[];
  };
  expect(upgrades).toMatchObject([{ name: 'other', from: '2.2.8', to: '2.12.0-rc.3' }]);
  expect(upgrades[0]?.objects.map(({ object }) => object)).toContain('Secret/pachyderm-bootstrap-config');
  expect(diagnostics.map(({ code }) => code)).toEqual(['AUT006', 'REL002', 'DEX102']);
});
