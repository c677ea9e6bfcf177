import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { pachkit, temporaryFolder } from '../support/pachkit';

const HEAD =
  'apiVersion: pachkit/v1\nname: prod\nrelease: 2.12.0-rc.3\naccess: { host: a.example.com, tls: { secretName: tls } }\nidentity: { connectorsFrom: { existing: { name: connectors } } }\nstorage: { gcs: { bucket: acme } }\n';
const STORE = '.pachkit/prod.secrets.json';
const ENCRYPTED = 'prod.secrets.age';

let folder: string;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => path.join(folder, name);
const write = (text: string): void => fs.writeFileSync(at('prod.yaml'), text);
const run = (args: readonly string[], environment: Record<string, string> = {}, standardInput = '') =>
  pachkit(args, { folder, environment, standardInput });
const secret = (action: string, ...keys: string[]) => run(['secret', action, 'prod.yaml', ...keys]);
const stored = (): Record<string, string> =>
  (JSON.parse(fs.readFileSync(at(STORE), 'utf8')) as { secrets: Record<string, string> }).secrets;

describe('a store in clear text', () => {
  beforeEach(() => {
    write(`${HEAD}console: { clientSecret: { env: CONSOLE } }\n`);
    expect(run(['synth', 'prod.yaml'], { CONSOLE: 'planted' }).exitCode).toBe(0);
  });

  test('is listed without secrets', () => {
    const { stdout, exitCode } = secret('list');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\/auth\/rootToken +generated, kept$/m);
    expect(stdout).toMatch(/^\/console\/clientSecret +in an environment variable$/m);
    for (const text of Object.values(stored())) expect(stdout).not.toContain(text);
    const file = JSON.parse(fs.readFileSync(at(STORE), 'utf8')) as { secrets: object };
    const secrets = { ...file.secrets, '/identity/clients/old/secret': 'planted' };
    fs.writeFileSync(at(STORE), JSON.stringify({ ...file, secrets }));
    expect(secret('list').stdout).toMatch(
      /^\/identity\/clients\/old\/secret +kept, and no longer in the document$/m,
    );
  });

  test.each(['auth.rootToken', '/auth/rootToken'])('gives one by %s', (name) => {
    expect(secret('get', name)).toEqual({
      exitCode: 0,
      stdout: `${stored()['/auth/rootToken']}\n`,
      stderr: '',
    });
  });

  test('has another secret after rotate and set, which change no other', () => {
    const before = stored();
    const rotated = secret('rotate', 'auth.rootToken', 'auth.clientSecret');
    expect(rotated.exitCode).toBe(0);
    expect(rotated.stdout).toContain('pachkit deploy prod.yaml');
    const after = stored();
    const changed = Object.keys(before).filter((key) => before[key] !== after[key]);
    expect(changed).toEqual(['/auth/clientSecret', '/auth/rootToken']);
    expect(after['/auth/rootToken']).toMatch(/^[A-Za-z0-9]{32}$/);
    for (const text of [...Object.values(before), ...Object.values(after)])
      expect(rotated.stdout + rotated.stderr).not.toContain(text);
    expect(run(['secret', 'set', 'prod.yaml', 'auth.rootToken'], {}, 'my text\n').exitCode).toBe(0);
    expect(stored()).toEqual({ ...after, '/auth/rootToken': 'my text' });
    expect(fs.statSync(at(STORE)).mode & 0o777).toBe(0o600);
  });

  test.each([
    [['list', 'prod.yaml', 'auth.rootToken'], '', 'list takes no keys'],
    [['get', 'prod.yaml'], '', 'get takes one key'],
    [['show', 'prod.yaml'], '', 'unknown action "show"; expected list, get, set, rotate'],
    [['lst', 'prod.yaml'], '', 'unknown action "lst"; did you mean "list"?'],
    [['rotate', 'prod.yaml', 'auth.rotToken'], '', 'did you mean "auth.rootToken"?'],
    [
      ['rotate', 'prod.yaml', 'console.clientSecret'],
      '',
      'is not generated: it is in an environment variable',
    ],
    [['set', 'prod.yaml', 'auth.rootToken'], '', 'standard input is empty'],
    [['set', 'prod.yaml', 'auth.rootToken'], ' \n', 'standard input holds nothing but white space'],
    [['set', 'prod.yaml', 'auth.rootToken'], 'a\0b', 'standard input holds binary data'],
    [
      ['set', 'prod.yaml', 'auth.rootToken'],
      'x'.repeat(300_000),
      'more than 262144 bytes, too many for a secret',
    ],
    [['set', 'prod.yaml', 'auth.rootToken', 'auth.clientSecret'], 'x', 'set takes one key'],
  ])('is as it was after %j', (args, input, message) => {
    const before = fs.readFileSync(at(STORE), 'utf8');
    const { exitCode, stdout, stderr } = run(['secret', ...args], {}, input);
    expect(stderr).toContain(message);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(fs.readFileSync(at(STORE), 'utf8')).toBe(before);
  });

  test('is never replaced when it cannot be read', () => {
    fs.writeFileSync(at(STORE), '{');
    const { exitCode, stderr } = secret('rotate', 'auth.rootToken');
    expect(stderr).toContain('error SEC003');
    expect(exitCode).toBe(2);
    expect(fs.readFileSync(at(STORE), 'utf8')).toBe('{');
  });
});

