import fs from 'node:fs';
import path from 'node:path';
import { pachkit, temporaryFolder, type Run } from '../support/pachkit';

const VALUES = `deployTarget: LOCAL
proxy: { host: pach.example.com, tls: { enabled: true, secretName: cert } }
pachd:
  enterpriseLicenseKey: license-of-acme
  rootToken: token-of-acme
  rootTokn: misspelt-of-acme
  storage: { local: { hostPath: /srv/pach/ } }
oidc:
  mockIDP: false
  upstreamIDPs:
    - id: corp
      name: Corporate
      type: oidc
      jsonConfig: '{"issuer":"https://id.example.com","clientID":"pach","clientSecret":"oidc-of-acme"}'
`;

const SECRETS = ['license-of-acme', 'token-of-acme', 'misspelt-of-acme', 'oidc-of-acme'];

let folder: string;
beforeEach(() => (folder = temporaryFolder({ 'values.yaml': VALUES })));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function run(args: string, more: Omit<Run, 'folder'> = {}) {
  return pachkit(['import', ...args.split(' ').filter((arg) => arg !== '')], { folder, ...more });
}

const modeOf = (name: string): number => fs.statSync(path.join(folder, name)).mode & 0o777;

test('prints the document on standard output and the report on standard error', () => {
  const { exitCode, stdout, stderr } = run('helm-values values.yaml --release 2.11.6');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^# yaml-language-server: \$schema=\.\/schemas\/cluster\.schema\.json\n/);
  expect(stdout).toContain('rootToken: { existing: { name: pachyderm-auth, key: root-token } }');
  expect(stderr).toContain('values.yaml:4  pachd.enterpriseLicenseKey → enterprise.licenseKey');
  expect(stderr).toContain('CORP_CLIENT_SECRET  identity.connectors[0].config.clientSecret');
  expect(stderr).toMatch(
    /warning IMP004: No release of the chart reads pachd\.rootTokn.*pachd\.rootToken is meant/,
  );
});

test.each(['existing', 'env', 'plain'])('--secrets %s: no secret comes on standard error', (form) => {
  const { stdout, stderr } = run(`helm-values values.yaml --release 2.11.6 --secrets ${form}`);
  for (const secret of SECRETS) {
    expect(stderr).not.toContain(secret);
    if (form !== 'plain') expect(stdout).not.toContain(secret);
  }
});

test('what it prints, synth takes', () => {
  const { stdout } = run('helm-values - --release 2.11.6', { standardInput: VALUES });
  const { exitCode, stderr } = pachkit(['synth', '-', '--out', 'out'], {
    folder,
    standardInput: stdout,
    environment: { CORP_CLIENT_SECRET: 'oidc-of-acme' },
  });
  expect(stderr).not.toContain('error');
  expect(exitCode).toBe(0);
  expect(fs.readdirSync(path.join(folder, 'out', 'pachyderm', 'manifests'))).not.toEqual([]);
});

test('--format json gives document and report', () => {
  const { exitCode, stdout, stderr } = run('helm-values values.yaml --release 2.11.6 --format json');
  const result = JSON.parse(stdout) as {
    document: { release: string };
    text: string;
    report: { path: string; fate: string; field?: string; file?: string; line?: number }[];
    variables: { name: string }[];
    diagnostics: { code: string }[];
  };
  expect(exitCode).toBe(0);
  expect(result.document.release).toBe('2.11.6');
  expect(result.text).toContain('release: 2.11.6');
  expect(result.report.find((entry) => entry.path === 'proxy.host')).toEqual({
    path: 'proxy.host',
    fate: 'carried',
    field: 'access.host',
    file: 'values.yaml',
    line: 2,
  });
  expect(result.variables.map(({ name }) => name)).toEqual(['CORP_CLIENT_SECRET']);
  expect(result.diagnostics.map(({ code }) => code)).toEqual(['IMP004']);
  for (const secret of SECRETS) expect(stdout + stderr).not.toContain(secret);
});

