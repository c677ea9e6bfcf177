import fs from 'node:fs';
import path from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { allCommands } from '../../src/cli/commands/registry';
import { providerRows } from '../../src/cli/starter/providers';
import { NEWEST_EXAMPLE } from '../../src/releases/pachyderm';
import { supportedReleases } from '../../src/releases/supported';
import { pachkit, temporaryFolder, type Outcome } from '../support/pachkit';

let folder: string;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]): Outcome => pachkit(args, { folder });
const read = (...names: string[]): string => fs.readFileSync(path.join(folder, ...names), 'utf8');

test('init writes a document that validates and synthesizes as it is', () => {
  expect(run('init', 'my-cluster')).toEqual({
    exitCode: 0,
    stderr: '',
    stdout:
      'wrote my-cluster/pachyderm.yaml\n\nnext\n  # profile dev, since no option says otherwise; for a cluster that others reach: pachkit init my-cluster --profile production --force\n  pachkit synth my-cluster/pachyderm.yaml --out my-cluster/dist/pachkit\n',
  });
  expect(run('validate', 'my-cluster/pachyderm.yaml')).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: 'valid: my-cluster\n',
  });
  expect(run('synth', 'my-cluster/pachyderm.yaml')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(run('synth', 'my-cluster/pachyderm.yaml', '--frozen')).toMatchObject({ exitCode: 0, stderr: '' });
});

test.each(Object.keys(providerRows).filter((name) => name !== 'mock'))(
  'init for %s in production writes a document that synthesizes once its variables are set',
  (provider) => {
    const { exitCode, stdout, stderr } = run('init', 'a', '--profile', 'production', '--provider', provider);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const variables = [...stdout.matchAll(/^ {2}export (\w+)=…$/gm)].map(([, name]) => name ?? '');
    const environment = Object.fromEntries(variables.map((name) => [name, 'a-secret-of-the-user']));
    const outcome = pachkit(['synth', 'a/pachyderm.yaml'], { folder, environment });
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
  },
);

test('init with choices says what to replace and what to set', () =>
  expect(
    run('init', 'a', '--profile', 'production', '--provider', 'google', '--release', '2.11.6').stdout,
  ).toBe(
    `wrote a/pachyderm.yaml

next
  # replace the names of example.com and any client id in a/pachyderm.yaml by your own
  export PACHYDERM_LICENSE=…
  export GOOGLE_CLIENT_SECRET=…
  pachkit synth a/pachyderm.yaml --out a/dist/pachkit
`,
  ));

test('init with a choice that has no names to replace says nothing of names', () =>
  expect(run('init', 'a', '--profile', 'dev').stdout).toBe(
    `wrote a/pachyderm.yaml

next
  pachkit synth a/pachyderm.yaml --out a/dist/pachkit
`,
  ));

test('init refuses choices that do not go together, with the finding that they have, and writes nothing', () => {
  const { exitCode, stdout, stderr } = run('init', 'a', '--profile', 'production', '--provider', 'mock');
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(
    `--profile production --release ${NEWEST_EXAMPLE} --provider mock --access proxy --storage s3: The connector "test" is a mock`,
  );
  expect(run('init', 'a', '--release', '2.11')).toMatchObject({
    exitCode: 2,
    stderr: `pachkit init: pachkit does not support Pachyderm 2.11; name a release of ${supportedReleases().join(', ')}\n`,
  });
  expect(run('init', 'a', '--provider', 'facebook').exitCode).toBe(2);
  expect(fs.readdirSync(folder)).toEqual([]);
});

test('init writes the schema for editors, and what git is to ignore', () => {
  run('init', 'my-cluster');
  expect(read('my-cluster/pachyderm.yaml').split('\n')[0]).toBe(
    '# yaml-language-server: $schema=./schemas/cluster.schema.json',
  );
  expect(read('my-cluster/schemas/cluster.schema.json')).toBe(run('schema').stdout);
  expect(read('my-cluster/.gitignore')).toBe('.pachkit/\ndist/\n');
});

test.each([
  ['My Cluster_2', 'my-cluster-2'],
  ['2025', '2025'],
  ['1e3', '1e3'],
  ['true', 'true'],
  ['null', 'null'],
  ['ünï', 'n'],
  ['___', 'pachyderm'],
  ['x'.repeat(80), 'x'.repeat(63)],
])('init %s makes a cluster called %s', (directory, name) => {
  expect(run('init', directory).exitCode).toBe(0);
  expect(run('validate', path.join(directory, 'pachyderm.yaml'))).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: `valid: ${name}\n`,
  });
});