describe('an encrypted store', () => {
  let keys: { identity: string; recipient: string }[];
  beforeAll(async () => {
    const identities = await Promise.all([generateX25519Identity(), generateX25519Identity()]);
    keys = await Promise.all(
      identities.map(async (identity) => ({ identity, recipient: await identityToRecipient(identity) })),
    );
  });
  const key = (index = 0) => keys[index] ?? { identity: '', recipient: '' };
  const environment = (index = 0) => ({ PACHKIT_AGE_KEY: key(index).identity });
  const withStore = (recipients: readonly string[], more = ''): void =>
    write(`${HEAD}secrets: { store: { age: [${recipients.join(', ')}]${more} } }\n`);
  const rootToken = (index = 0) => run(['secret', 'get', 'prod.yaml', 'auth.rootToken'], environment(index));

  test('is made, read and never in clear text', () => {
    withStore([key().recipient]);
    expect(run(['synth', 'prod.yaml'], environment())).toMatchObject({ exitCode: 0, stderr: '' });
    const { stdout } = rootToken();
    expect(stdout).toMatch(/^[A-Za-z0-9]{32}\n$/);
    expect(fs.existsSync(at('.pachkit/prod.secrets.json'))).toBe(false);
    const file = fs.readFileSync(at(ENCRYPTED), 'utf8');
    expect(file).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    // Nothing new, nothing written: a commit has no change in it.
    expect(run(['synth', 'prod.yaml'], { ...environment(), CI: 'true' }).exitCode).toBe(0);
    expect(fs.readFileSync(at(ENCRYPTED), 'utf8')).toBe(file);
  });

  test('takes over what was kept in clear text, and says that it is still there', () => {
    write(HEAD);
    expect(run(['synth', 'prod.yaml']).exitCode).toBe(0);
    const before = stored()['/auth/rootToken'];
    withStore([key().recipient]);
    expect(run(['synth', 'prod.yaml'], environment()).exitCode).toBe(0);
    expect(rootToken().stdout).toBe(`${before}\n`);
    expect(run(['synth', 'prod.yaml'], environment()).stderr).toContain('warning SEC026');
    fs.rmSync(at(STORE));
    expect(run(['synth', 'prod.yaml'], environment()).stderr).toBe('');
  });

  test('is encrypted anew when a recipient is added, by who has a key to it', () => {
    withStore([key().recipient]);
    run(['synth', 'prod.yaml'], environment());
    const { stdout } = rootToken();
    expect(rootToken(1).exitCode).toBe(2);
    withStore([key(0).recipient, key(1).recipient]);
    expect(run(['synth', 'prod.yaml'], environment()).exitCode).toBe(0);
    expect(rootToken(1).stdout).toBe(stdout);
    withStore([key(1).recipient]);
    expect(run(['synth', 'prod.yaml'], environment(1)).exitCode).toBe(0);
    expect(rootToken(0)).toMatchObject({ exitCode: 2, stdout: '' });
  });

  test('is read with a key from a file', () => {
    withStore([key().recipient]);
    run(['synth', 'prod.yaml'], environment());
    fs.writeFileSync(at('key.txt'), `# created: today\n${key().identity}\n`);
    const { stdout } = rootToken();
    withStore([key().recipient], ', identity: { file: key.txt }');
    expect(secret('get', 'auth.rootToken')).toMatchObject({ exitCode: 0, stdout });
  });

  test.each([
    [
      'no key',
      () => ({}),
      'the environment variable PACHKIT_AGE_KEY is not set',
      () => 'set PACHKIT_AGE_KEY to a key whose recipient is in secrets.store.age',
    ],
    [
      'what is no key',
      () => ({ PACHKIT_AGE_KEY: 'AGE-SECRET-KEY-1X' }),
      'is not a private key of age',
      () => 'set PACHKIT_AGE_KEY to a key whose recipient is in secrets.store.age',
    ],
    [
      'the key of another',
      () => environment(1),
      'it is encrypted for other recipients than the key in the environment variable PACHKIT_AGE_KEY',
      () => `have someone who has one add ${key(1).recipient}, the recipient of yours, to secrets.store.age`,
    ],
  ])('with %s stops everything, and stays as it is', (_, variables, message, hint) => {
    withStore([key().recipient]);
    run(['synth', 'prod.yaml'], environment());
    const before = fs.readFileSync(at(ENCRYPTED), 'utf8');
    for (const args of [
      ['synth', 'prod.yaml', '--out', 'other'],
      ['secret', 'rotate', 'prod.yaml', 'auth.rootToken'],
    ]) {
      const { exitCode, stdout, stderr } = run(args, variables());
      expect(stderr).toContain('error SEC025');
      expect(stderr).toContain('at prod.yaml:7:19\n');
      expect(stderr).toContain(message);
      expect(stderr).toContain(hint());
      expect(stderr).not.toContain(key(1).identity);
      expect([exitCode, stdout]).toEqual([2, '']);
    }
    expect(fs.existsSync(at('other'))).toBe(false);
    expect(fs.readFileSync(at(ENCRYPTED), 'utf8')).toBe(before);
  });

  test('is not begun with a key that could not read it again', () => {
    withStore([key(0).recipient]);
    const { exitCode, stderr } = run(['synth', 'prod.yaml'], environment(1));
    expect(stderr).toContain('error SEC025');
    expect(stderr).toContain('is of none of the recipients in secrets.store.age');
    expect(stderr).toContain(`help: add ${key(1).recipient}, the recipient of that key`);
    expect(exitCode).toBe(2);
    expect(fs.existsSync(at(ENCRYPTED))).toBe(false);
  });

  test('goes on for another team only with a key of its own, and stays as it is without one', () => {
    withStore([key(0).recipient]);
    run(['synth', 'prod.yaml'], environment());
    const before = fs.readFileSync(at(ENCRYPTED), 'utf8');
    withStore([key(1).recipient]);
    const { exitCode, stderr } = run(['synth', 'prod.yaml'], environment(0));
    expect(stderr).toContain('error SEC025: Generated secrets cannot be kept in prod.secrets.age');
    expect(stderr).toContain(`help: add ${key(0).recipient}, the recipient of that key`);
    expect(exitCode).toBe(2);
    expect(fs.readFileSync(at(ENCRYPTED), 'utf8')).toBe(before);
  });

  test('without a key in its file names the file', () => {
    withStore([key().recipient], ', identity: { file: none.txt }');
    const { exitCode, stderr } = run(['synth', 'prod.yaml'], {});
    expect(stderr).toContain('the file none.txt: there is no such file');
    expect(stderr).toContain('help: put a key whose recipient is in secrets.store.age there');
    expect(exitCode).toBe(2);
  });
});

