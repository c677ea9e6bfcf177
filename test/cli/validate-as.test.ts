import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const PROGRAM = path.resolve(__dirname, '../../dist/bin/pachkit.js');
const FIXTURES = path.resolve(__dirname, '../fixtures');

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-validate-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program in the folder of the test. */
function pachkit(args: readonly string[], standardInput = ''): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    input: standardInput,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  return { exitCode: status, stdout, stderr };
}

function write(name: string, text: string): string {
  fs.writeFileSync(path.join(folder, name), text);
  return name;
}

function read(name: string): string {
  return fs.readFileSync(path.join(folder, name), 'utf8');
}

function copy(fixture: string, name = path.basename(fixture)): string {
  fs.copyFileSync(path.join(FIXTURES, fixture), path.join(folder, name));
  return name;
}

const CONNECTOR = `type: linkedin
id: li
name: LinkedIn   # button
config:
  clientid: a
  clientSecret: b
  redirectURI: https://x.example.com/dex/callback
`;
/** The same at a server of one organization. */
const GITEA = `${CONNECTOR.replace('linkedin', 'gitea').trimEnd()}\n  baseURL: https://git.acme.com\n`;

test.each([
  ['connectors/oidc-as-printed.json.txt', 'product-files/as-printed-json.stdout.txt'],
  ['connectors/oidc-as-printed.yaml.txt', 'product-files/as-printed-yaml.stdout.txt'],
])('%s, recognized and reported', (fixture, expected) => {
  const file = copy(fixture);
  expect(pachkit(['validate', file, '--target', 'pachyderm@2.11'])).toEqual({
    exitCode: 1,
    stdout: fs.readFileSync(path.join(FIXTURES, expected), 'utf8'),
    stderr: '',
  });
  const named = pachkit(['validate', file, '--as', 'connector', '--target', 'pachyderm@2.11']);
  expect(named.stdout).toBe(fs.readFileSync(path.join(FIXTURES, expected), 'utf8'));
});

test.each(['json', 'yaml'])('the same in %s, repaired, is valid', (format) => {
  const file = copy(`connectors/oidc-repaired.${format}`);
  const outcome = pachkit(['validate', file, '--as', 'connector', '--target', 'pachyderm@2.2']);
  expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
  expect(outcome.stdout).toMatch(new RegExp(`^valid: ${file} \\(connector, pachyderm@2\\.2\\)$`, 'm'));
  expect(outcome.stdout).not.toMatch(/^error/m);
});

test('each kind is recognized, and checked for the newest version or what it says', () => {
  write('gh.yaml', GITEA.replace('clientid', 'clientID'));
  write(
    'values.yaml',
    "oidc:\n  upstreamIDPs:\n  - { id: m, name: M, type: atlassian-crowd, config: { baseURL: 'https://c.example.com', clientID: a, clientSecret: b } }\n",
  );
  copy('connectors/dex-config.yaml');
  expect(pachkit(['validate', 'gh.yaml', 'values.yaml', 'dex-config.yaml'])).toEqual({
    exitCode: 0,
    stdout:
      'valid: gh.yaml (connector, pachyderm@2.12), values.yaml (helm-values, pachyderm@2.11), dex-config.yaml (dex-config, dex@2.45)\n' +
      'checked: values.yaml, 1 value and 1 connector: names, types, effect in the release, what the chart refuses, rules for logins; not checked: deployTarget and what else other values files must say\n',
    stderr: '',
  });
});

test('of several manifests those with something to check are checked', () => {
  const other = 'apiVersion: v1\nkind: Secret\nstringData: { a: b }\n---\napiVersion: v1\nkind: Secret\n';
  const redirectURI = 'https://pachyderm.example.com/dex/callback';
  const list = `[{ id: g, name: G, type: github, config: { clientID: a, clientSecret: b, redirectURI: '${redirectURI}', orgs: [{ name: a }] } }]`;
  const configuration =
    "{ issuer: 'https://dex.example.com', storage: { type: memory }, enablePasswordDB: yes }";
  write('idps.yaml', `${other}stringData:\n  upstream-idps: |\n    ${list}\n`);
  write('dex.yaml', `${other}stringData:\n  config.yaml: |\n    ${configuration}\n`);
  const { stdout, exitCode } = pachkit(['validate', 'idps.yaml', 'dex.yaml']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^warning DEX212: [^\n]*\n {2}at dex\.yaml:9:7\n/);
  expect(stdout).not.toMatch(/error/);
  expect(stdout).toContain('idps.yaml (upstream-idps, pachyderm@2.12), dex.yaml (dex-config, dex@2.45)');
});