test('--quiet leaves the document and the findings', () => {
  const { stdout, stderr } = run('helm-values values.yaml --release 2.11.6 --quiet');
  expect(stdout).toContain('apiVersion: pachkit/v1');
  expect(stderr).toMatch(/^warning IMP004/);
});

test('-o writes a file, and replaces none without --force', () => {
  const first = run('helm-values values.yaml --release 2.11.6 -o pachyderm.yaml');
  expect(first).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('wrote pachyderm.yaml') as string,
  });
  expect(modeOf('pachyderm.yaml')).toBe(0o644);
  fs.writeFileSync(path.join(folder, 'pachyderm.yaml'), 'edited\n');
  const second = run('helm-values values.yaml --release 2.11.6 -o pachyderm.yaml');
  expect(second.exitCode).toBe(2);
  expect(second.stderr).toContain('error IMP006: pachyderm.yaml exists, and stays as it is');
  expect(fs.readFileSync(path.join(folder, 'pachyderm.yaml'), 'utf8')).toBe('edited\n');
  const third = run('helm-values values.yaml --release 2.11.6 -o pachyderm.yaml --force --secrets plain');
  expect(third.exitCode).toBe(0);
  expect(modeOf('pachyderm.yaml')).toBe(0o600);
  expect(fs.readdirSync(folder).sort()).toEqual(['pachyderm.yaml', 'values.yaml']);
});

test('-o into a folder that is not there writes nothing', () => {
  const { exitCode, stderr } = run('helm-values values.yaml --release 2.11.6 -o no/pachyderm.yaml');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('error IMP008: no/pachyderm.yaml cannot be written');
  expect(fs.readdirSync(folder)).toEqual(['values.yaml']);
});

test('-o onto a device without room says to make room', () => {
  const { exitCode, stderr } = run('helm-values values.yaml --release 2.11.6 -o /dev/full --force');
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /error IMP008: .* \(no space is left on the device, ENOSPC\)\n(.*\n)* +help: make room/,
  );
});

test('names go into the document', () => {
  const { stdout } = run('helm-values values.yaml --release v2.11.6 --namespace pach --helm-release mldm');
  expect(stdout).toMatch(/^name: mldm\nrelease: 2\.11\.6\nnamespace: pach\nhelmReleaseName: mldm$/m);
});

test('without --release it takes that of the image, or says which it takes', () => {
  expect(run('helm-values values.yaml').stderr).toContain('warning IMP007');
  const tagged = run('helm-values -', {
    standardInput: 'deployTarget: LOCAL\npachd: { image: { tag: 2.6.4 } }\n',
  });
  expect(tagged.stdout).toContain('release: 2.6.4');
  expect(tagged.stderr).not.toContain('IMP007');
});

test.each<[args: string, exitCode: number, says: string]>([
  ['helm-values values.yaml -', 2, 'give values as files or on standard input, not both'],
  ['helm-values', 2, 'name the values files'],
  ['helm-chart values.yaml', 2, 'unknown format "helm-chart"'],
  ['helm-values values.yaml --release 3.0.0', 2, 'pachkit does not support Pachyderm 3.0.0'],
  ['helm-values values.yaml --namespace A_B', 2, '"A_B" is not a valid name'],
  ['helm-values values.yaml --secrets vault', 2, 'Allowed choices are existing, env, plain'],
  ['helm-values missing.yaml', 2, 'missing.yaml: there is no such file'],
  ['helm-values .', 2, 'this is a directory'],
])('%s', (args, exitCode, says) => {
  const outcome = run(args);
  expect(outcome.stderr).toContain(says);
  expect(outcome).toMatchObject({ exitCode, stdout: '' });
});

test('what is not values exits with 1 and prints no document', () => {
  const { exitCode, stdout, stderr } = run('helm-values -', { standardInput: '- a\n' });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain('error IMP001: This is a list, and values are a mapping');
});
