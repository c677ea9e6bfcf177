import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { temporaryFolder } from '../support/pachkit';

const program = path.resolve(__dirname, '../../dist/bin/pachkit.js');
const quickstart = path.resolve(__dirname, '../../examples/quickstart/pachyderm.yaml');

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

/** A cache folder as a user's is: no one else can write to it. */
function cacheHome(): string {
  const folder = temporaryFolder();
  fs.chmodSync(folder, 0o700);
  folders.push(folder);
  return folder;
}

const inCache = (cache: string): Record<string, string> => ({ XDG_CACHE_HOME: cache });

/** Values of the official chart: what is known of it is in a part of the program that documents do not need. */
const values = 'deployTarget: LOCAL\npachd: { storage: { local: { hostPath: /var/pachyderm/ } } }\n';

/** Validates a document; fails the test unless that goes well. */
function validate(environment: Readonly<Record<string, string>>): void {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [program, 'validate', quickstart], {
    env: environment,
    encoding: 'utf8',
  });
  expect({ status, signal, stdout, stderr }).toEqual({
    status: 0,
    signal: null,
    stdout: 'valid: quickstart\n',
    stderr: '',
  });
}

/** The folders of compiled code below a cache folder. */
const codeFolders = (cache: string): string[] =>
  fs.existsSync(path.join(cache, 'pachkit'))
    ? fs.readdirSync(path.join(cache, 'pachkit')).map((name) => path.join(cache, 'pachkit', name))
    : [];

/** The compiled program after the second run, which keeps it. */
function keptBy(environment: Readonly<Record<string, string>>, cache: string): string {
  validate(environment);
  validate(environment);
  const [folder = ''] = codeFolders(cache);
  return path.join(folder, 'cli.js');
}

const identity = (file: string): [number, number] => {
  const { ino, mtimeMs } = fs.statSync(file);
  return [ino, mtimeMs];
};

describe('compiled code is kept in the cache folder of the user', () => {
  test('for the user alone, and used from then on', () => {
    const cache = cacheHome();
    const file = keptBy(inCache(cache), cache);
    for (const each of [path.join(cache, 'pachkit'), path.dirname(file)])
      expect(fs.statSync(each).mode & 0o777).toBe(0o700);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    const before = identity(file);
    validate(inCache(cache));
    expect(identity(file)).toEqual(before);
  });

  test('from the second run on: one that is followed by none has no use of it', () => {
    const cache = cacheHome();
    validate(inCache(cache));
    expect(codeFolders(cache).flatMap((folder) => fs.readdirSync(folder))).toEqual([]);
    validate(inCache(cache));
    expect(codeFolders(cache).flatMap((folder) => fs.readdirSync(folder))).toEqual(['cli.js']);
  });

  test('also of what options alone print', () => {
    const cache = cacheHome();
    for (const option of ['--help', '--help', '--version']) {
      const { status } = spawnSync(process.execPath, [program, option], { env: inCache(cache) });
      expect(status).toBe(0);
    }
    expect(codeFolders(cache).map((folder) => fs.readdirSync(folder))).toEqual([
      ['cli.js', 'cold-cli.js', 'late.js'],
    ]);
  });

  test('below HOME where no other folder is named', () => {
    const home = cacheHome();
    validate({ HOME: home });
    expect(codeFolders(path.join(home, '.cache'))).toHaveLength(process.platform === 'linux' ? 1 : 0);
  });

  test.each<[string, Record<string, string>]>([
    ['the flags of NODE_OPTIONS', { NODE_OPTIONS: '--max-old-space-size=2048' }],
    ['other flags', { NODE_OPTIONS: '--max-old-space-size=1024' }],
  ])('apart for %s', (_, more) => {
    const cache = cacheHome();
    validate(inCache(cache));
    validate({ ...inCache(cache), ...more });
    expect(codeFolders(cache)).toHaveLength(2);
  });

  test('anew by a run that needs another part of the program, with what that run compiled', () => {
    const cache = cacheHome();
    const file = keptBy(inCache(cache), cache);
    const [sizeOfOne, before] = [fs.statSync(file).size, identity(file)];
    const validateValues = (): number | null =>
      spawnSync(process.execPath, [program, 'validate', '-'], { env: inCache(cache), input: values }).status;
    expect(validateValues()).toBe(0);
    const after = identity(file);
    expect(after).not.toEqual(before);
    expect(fs.statSync(file).size).toBeGreaterThan(sizeOfOne);
    expect(validateValues()).toBe(0);
    expect(identity(file)).toEqual(after);
    validate(inCache(cache));
    expect(identity(file)).toEqual(after);
  });

  test('not after a run that failed, which compiles only some of the program', () => {
    const cache = cacheHome();
    validate(inCache(cache));
    const { status } = spawnSync(process.execPath, [program, 'validate', 'missing.yaml'], {
      env: inCache(cache),
    });
    expect(status).toBe(2);
    expect(codeFolders(cache).flatMap((folder) => fs.readdirSync(folder))).toEqual([]);
  });

  test('until no run has made it anew for a month', () => {
    const cache = cacheHome();
    const old = path.join(cache, 'pachkit', 'code-old');
    const mine = path.join(cache, 'pachkit', 'mine');
    for (const folder of [old, mine]) {
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      fs.utimesSync(folder, new Date(0), new Date(0));
    }
    validate(inCache(cache));
    expect([fs.existsSync(old), fs.existsSync(mine)]).toEqual([false, true]);
  });
});