test('init without a folder writes into this one', () => {
  expect(run('init').stdout).toContain(
    'wrote pachyderm.yaml\n\nnext\n  # profile dev, since no option says otherwise; for a cluster that others reach: pachkit init --profile production --force\n  pachkit synth pachyderm.yaml\n',
  );
  expect(fs.readdirSync(folder).sort()).toEqual(['.gitignore', 'pachyderm.yaml', 'schemas']);
});

test('init overwrites nothing', () => {
  fs.mkdirSync(path.join(folder, 'a/schemas'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'a/.gitignore'), 'dist/\nmine');
  fs.writeFileSync(path.join(folder, 'a/schemas/cluster.schema.json'), '{}');
  expect(run('init', 'a').exitCode).toBe(0);
  expect(read('a/.gitignore')).toBe('dist/\nmine\n.pachkit/\n');
  expect(read('a/schemas/cluster.schema.json')).toBe('{}');
  const document = read('a/pachyderm.yaml');
  expect(run('init', 'a')).toMatchObject({ exitCode: 2, stdout: '' });
  expect(read('a/pachyderm.yaml')).toBe(document);
});

test('init --force replaces the document, and nothing else', () => {
  run('init', 'a');
  const ignored = read('a/.gitignore');
  fs.writeFileSync(path.join(folder, 'a/schemas/cluster.schema.json'), '{}');
  expect(run('init', 'a', '--force', '--provider', 'okta').exitCode).toBe(0);
  expect(read('a/pachyderm.yaml')).toContain('provider: okta');
  expect([read('a/.gitignore'), read('a/schemas/cluster.schema.json')]).toEqual([ignored, '{}']);
  const refused = run('init', 'a', '--force', '--provider', 'mock', '--profile', 'production');
  expect(refused.exitCode).toBe(2);
  expect(read('a/pachyderm.yaml')).toContain('provider: okta');
});

test('init does not write through a link that leads nowhere', () => {
  fs.symlinkSync('nowhere.yaml', path.join(folder, 'pachyderm.yaml'));
  expect(run('init')).toMatchObject({ exitCode: 2, stdout: '' });
  expect(fs.readdirSync(folder)).toEqual(['pachyderm.yaml']);
});

