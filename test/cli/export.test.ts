import fs from 'node:fs';
import path from 'node:path';
import { pachkit, temporaryFolder, type Run } from '../support/pachkit';

const DOCUMENT = `apiVersion: pachkit/v1
release: 2.11.6
access: { host: pach.example.com, tls: { secretName: cert } }
auth:
  rootToken: { env: ROOT_TOKEN }
  clientSecret: { existing: { name: login, key: pachd-oauth-client-secret } }
  sessionDuration: 12h
enterprise: { licenseKey: { env: LICENSE }, secret: { env: ENTERPRISE } }
identity:
  connectors:
    - { type: oidc, id: corp, config: { issuer: https://id.example.com, clientID: pach, clientSecret: { env: CORP } } }
storage: { s3: { bucket: acme-pachyderm, region: eu-central-1 } }
database: { internal: { password: { env: DB }, rootPassword: { env: DB_ROOT } } }
console: { clientSecret: { env: CONSOLE } }
pachd: { serviceAccount: { annotations: { eks.amazonaws.com/role-arn: arn:aws:iam::123456789012:role/pachd } } }
`;

const ENVIRONMENT = {
  ROOT_TOKEN: 'root-token-of-acme-0123456789',
  LICENSE: 'eyJsaWNlbnNlIjoiZXhhbXBsZSJ9',
  CORP: 'connector-secret-of-acme',
  DB: 'database-password-of-acme',
  DB_ROOT: 'root-password-of-acme',
  CONSOLE: 'console-secret-of-acme',
  ENTERPRISE: 'enterprise-secret-of-acme',
};

let folder: string;
beforeEach(() => (folder = temporaryFolder({ 'pachyderm.yaml': DOCUMENT })));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function run(args: string, more: Omit<Run, 'folder'> = {}) {
  return pachkit(['export', ...args.split(' ').filter((arg) => arg !== '')], { folder, ...more });
}

const modeOf = (name: string): number => fs.statSync(path.join(folder, name)).mode & 0o777;

test('prints the values on standard output and the report on standard error', () => {
  const { exitCode, stdout, stderr } = run('helm-values pachyderm.yaml');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('rootToken: ${ROOT_TOKEN}');
  expect(stdout).toContain('oauthClientSecretSecretName: login');
  expect(stdout).toMatch(/#\s+envsubst '\$LICENSE .*' < values\.yaml \| helm upgrade --install pachyderm/);
  expect(stderr).toContain('pachyderm.yaml:3  access.host → proxy.host');
  expect(stderr).toMatch(/warning EXP001: auth\.sessionDuration is not in the values/);
  expect(stderr).toContain('at pachyderm.yaml:7');
});

test('what it prints, import takes, and it says the same', () => {
  const { stdout } = run('helm-values pachyderm.yaml');
  fs.writeFileSync(path.join(folder, 'values.yaml'), stdout);
  const { exitCode, stdout: document } = pachkit(
    ['import', 'helm-values', 'values.yaml', '--release', '2.11.6', '--secrets', 'env'],
    { folder },
  );
  expect(exitCode).toBe(0);
  for (const line of [
    'host: pach.example.com',
    'rootToken: { env: ROOT_TOKEN }',
    'clientSecret: { env: CORP }',
  ])
    expect(document).toContain(line);
});

test('--secrets plain reads them, says so, and keeps the file to its owner', () => {
  const { exitCode, stderr } = run('helm-values pachyderm.yaml --secrets plain -o values.yaml', {
    environment: ENVIRONMENT,
  });
  expect(exitCode).toBe(0);
  expect(stderr).toContain('EXP002');
  expect(modeOf('values.yaml')).toBe(0o600);
  const values = fs.readFileSync(path.join(folder, 'values.yaml'), 'utf8');
  for (const secret of Object.values(ENVIRONMENT)) {
    expect(values).toContain(secret);
    expect(stderr).not.toContain(secret);
  }
});

test('--secrets plain without a variable makes no values', () => {
  const { exitCode, stdout, stderr } = run('helm-values pachyderm.yaml --secrets plain');
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toContain('SEC001');
});

test('-o refuses a file that exists, and replaces it with --force', () => {
  const file = path.join(folder, 'values.yaml');
  fs.writeFileSync(file, 'mine');
  const refused = run('helm-values pachyderm.yaml -o values.yaml');
  expect([refused.exitCode, fs.readFileSync(file, 'utf8')]).toEqual([2, 'mine']);
  expect(refused.stderr).toContain('IMP006');
  const replaced = run('helm-values pachyderm.yaml -o values.yaml --force');
  expect(replaced.exitCode).toBe(0);
  expect(replaced.stdout).toContain('wrote values.yaml');
  expect(replaced.stdout).toMatch(/next\n {2}envsubst .* < values\.yaml \| helm upgrade/);
});

test('--release takes the document for one of another release', () => {
  const { exitCode, stdout } = run('helm-values - --release 2.12.0-rc.3', {
    standardInput: DOCUMENT.replace(/^enterprise.*\n/m, ''),
  });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^# Values of the official Helm chart 2\.12\.0-rc\.3/);
});

test('--format json gives values and report', () => {
  const { stdout } = run('helm-values pachyderm.yaml --format json');
  const result = JSON.parse(stdout) as {
    values: { proxy: object };
    report: { path: string; fate: string; line?: number }[];
    variables: { name: string }[];
  };
  expect(result.values.proxy).toMatchObject({ host: 'pach.example.com' });
  expect(result.report).toContainEqual(
    expect.objectContaining({ path: 'auth.sessionDuration', fate: 'not-carried', line: 7 }),
  );
  expect(result.variables.map(({ name }) => name)).toContain('ROOT_TOKEN');
});

test.each<[args: string, files: Readonly<Record<string, string>>, exitCode: number, message: string]>([
  ['chart pachyderm.yaml', {}, 2, 'write pachkit export helm-values FILE'],
  ['helm-values pachyderm.yaml --release 1.0.0', {}, 2, 'does not support Pachyderm 1.0.0'],
  ['helm-values missing.yaml', {}, 2, 'missing.yaml'],
  ['helm-values two.yaml', { 'two.yaml': `${DOCUMENT}---\n${DOCUMENT}` }, 1, 'EXP003'],
  ['helm-values bad.yaml', { 'bad.yaml': 'apiVersion: pachkit/v1\nrelease: 2.11.6\nfoo: 1\n' }, 1, 'SCH001'],
])('%s', (args, files, exitCode, message) => {
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  const result = run(args);
  expect([result.exitCode, result.stdout]).toEqual([exitCode, '']);
  expect(result.stderr).toContain(message);
});