describe('compiled code that is damaged is made anew', () => {
  test.each<[string, (content: Buffer) => Buffer]>([
    ['empty', () => Buffer.alloc(0)],
    ['garbage', () => Buffer.from('garbage '.repeat(100_000))],
    ['cut off', (content) => content.subarray(0, content.length / 2)],
    [
      'a byte changed in the middle',
      (content) => {
        const changed = Buffer.from(content);
        changed[content.length >> 1] = (changed[content.length >> 1] ?? 0) ^ 0x55;
        return changed;
      },
    ],
    ['code of another part of the program', (content) => Buffer.concat([content, content])],
  ])('%s', (_, damage) => {
    const cache = cacheHome();
    const file = keptBy(inCache(cache), cache);
    const damaged = damage(fs.readFileSync(file));
    fs.writeFileSync(file, damaged);
    validate(inCache(cache));
    expect(fs.readFileSync(file).equals(damaged)).toBe(false);
    const anew = identity(file);
    validate(inCache(cache));
    expect(identity(file)).toEqual(anew);
  });
});

describe('a folder that others can change is not used', () => {
  const asRoot = process.getuid?.() === 0 ? test : test.skip;

  test.each<[string, (folder: string) => string]>([
    ['the folder of the code', (folder) => folder],
    ['the folder above', (folder) => path.dirname(folder)],
    ['the cache folder', (folder) => path.dirname(path.dirname(folder))],
  ])('%s is writable by everyone', (_, chosen) => {
    const cache = cacheHome();
    const file = keptBy(inCache(cache), cache);
    fs.writeFileSync(file, 'code of someone');
    fs.chmodSync(chosen(path.dirname(file)), 0o777);
    validate(inCache(cache));
    expect(fs.readFileSync(file, 'utf8')).toBe('code of someone');
  });

  asRoot.each<[string, (folder: string) => string]>([
    ['the folder of the code', (folder) => folder],
    ['the folder above', (folder) => path.dirname(folder)],
    ['the cache folder', (folder) => path.dirname(path.dirname(folder))],
  ])('%s belongs to someone else', (_, chosen) => {
    const cache = cacheHome();
    const file = keptBy(inCache(cache), cache);
    fs.writeFileSync(file, 'code of someone');
    fs.chownSync(chosen(path.dirname(file)), 65534, 65534);
    validate(inCache(cache));
    expect(fs.readFileSync(file, 'utf8')).toBe('code of someone');
  });

  test('a link leads to a folder that is writable by everyone', () => {
    const cache = cacheHome();
    const theirs = cacheHome();
    fs.chmodSync(theirs, 0o777);
    fs.symlinkSync(theirs, path.join(cache, 'pachkit'));
    validate(inCache(cache));
    validate(inCache(cache));
    expect(codeFolders(cache).flatMap((folder) => fs.readdirSync(folder))).toEqual([]);
  });
});

describe('the program runs without compiled code', () => {
  test.each<[string, () => Record<string, string>]>([
    ['no HOME', () => ({})],
    ['a HOME that is missing', () => ({ HOME: path.join(cacheHome(), 'missing') })],
    ['a HOME that is relative', () => ({ HOME: '.' })],
    ['a HOME that is a file', () => ({ HOME: program })],
    ['a cache folder where none can be made', () => inCache('/proc/1/cache')],
    ['a cache folder that is a device', () => inCache(os.devNull)],
  ])('%s', (_, environment) => validate(environment()));

  test('when Node is told to keep none', () => {
    const cache = cacheHome();
    validate({ ...inCache(cache), NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(fs.readdirSync(cache)).toEqual([]);
  });
});

test('validate loads no module of Node that takes milliseconds and that it does not use', () => {
  const folder = cacheHome();
  const loaded = path.join(folder, 'loaded');
  const hook = path.join(folder, 'hook.cjs');
  fs.writeFileSync(
    hook,
    `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(loaded)}, process.moduleLoadList.join('\\n')));`,
  );
  const { status } = spawnSync(process.execPath, ['--require', hook, program, 'validate', quickstart], {
    env: inCache(folder),
  });
  expect(status).toBe(0);
  const modules = fs.readFileSync(loaded, 'utf8').split('\n');
  expect(modules).toContain('NativeModule vm');
  const slow = ['assert', 'child_process', 'crypto', 'net', 'os', 'stream', 'tty', 'v8', 'worker_threads'];
  expect(modules.filter((name) => slow.includes(name.replace('NativeModule ', '')))).toEqual([]);
});

test('several that start at once with nothing kept all run, and leave whole files', async () => {
  const cache = cacheHome();
  validate(inCache(cache));
  const runs = Array.from(
    { length: 4 },
    () =>
      new Promise((resolve) =>
        spawn(process.execPath, [program, 'validate', quickstart], {
          env: inCache(cache),
          stdio: 'ignore',
        }).on('exit', (code, signal) => resolve(signal ?? code)),
      ),
  );
  expect(await Promise.all(runs)).toEqual([0, 0, 0, 0]);
  const [folder = ''] = codeFolders(cache);
  expect(fs.readdirSync(folder)).toEqual(['cli.js']);
  const before = identity(path.join(folder, 'cli.js'));
  validate(inCache(cache));
  expect(identity(path.join(folder, 'cli.js'))).toEqual(before);
});