test('manifests without anything to check are no cluster documents, and chart values are checked', () => {
  write('service.yaml', 'apiVersion: v1\nkind: Service\n---\napiVersion: v1\nkind: Secret\n---\n');
  write('values.yaml', 'proxy: { enabled: true, host: pach.example.com }\noidc: { mockIDP: true }\n');
  const { stdout, stderr, exitCode } = pachkit(['validate', 'service.yaml', 'values.yaml']);
  expect({ stdout, stderr, exitCode }).toEqual({
    exitCode: 1,
    stderr: '',
    stdout: `error FIL011: There is nothing to check in service.yaml: no object in it holds a list of upstream identity providers or a Dex configuration
  at service.yaml
  help: name the file with the Secret or ConfigMap that holds one; a cluster document begins with apiVersion: pachkit/v1

1 error; pachkit explain FIL011 explains the first
`,
  });
});

test('a document without apiVersion is a cluster document still', () => {
  write('prod.yaml', 'name: prod\nrelease: 2.11.6\n');
  write('mixed.yaml', 'apiVersion: v1\nkind: Service\n---\nname: prod\n');
  write('moved.yaml', 'release: 2.11.6\nproxy: { enabled: true }\n');
  expect(pachkit(['validate', 'prod.yaml']).stdout).toContain('SCH002');
  expect(pachkit(['validate', 'moved.yaml']).stdout).toContain('SCH001');
  expect(pachkit(['validate', 'mixed.yaml']).stdout).not.toContain('nothing to check');
});

test('findings as JSON', () => {
  write('dex.yml', 'issuer: https://dex.example.com\nstorage: { type: memory }\nweb: { http: ":80" }\n');
  const { stdout, stderr, exitCode } = pachkit(['validate', 'dex.yml', '--format', 'json']);
  expect({ stderr, exitCode, ...(JSON.parse(stdout) as object) }).toEqual({
    stderr: '',
    exitCode: 1,
    diagnostics: [
      {
        code: 'DEX218',
        severity: 'error',
        message: 'There are no connectors and no passwords to log in with: `server: no connectors specified`',
        file: 'dex.yml',
        line: 1,
        column: 1,
        endLine: 1,
        endColumn: 7,
        path: '',
        hint: 'add `connectors`, or `enablePasswordDB: true`',
        docs: 'pachkit explain DEX218',
      },
    ],
  });
});

describe('wrong use', () => {
  test.each<[string, string[], string]>([
    [
      'a target that is none',
      ['--target', 'pachyderm'],
      'pachkit validate: "pachyderm" is not a valid target; write product@version, such as pachyderm@2.12 or dex@2.45\n',
    ],
    [
      'a version that no one knows',
      ['--target', 'dex@2.99'],
      'pachkit validate: unsupported version Dex 2.99; supported are 2.29 to 2.45; take the nearest one, dex@2.45\n',
    ],
  ])('%s', (_, args, stderr) => {
    write('c.yaml', CONNECTOR);
    expect(pachkit(['validate', 'c.yaml', ...args])).toEqual({ exitCode: 2, stdout: '', stderr });
  });

  test('a kind that does not exist', () => {
    const { exitCode, stderr } = pachkit(['validate', 'c.yaml', '--as', 'values']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'Allowed choices are cluster, connector, dex-config, helm-values, upstream-idps',
    );
  });

  test('a target that does not read the file', () => {
    write('dex.yml', 'issuer: https://dex.example.com\nstorage: { type: memory }\n');
    expect(pachkit(['validate', 'dex.yml', '--target', 'pachyderm@2.11'])).toEqual({
      exitCode: 2,
      stdout: `error FIL013: dex.yml is a Dex configuration, which Pachyderm 2.11's Dex does not read
  at dex.yml
  help: name a version of what reads it, such as --target dex@2.45

1 error; pachkit explain FIL013 explains the first
`,
      stderr: '',
    });
  });

  test('a file that is not there', () => {
    const { exitCode, stdout } = pachkit(['validate', 'none.yaml', '--as', 'connector']);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^error DOC001: none\.yaml: there is no such file$/m);
  });
});

