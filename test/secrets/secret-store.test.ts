import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { FileLock } from '../../src/files/file-lock';
import { ownIdentity } from '../../src/files/process-identity';
import { SecretStore, StoreLocked, StoreProblem } from '../../src/secrets/secret-store';
import { asOrdinaryUser } from '../support/as-ordinary-user';

let folder: string;
let store: SecretStore;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-'));
  store = new SecretStore(folder, 'prod');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const modeOf = (...names: string[]): number => fs.statSync(path.join(folder, ...names)).mode & 0o777;

describe('a store', () => {
  test('is empty before anything is stored, and nothing is written by reading it', () => {
    expect(store.read()).toEqual({});
    expect(store.isExposed()).toBe(false);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('can be read by its owner only, and is ignored by git', () => {
    store.add({ '/auth/rootToken': 'text' });
    expect(modeOf('.pachkit')).toBe(0o700);
    expect(modeOf('.pachkit', 'prod.secrets.json')).toBe(0o600);
    expect(fs.readFileSync(path.join(folder, '.pachkit', '.gitignore'), 'utf8')).toBe('*\n');
    expect(store.isExposed()).toBe(false);
  });

  test('leaves nothing else behind', () => {
    store.add({ a: 'text' });
    expect(fs.readdirSync(path.join(folder, '.pachkit')).sort()).toEqual(['.gitignore', 'prod.secrets.json']);
  });

  test('keeps what it has: other strings for the same keys are not taken', () => {
    store.add({ b: 'first', a: 'first' });
    expect(store.add({ a: 'second', c: 'second' })).toEqual({ a: 'first', b: 'first', c: 'second' });
    expect(new SecretStore(folder, 'prod').read()).toEqual({ a: 'first', b: 'first', c: 'second' });
  });

  test('is the same file whatever order its strings come in', () => {
    store.add({ b: '2', a: '1' });
    const other = new SecretStore(folder, 'other');
    other.add({ a: '1' });
    other.add({ b: '2' });
    expect(fs.readFileSync(other.fileName, 'utf8')).toBe(fs.readFileSync(store.fileName, 'utf8'));
  });

  test('a .gitignore of the user stays', () => {
    fs.mkdirSync(path.join(folder, '.pachkit'));
    fs.writeFileSync(path.join(folder, '.pachkit', '.gitignore'), '# mine\n');
    store.add({ a: '1' });
    expect(fs.readFileSync(path.join(folder, '.pachkit', '.gitignore'), 'utf8')).toBe('# mine\n');
  });

  test('clusters have stores of their own', () => {
    store.add({ a: 'prod' });
    expect(new SecretStore(folder, 'staging').read()).toEqual({});
  });

  test.each([0o640, 0o604, 0o666, 0o610])('with mode %o is open to others', (mode) => {
    store.add({ a: '1' });
    fs.chmodSync(store.fileName, mode);
    expect(store.isExposed()).toBe(true);
  });

  test('gets its mode back when something is added', () => {
    store.add({ a: '1' });
    fs.chmodSync(store.fileName, 0o644);
    store.add({ b: '2' });
    expect(modeOf('.pachkit', 'prod.secrets.json')).toBe(0o600);
  });
});

describe('a store that is unusable', () => {
  test.each([
    ['not JSON', '{', 'it is not JSON'],
    ['empty', '', 'it is not JSON'],
    ['null', 'null', 'it does not have the form that pachkit writes'],
    ['a list', '[]', 'it does not have the form that pachkit writes'],
    ['without secrets', '{}', 'it does not have the form that pachkit writes'],
    ['with a list of secrets', '{"secrets":["a"]}', 'it does not have the form that pachkit writes'],
    ['of no form', '{"secrets":{"a":"b"}}', 'it does not have the form that pachkit writes'],
    [
      'of a newer pachkit',
      '{"apiVersion":"pachkit/v2","extra":1,"secrets":{"a":"b"}}',
      'it is of the form pachkit/v2, which a newer pachkit wrote and reads',
    ],
    ['with a number', '{"secrets":{"a":5}}', 'it does not have the form that pachkit writes'],
  ])('%s: it is not read, and never overwritten', (_name, text, message) => {
    fs.mkdirSync(path.join(folder, '.pachkit'));
    fs.writeFileSync(store.fileName, text);
    expect(() => store.read()).toThrow(new StoreProblem(message));
    expect(() => store.add({ a: '1' })).toThrow(StoreProblem);
    expect(fs.readFileSync(store.fileName, 'utf8')).toBe(text);
  });

  test('a folder in its place', () => {
    fs.mkdirSync(store.fileName, { recursive: true });
    expect(() => store.read()).toThrow(
      new StoreProblem('it cannot be read (a folder is in its place, EISDIR)'),
    );
  });

  test.each([
    ['a pipe, for which no one writes', (file: string) => execFileSync('mkfifo', [file])],
    ['a link to a device that never ends', (file: string) => fs.symlinkSync('/dev/zero', file)],
  ])('%s in its place, or in that of its lock', (_name, make) => {
    const found = 'a device, a socket or a pipe is in its place, ENOTFILE';
    fs.mkdirSync(path.join(folder, '.pachkit'));
    make(store.fileName);
    expect(() => store.read()).toThrow(new StoreProblem(`it cannot be read (${found})`));
    fs.rmSync(store.fileName);
    make(`${store.fileName}.lock`);
    expect(() => store.add({ a: '1' })).toThrow(new StoreProblem(`it cannot be written (${found})`));
  });

  test('a file in the place of its folder', () => {
    fs.writeFileSync(path.join(folder, '.pachkit'), '');
    expect(() => store.read()).toThrow(
      new StoreProblem('it cannot be read (a file is in the place of a folder, ENOTDIR)'),
    );
    expect(() => store.add({ a: '1' })).toThrow(
      new StoreProblem('it cannot be written (a file is in its place, EEXIST)'),
    );
  });

  test('a folder that may not be written', () => {
    fs.chmodSync(folder, 0o555);
    expect(() => asOrdinaryUser(() => store.add({ a: '1' }))).toThrow(
      new StoreProblem('it cannot be written (permission denied, EACCES)'),
    );
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

describe('a store that is a link', () => {
  const linkTo = (target: string): void => {
    fs.mkdirSync(path.join(folder, '.pachkit'));
    fs.symlinkSync(target, store.fileName);
  };

  test('stays one: strings are added to what it leads to', () => {
    const volume = path.join(folder, 'volume');
    fs.mkdirSync(volume);
    const other = new SecretStore(volume, 'prod');
    other.add({ a: '1' });
    linkTo(other.fileName);
    store.add({ b: '2' });
    expect(fs.readlinkSync(store.fileName)).toBe(other.fileName);
    expect(other.read()).toEqual({ a: '1', b: '2' });
  });

  test('to a file that is not there is not begun anew: its volume may not be mounted', () => {
    linkTo('../volume/prod.secrets.json');
    fs.mkdirSync(path.join(folder, 'volume'));
    const message = 'it is a link to a file that is not there; mount the volume that it leads to';
    expect(() => store.read()).toThrow(new StoreProblem(message));
    expect(() => store.add({ a: '1' })).toThrow(new StoreProblem(message));
    expect(fs.readdirSync(path.join(folder, 'volume'))).toEqual([]);
  });
});

test('what a killed process has left is cleared up by the next', () => {
  store.add({ a: '1' });
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const inStore = (name: string): string => path.join(folder, '.pachkit', name);
  fs.writeFileSync(inStore(`.prod.secrets.json.${dead}.tmp`), '{');
  fs.writeFileSync(inStore(`..gitignore.${dead}.tmp`), '');
  fs.writeFileSync(inStore(`.prod.secrets.json.lock.${dead}.tmp`), '{');
  fs.writeFileSync(
    inStore('prod.secrets.json.lock'),
    JSON.stringify({ ...ownIdentity(), pid: dead, id: 'x' }),
  );
  store.add({ b: '2' });
  expect(store.read()).toEqual({ a: '1', b: '2' });
  expect(fs.readdirSync(path.join(folder, '.pachkit')).sort()).toEqual(['.gitignore', 'prod.secrets.json']);
});

test('a store that another process keeps locked is not written', () => {
  store.add({ a: '1' });
  const lock = FileLock.acquire(`${store.fileName}.lock`, 0);
  expect(() => store.add({ b: '2' })).toThrow(
    new StoreLocked(`process ${process.pid} on ${os.hostname()} keeps it locked with prod.secrets.json.lock`),
  );
  lock.release();
  expect(store.read()).toEqual({ a: '1' });
}, 20_000);

test('of processes that store at the same time one is first for each text, and all agree', async () => {
  const program = path.join(folder, 'store.cjs');
  const source = JSON.stringify(path.join(__dirname, '../../src/secrets/secret-store.ts'));
  buildSync({
    stdin: {
      contents: `import { SecretStore } from ${source};
const store = new SecretStore(${JSON.stringify(folder)}, 'prod');
const own = process.argv[2];
const result = store.add({ shared: own, ['of ' + own]: own });
process.stdout.write(JSON.stringify(result));`,
      resolveDir: folder,
    },
    bundle: true,
    platform: 'node',
    outfile: program,
  });
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const results = await Promise.all(names.map((name) => outputOf(program, name)));
  const stored = store.read();
  expect(Object.keys(stored).sort()).toEqual([...names.map((name) => `of ${name}`), 'shared'].sort());
  expect(names).toContain(stored['shared']);
  for (const result of results) expect(JSON.parse(result)).toMatchObject({ shared: stored['shared'] });
}, 30_000);

function outputOf(program: string, argument: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, argument], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}
