import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { pachkit, temporaryFolder } from '../support/pachkit';

/** What a shell, JSON, a terminal or a template would read in its own way. */
const HOSTILE = `a'b"$(touch pwned)\`touch pwned\`\\n%s{{x}}\u00e4\u202e -- @file`;

/** A program in the place of one of a store: it records its arguments and what comes on standard input. */
const STAND_IN = `#!${process.execPath}
const fs = require('node:fs');
const args = process.argv.slice(2);
const path = require('node:path');
const isUpdate = ['put-secret-value', 'add'].some((word) => args.includes(word));
const program = path.basename(process.argv[1]);
// vault takes -, gcloud --data-file=-, aws and az the path of standard input.
const input = fs.readFileSync(0, 'utf8');
fs.appendFileSync('started.jsonl', JSON.stringify({ program, args, input }) + '\\n');
process.exit(isUpdate && process.env.NEW_ENTRIES === '1' ? 1 : 0);
`;

interface Started {
  readonly program: string;
  readonly args: readonly string[];
  readonly input: string;
}

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  fs.mkdirSync(at('bin'));
  for (const program of ['vault', 'aws', 'gcloud', 'az'])
    fs.writeFileSync(at(`bin/${program}`), STAND_IN, { mode: 0o755 });
  const main = path.resolve(__dirname, '../../dist/bin/pachkit.js');
  fs.writeFileSync(at('bin/pachkit'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`, {
    mode: 0o755,
  });
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => path.join(folder, name);
const write = (externalSecret: object, output = 'externalSecret'): void =>
  fs.writeFileSync(
    at('a prod.yaml'),
    JSON.stringify({
      apiVersion: 'pachkit/v1',
      name: 'prod',
      release: '2.12.0-rc.3',
      access: { host: 'a.example.com', tls: { secretName: 'tls' } },
      identity: {
        connectors: [
          {
            type: 'github',
            id: 'github',
            name: 'GitHub',
            config: { clientID: 'x', clientSecret: { env: 'HOSTILE' }, orgs: [{ name: 'acme' }] },
          },
        ],
      },
      storage: {
        s3: {
          bucket: 'data',
          region: 'eu-central-1',
          credentials: { id: { env: 'HOSTILE' }, secret: { env: 'HOSTILE' } },
        },
      },
      secrets: { output, ...(output === 'externalSecret' ? { externalSecret } : {}) },
    }),
  );
const environment = { HOSTILE };
const secret = (action: string, ...more: string[]) =>
  pachkit(['secret', action, 'a prod.yaml', ...more], { folder, environment });

/** The content of the Secrets that the same document has in clear text. */
function clearSecrets(): Record<string, Record<string, string>> {
  write({}, 'manifests');
  expect(pachkit(['synth', 'a prod.yaml', '--only', 'manifests'], { folder, environment }).exitCode).toBe(0);
  const text = fs.readFileSync(at('dist/pachkit/prod/manifests/01-secrets.yaml'), 'utf8');
  const secrets = text
    .split(/^---$/m)
    .map((each) => load(each) as { metadata: { name: string }; stringData?: Record<string, string> } | null);
  return Object.fromEntries(
    secrets.flatMap((each) => (each ? [[each.metadata.name, each.stringData ?? {}]] : [])),
  );
}

/** Runs printed commands in a shell, and what the stand-ins were started with. */
function runInShell(commands: string, variables: Record<string, string> = {}): Started[] {
  const { status, stderr } = spawnSync('sh', ['-c', commands], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${at('bin')}:/usr/bin:/bin`, HOME: folder, ...environment, ...variables },
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(fs.existsSync(at('pwned'))).toBe(false);
  return fs
    .readFileSync(at('started.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Started);
}

const FORMS = [
  [
    'vault',
    { store: 'vault', prefix: 'pach/prod/' },
    ['--in', 'kv'],
    'pach/prod/',
    ['kv', 'put', '-mount=kv', 'ENTRY', '-'],
  ],
  [
    'aws',
    { store: 'aws' },
    [],
    'prod-',
    ['secretsmanager', 'put-secret-value', '--secret-id', 'ENTRY', '--secret-string', 'file:///dev/stdin'],
  ],
  ['gcloud', { store: 'gcp' }, [], 'prod-', ['secrets', 'versions', 'add', 'ENTRY', '--data-file=-']],
  [
    'az',
    { store: 'azure' },
    ['--in', 'acme'],
    'prod-',
    [
      ...['keyvault', 'secret', 'set', '--vault-name', 'acme', '--name', 'ENTRY'],
      ...['--encoding', 'utf-8', '--file', '/dev/stdin', '--output', 'none'],
    ],
  ],
] as const;

describe.each(FORMS)('the commands for %s', (tool, form, more, prefix, args) => {
  test.each([[[]], [['--show']]])('put into the store what the Secrets have, with %j', (shown) => {
    write(form);
    const { exitCode, stdout, stderr } = secret('store', '--with', tool, ...more, ...shown);
    expect([exitCode, stderr]).toEqual([0, '']);
    if (shown.length === 0) expect(stdout).not.toMatch(/pwned|root-token/);
    const started = runInShell(stdout);
    const secrets = clearSecrets();
    expect(started.length).toBeGreaterThan(3);
    for (const each of started) {
      const entry = each.args.find((arg) => arg.startsWith(prefix)) ?? '';
      expect(each).toMatchObject({ program: tool, args: args.map((arg) => (arg === 'ENTRY' ? entry : arg)) });
      // What is not secret is in the template of the ExternalSecret.
      const values = JSON.parse(each.input) as Record<string, string>;
      expect(Object.keys(values).length).toBeGreaterThan(0);
      expect(secrets[entry.slice(prefix.length)]).toMatchObject(values);
    }
    expect(
      started.some(({ input }) => (JSON.parse(input) as { AMAZON_ID?: string }).AMAZON_ID === HOSTILE),
    ).toBe(true);
  });
});

test.each([
  ['aws', ['secretsmanager', 'create-secret', '--name']],
  ['gcloud', ['secrets', 'create']],
])('an entry that is not there yet is made by %s, with the same', (tool, args) => {
  write({ store: 'cloud' });
  const started = runInShell(secret('store', '--with', tool).stdout, { NEW_ENTRIES: '1' });
  const made = started.filter((each) => args.every((arg) => each.args.includes(arg)));
  expect(made).toHaveLength(started.length / 2);
  for (const [index, { input }] of started.entries())
    if (index % 2 === 1) expect(input).toBe(started[index - 1]?.input);
});

test.each(['aws', 'gcloud', 'az'])('%s is given nothing where a secret cannot be read', (tool) => {
  write({ store: 'cloud' });
  const { stdout } = secret('store', '--with', tool, ...(tool === 'az' ? ['--in', 'acme'] : []));
  const [command = ''] = stdout.split('\n');
  const { stderr } = spawnSync('sh', ['-c', command], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${at('bin')}:/usr/bin:/bin`, HOME: folder },
  });
  expect(stderr).toContain('HOSTILE is not set');
  expect(fs.existsSync(at('started.jsonl'))).toBe(false);
});

test('names that a store does not take are told at the prefix, all of them', () => {
  write({ store: 'gcp', prefix: 'pach/prod/' });
  const { exitCode, stdout, stderr } = secret('store', '--with', 'gcloud');
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toContain('error SEC031: The store of gcloud takes no entries of such names: pach/prod/');
  expect(stderr.match(/SEC031: /g)).toHaveLength(1);
});

test.each(['vault', 'aws', 'gcloud', 'az'])('%s takes no entry for one of its options', (tool) => {
  write({ store: 'acme', prefix: '-' });
  const { exitCode, stdout, stderr } = secret(
    'store',
    '--with',
    tool,
    ...(tool === 'az' ? ['--in', 'a'] : []),
  );
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toContain(`error SEC031: The store of ${tool} takes no entries of such names: -`);
});

test.each([
  [['store'], 'store needs --with vault|aws|gcloud|az'],
  [['store', '--with', 'az'], '--with az needs --in, the name of the key vault'],
  [['store', '--with', 'aws', '--in', 'x'], '--in means nothing to aws'],
  [['store', '--with', 'aws', 'x'], 'store takes no keys'],
  [['entry'], 'entry takes the name of a Secret, such as pachyderm-auth'],
  [['entry', 'pachyderm-aut'], 'did you mean'],
])('%j is refused', ([action = '', ...more], problem) => {
  write({ store: 'cloud' });
  expect(secret(action, ...more)).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining(problem) as string,
  });
});

test.each([
  ['store', '--with', 'vault'],
  ['entry', 'pachyderm-auth'],
])('%s of a document without a store is refused', (...args) => {
  write({}, 'manifests');
  const { exitCode, stderr } = secret(args[0] ?? '', ...args.slice(1));
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('the document has no store')]);
});