test('the command for a new password of the database hands it to psql without showing it', () => {
  write(`${HEAD}database: { internal: {} }\n`);
  run(['synth', 'prod.yaml']);
  const { stdout } = secret('rotate', 'database.internal.password');
  const command = stdout.split('\n').find((line) => line.includes('kubectl')) ?? '';
  fs.mkdirSync(at('bin'));
  // Stands for the pod: runs what kubectl is given, with a psql that shows what it is told.
  const programs = {
    kubectl: 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
    psql: 'echo "arguments: $@"; echo "new: $new"; cat',
    pachkit: `exec "${process.execPath}" "${path.resolve(__dirname, '../../dist/bin/pachkit.js')}" "$@"`,
  };
  for (const [name, script] of Object.entries(programs))
    fs.writeFileSync(at(`bin/${name}`), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const told = spawnSync('sh', ['-c', command], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${at('bin')}:${process.env['PATH']}` },
  }).stdout;
  expect(told).toBe(
    [
      'arguments: -U postgres -v ON_ERROR_STOP=1',
      `new: ${stored()['/database/internal/password']}`,
      '\\set password `printenv new`',
      `ALTER ROLE "pachyderm" PASSWORD :'password';`,
      '',
    ].join('\n'),
  );
  expect(command).not.toContain(stored()['/database/internal/password'] ?? '');
});