describe('init --agents', () => {
  test('writes AGENTS.md and nothing else, once', () => {
    expect(run('init', '--agents')).toEqual({ exitCode: 0, stdout: 'wrote AGENTS.md\n', stderr: '' });
    expect(fs.readdirSync(folder)).toEqual(['AGENTS.md']);
    const written = read('AGENTS.md');
    expect(run('init', '--agents').stdout).toBe('AGENTS.md is current\n');
    expect(read('AGENTS.md')).toBe(written);
  });

  test('names commands that the program has', () => {
    run('init', '--agents');
    const lines = [...read('AGENTS.md').matchAll(/`pachkit ([a-z]+)/g)].map(([, name]) => name);
    expect(new Set(lines).size).toBeGreaterThan(8);
    expect(lines.filter((name) => !allCommands().some((command) => command.name === name))).toEqual([]);
  });

  test('leaves what is in the file, before and after the section', () => {
    fs.writeFileSync(path.join(folder, 'AGENTS.md'), '# Ours\n\nUse tabs.');
    run('init', '--agents');
    expect(read('AGENTS.md')).toMatch(/^# Ours\n\nUse tabs\.\n\n<!-- pachkit: begin -->\n/);
    const older = read('AGENTS.md').replace(/## Pachyderm[^]*codes:/, 'an older text');
    fs.writeFileSync(path.join(folder, 'AGENTS.md'), `${older}\nThe last line.\n`);
    expect(run('init', '--agents').stdout).toBe('wrote AGENTS.md\n');
    expect(read('AGENTS.md')).not.toContain('an older text');
    expect(read('AGENTS.md')).toMatch(
      /^# Ours[^]*## Pachyderm logins[^]*<!-- pachkit: end -->\n\nThe last line\.\n$/,
    );
  });

  test.each([
    ['one marker', '<!-- pachkit: begin -->\nmine\n'],
    ['markers in the wrong order', '<!-- pachkit: end -->\nmine\n<!-- pachkit: begin -->\n'],
    ['two sections', '<!-- pachkit: begin -->\n<!-- pachkit: end -->\n'.repeat(2)],
  ])('refuses a file with %s', (_, text) => {
    fs.writeFileSync(path.join(folder, 'AGENTS.md'), text);
    const { exitCode, stdout, stderr } = run('init', '--agents');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('AGENTS.md stays as it is');
    expect(read('AGENTS.md')).toBe(text);
  });
});

test('init --format json says what was written, and asks nothing', () => {
  const written = ['a/schemas/cluster.schema.json', 'a/.gitignore', 'a/pachyderm.yaml'];
  const args = ['init', 'a', '--provider', 'okta', '--format', 'json'];
  const { exitCode, stdout, stderr } = run(...args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    written,
    choices: {
      ...{ name: 'a', profile: 'dev', release: NEWEST_EXAMPLE },
      ...{ provider: 'okta', access: 'proxy', storage: 'local' },
    },
    variables: ['OKTA_CLIENT_SECRET'],
    next: ['pachkit synth a/pachyderm.yaml --out a/dist/pachkit'],
    diagnostics: [],
  });
  expect(JSON.parse(run(...args, '--force').stdout)).toMatchObject({ written: ['a/pachyderm.yaml'] });
  const agents = ['init', 'a', '--agents', '--format', 'json'];
  expect(JSON.parse(run(...agents).stdout)).toEqual({ written: ['a/AGENTS.md'], diagnostics: [] });
  expect(JSON.parse(run(...agents).stdout)).toEqual({ written: [], diagnostics: [] });
});

test('init --quiet says nothing', () =>
  expect(run('init', 'a', '--quiet')).toEqual({ exitCode: 0, stdout: '', stderr: '' }));

test('init where nothing may be written says so', () => {
  fs.chmodSync(folder, 0o555);
  const outcome = pachkit(['init', 'a'], { folder, asOrdinaryUser: true });
  fs.chmodSync(folder, 0o777);
  expect(outcome).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'pachkit init: a cannot be written (permission denied, EACCES); name another folder\n',
  });
});

describe('schema', () => {
  test.each(['cluster', 'connectors/oidc', 'dex'])('%s is one file without references to others', (name) => {
    const { exitCode, stdout, stderr } = run('schema', name);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const references = [...stdout.matchAll(/"\$ref": "([^"]*)"/g)].map(([, reference]) => reference ?? '');
    expect(references.filter((reference) => !reference.startsWith('#/'))).toEqual([]);
    expect((JSON.parse(stdout) as { $schema: string }).$schema).toBe(
      'https://json-schema.org/draft/2020-12/schema',
    );
  });

  const secrets = { file: 'text', document: { env: 'SECRET' } };

  test.each(['file', 'document'] as const)('of one target, for a %s, as any validator reads it', (form) => {
    const { exitCode, stdout, stderr } = run('schema', 'oidc', '--target', 'dex@2.45', '--form', form);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(JSON.parse(stdout) as object);
    const config = {
      issuer: 'https://acme.eu.auth0.com/',
      clientID: 'a',
      clientSecret: secrets[form],
      ...(form === 'file' && { redirectURI: 'https://dex.example.com/callback' }),
    };
    expect(validate(config)).toBe(true);
    expect(validate({ ...config, allowedGroups: ['a'] })).toBe(true);
    expect(validate({ ...config, hostedDomains: ['a'] })).toBe(false);
    const other = form === 'file' ? 'document' : 'file';
    expect(validate({ ...config, clientSecret: secrets[other] })).toBe(form === 'document');
    expect(validate({ ...config, redirectURI: undefined })).toBe(form === 'document');
  });

  test('of connector files, and of a whole Dex configuration', () => {
    const compiled = (name: string, target: string): ValidateFunction =>
      new Ajv2020({ allowUnionTypes: true }).compile(
        JSON.parse(run('schema', name, '--target', target).stdout) as object,
      );
    const config = { clientID: 'a', clientSecret: 'b', redirectURI: 'https://dex.example.com/callback' };
    const connector = { type: 'github', id: 'myGitHub', name: 'GitHub', config };
    const isFile = compiled('connector', 'pachyderm@2.11');
    expect(isFile({ ...connector, version: 3 })).toBe(true);
    expect(isFile({ type: 'mockCallback', id: 'a', name: 'A' })).toBe(false);
    const isItem = compiled('connector', 'dex@2.45');
    expect(isItem(connector)).toBe(true);
    expect(isItem({ ...connector, version: 3 })).toBe(false);
    const server = {
      issuer: 'https://dex.example.com',
      storage: { type: 'memory' },
      web: { http: ':5556' },
      connectors: [connector],
    };
    const isServer = compiled('dex', 'dex@2.45');
    expect(isServer(server)).toBe(true);
    expect(isServer({ ...server, connectors: [{ ...connector, type: 'githab' }] })).toBe(false);
  });

  test('prints nothing outside of its folder', () =>
    expect(run('schema', '../../package')).toMatchObject({ exitCode: 2, stdout: '' }));
});

test('--version prints the version', () => {
  const { version } = JSON.parse(fs.readFileSync(path.resolve(__dirname, '../../package.json'), 'utf8')) as {
    version: string;
  };
  expect(run('--version')).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
});