describe('--fix', () => {
  const gitea = GITEA;

  test('fixes the file and reports what is left', () => {
    write('c.yaml', gitea.replace('id: li', 'id: li\nversion: "1"'));
    fs.chmodSync(path.join(folder, 'c.yaml'), 0o600);
    expect(pachkit(['validate', 'c.yaml', '--fix'])).toEqual({
      exitCode: 1,
      stdout: `fixed: c.yaml, 1 fix: Rename the key to clientID
error FIL003: \`version\` must be a whole number, not a string: \`unable to parse config: could not parse intermediate JSON: json: cannot unmarshal string into Go struct field connectorConfig.Version of type int64\`
  at c.yaml:3:10
  2 | id: li
  3 | version: "1"
    |          ^^^
  help: write it without quotes

1 error; pachkit explain FIL003 explains the first
`,
      stderr: '',
    });
    expect(read('c.yaml')).toBe(
      gitea.replace('id: li', 'id: li\nversion: "1"').replace('clientid', 'clientID'),
    );
    expect(fs.statSync(path.join(folder, 'c.yaml')).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(folder)).toEqual(['c.yaml']);
  });

  test('is idempotent', () => {
    write('c.yaml', gitea);
    expect(pachkit(['validate', 'c.yaml', '--fix']).exitCode).toBe(0);
    expect(pachkit(['validate', 'c.yaml', '--fix'])).toEqual({
      exitCode: 0,
      stdout: 'nothing is safe to fix\nvalid: c.yaml (connector, pachyderm@2.12)\n',
      stderr: '',
    });
  });

  test('prints what came from standard input, and says the rest on standard error', () => {
    expect(pachkit(['validate', '-', '--fix'], gitea)).toEqual({
      exitCode: 0,
      stdout: gitea.replace('clientid', 'clientID'),
      stderr:
        'fixed: <stdin>, 1 fix: Rename the key to clientID\nvalid: <stdin> (connector, pachyderm@2.12)\n',
    });
    const untouched = gitea.replace('clientid', 'clientID');
    expect(pachkit(['validate', '-', '--fix', '--quiet'], untouched)).toEqual({
      exitCode: 0,
      stdout: untouched,
      stderr: '',
    });
  });

  test('as JSON', () => {
    write('c.yaml', gitea);
    const { stdout, exitCode } = pachkit(['validate', 'c.yaml', '--fix', '--format', 'json']);
    expect({ exitCode, ...(JSON.parse(stdout) as object) }).toEqual({
      exitCode: 0,
      fixed: [{ file: 'c.yaml', fixes: ['Rename the key to clientID'] }],
      notFixed: [],
      diagnostics: [],
    });
  });

  test('leaves programs alone and says so', () => {
    const program = `export default {
  apiVersion: 'pachkit/v1',
  release: '2.12.0-rc.3',
  profile: 'dev',
  acces: { via: 'proxy' },
  secrets: { seed: 'x' },
  storage: { local: { hostPath: '/var/pachyderm/' } },
  identity: { connectors: [{ type: 'mockPassword', id: 'm', name: 'M', config: { username: 'a', password: 'b' } }] },
};
`;
    write('cluster.ts', program);
    const { stdout, exitCode } = pachkit(['validate', 'cluster.ts', '--fix']);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^nothing is safe to fix\nnot fixed: cluster\.ts: a program is not rewritten; fix it as the help says\nerror SCH001: /,
    );
    expect(read('cluster.ts')).toBe(program);
  });

  test('a document and its base', () => {
    write(
      'base.yaml',
      `apiVersion: pachkit/v1\nrelease: 2.12.0-rc.3\nprofile: dev\nsecrets: { seed: x } # kept\nStorage:\n  local: { hostPath: /var/pachyderm/ }\n`,
    );
    write(
      'prod.yaml',
      `extends: ./base.yaml\nidentity:\n  connectors:\n    - { type: mockPassword, id: m, name: M, config: { UserName: a, password: b } }\n`,
    );
    const outcome = pachkit(['validate', 'prod.yaml', '--fix']);
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
    expect(outcome.stdout).toMatch(
      /^fixed: (base|prod)\.yaml, 1 fix: Rename the key to \w+\nfixed: (base|prod)\.yaml, 1 fix: Rename the key to \w+\n/,
    );
    expect(read('base.yaml')).toContain('seed: x } # kept\nstorage:\n');
    expect(read('prod.yaml')).toContain('{ username: a, password: b }');
  });
});
