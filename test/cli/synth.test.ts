import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readFolder } from '../support/golden-folder';
import { temporaryFolder } from '../support/pachkit';
import { program, HEAD, DEV, folder, enter, synth, again } from './run-synth';

/** Synthesizes `prod.yaml` several times at the same time, `$i` counting from 1. */
function synthesizeAtOnce(times: number, args = ''): void {
  const numbers = Array.from({ length: times }, (_, index) => index + 1).join(' ');
  const script = `for i in ${numbers}; do "$0" "$1" synth prod.yaml ${args} --quiet & done; wait`;
  const { stderr } = spawnSync('sh', ['-c', script, process.execPath, program], {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
}

const has = (...names: string[]): boolean => fs.existsSync(path.join(folder, ...names));
const rootTokenIn = (out: string): string | undefined =>
  /root-token: (\S+)/.exec(fs.readFileSync(path.join(folder, out, 'manifests/01-secrets.yaml'), 'utf8'))?.[1];

describe('generated secrets', () => {
  test('are made once, and kept in a store that git ignores', () => {
    expect(synth({ 'prod.yaml': HEAD })).toMatchObject({ exitCode: 0, stderr: '' });
    const token = rootTokenIn('dist/pachkit/prod');
    expect(token).toMatch(/^[A-Za-z0-9]{32}$/);
    again(['prod.yaml', '--out', 'again']);
    expect(rootTokenIn('again/prod')).toBe(token);
    expect(fs.readFileSync(path.join(folder, '.pachkit/.gitignore'), 'utf8')).toBe('*\n');
    expect(fs.statSync(path.join(folder, '.pachkit/prod.secrets.json')).mode & 0o777).toBe(0o600);
  });

  test('are beside the document, wherever the program runs', () => {
    synth({ 'clusters/prod.yaml': HEAD }, ['--out', 'out']);
    expect(has('clusters/.pachkit/prod.secrets.json')).toBe(true);
    expect(has('.pachkit')).toBe(false);
  });

  test.each([
    [[], { CI: 'true' }, 1],
    [[], { CI: '1' }, 1],
    [[], { CI: 'false' }, 0],
    [[], { CI: '' }, 0],
    [['--no-frozen'], { CI: 'true' }, 0],
    [['--frozen'], {}, 1],
  ])('%j with %j exits %d', (args, environment, exitCode) => {
    const outcome = synth({ 'prod.yaml': HEAD }, args, { environment });
    expect(outcome.exitCode).toBe(exitCode);
    if (exitCode === 0) return;
    expect(outcome.stderr).toContain('error SEC004: auth.rootToken has no value');
    expect(fs.readdirSync(folder)).toEqual(['prod.yaml']);
  });

  test('of a store that is there are used with --frozen', () => {
    synth({ 'prod.yaml': HEAD });
    expect(again(['prod.yaml', '--frozen'])).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('are not printed', () => {
    const { stdout, stderr } = synth({ 'prod.yaml': HEAD }, ['--format', 'json']);
    const store = JSON.parse(fs.readFileSync(path.join(folder, '.pachkit/prod.secrets.json'), 'utf8')) as {
      secrets: object;
    };
    const texts = Object.values(store.secrets) as string[];
    expect(texts.length).toBeGreaterThan(2);
    for (const text of texts) expect(stdout + stderr).not.toContain(text);
  });

  test('are the same for two that synthesize at the same time', () => {
    enter(temporaryFolder({ 'prod.yaml': HEAD }));
    synthesizeAtOnce(4, '--out "out$i"');
    const tokens = [1, 2, 3, 4].map((number) => rootTokenIn(`out${number}/prod`));
    expect(new Set(tokens).size).toBe(1);
  }, 60_000);
});

describe('output', () => {
  test('of a document with mistakes is none, and the old one stays', () => {
    synth({ 'prod.yaml': DEV });
    const before = readFolder(path.join(folder, 'dist'));
    fs.writeFileSync(path.join(folder, 'prod.yaml'), `${DEV}nme: x\n`);
    expect(again(['prod.yaml']).exitCode).toBe(1);
    expect(readFolder(path.join(folder, 'dist'))).toEqual(before);
  });

  test('of several documents is none when one of them has a mistake', () => {
    expect(synth({ 'a.yaml': DEV, 'b.yaml': `${DEV}nme: x\n` }, ['b.yaml']).exitCode).toBe(1);
    expect(has('dist')).toBe(false);
  });

  test('of several documents of one file goes into folders of their names', () => {
    expect(synth({ 'all.yaml': `name: a\n${DEV}---\nname: b\n${DEV}` }).exitCode).toBe(0);
    expect(fs.readdirSync(path.join(folder, 'dist/pachkit')).sort()).toEqual(['a', 'b']);
  });

  test('goes into the folder that --out names, which may be absolute', () => {
    synth({ 'prod.yaml': DEV });
    expect(again(['prod.yaml', '--out', path.join(folder, 'x/y')]).exitCode).toBe(0);
    expect(has('x/y/prod/manifests')).toBe(true);
  });

  test('does not overwrite files of someone else', () => {
    const { exitCode, stderr } = synth({ 'prod.yaml': DEV, 'out/prod/notes.txt': 'mine' }, ['--out', 'out']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'error OUT003: out/prod holds files that pachkit did not write: notes.txt; they would be lost',
    );
    expect(readFolder(path.join(folder, 'out'))).toEqual({ 'prod/notes.txt': 'mine' });
  });

  test('into a folder that may not be written is refused before anything is', () => {
    enter(temporaryFolder({ 'prod.yaml': DEV, 'out/x': '' }));
    fs.chmodSync(path.join(folder, 'out'), 0o555);
    const { exitCode, stderr } = again(['prod.yaml', '--out', 'out'], { asOrdinaryUser: true });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining('error OUT002: out is not writable') as string,
    });
    expect(fs.readdirSync(path.join(folder, 'out'))).toEqual(['x']);
  });

  test('of --only replaces those outputs and leaves the others', () => {
    const connectors =
      'identity: { connectors: [{ type: mockPassword, id: test, config: { username: a, password: b } }] }\n';
    const text = DEV.replace(/identity:.*\n/, connectors);
    expect(synth({ 'prod.yaml': text }).exitCode).toBe(0);
    const before = readFolder(path.join(folder, 'dist/pachkit/prod'));
    fs.writeFileSync(path.join(folder, 'prod.yaml'), text.replace('password: b', 'password: c'));
    expect(again(['prod.yaml', '--only', 'connectors']).exitCode).toBe(0);
    const after = readFolder(path.join(folder, 'dist/pachkit/prod'));
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual([
      'connectors/test.json',
      'connectors/test.yaml',
    ]);
  });

  test('leaves nothing else behind', () => {
    synth({ 'prod.yaml': DEV });
    again(['prod.yaml']);
    expect(fs.readdirSync(folder).sort()).toEqual(['dist', 'prod.yaml']);
    expect(fs.readdirSync(path.join(folder, 'dist/pachkit'))).toEqual(['prod']);
  });
});

describe('output that cannot be written', () => {
  const linux = process.platform === 'linux' ? test : test.skip;

  linux('because no folder can be made there, is an error and not endless', () => {
    const { exitCode, stderr } = synth({ 'prod.yaml': DEV }, ['--out', '/proc/x']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining(
        'error OUT002: /proc/x cannot be written (no file or folder can be made there, ENOENT)',
      ) as string,
    });
  });

  linux.each([
    'validate prod.yaml',
    'synth prod.yaml',
    'validate prod.yaml --format json',
    'schema',
    '--help',
  ])('because standard output is full, is no bug: %s', (args) => {
    enter(temporaryFolder({ 'prod.yaml': DEV }));
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `"$0" "$1" ${args} > /dev/full`, process.execPath, program],
      { cwd: folder, encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'pachkit: standard output cannot be written: no space is left on the device, ENOSPC\n',
    });
  });

  test('because another document is there that has a cluster of this name, names that document', () => {
    enter(temporaryFolder({ 'a/prod.yaml': DEV, 'b/prod.yaml': DEV }));
    expect(again(['a/prod.yaml', '--out', 'out']).exitCode).toBe(0);
    const before = readFolder(path.join(folder, 'out'));
    const { exitCode, stderr } = again(['b/prod.yaml', '--out', 'out']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error OUT007: out/prod was written from another document, a/prod.yaml;');
    expect(readFolder(path.join(folder, 'out'))).toEqual(before);
    expect(again(['b/prod.yaml', '--out', 'out', '--adopt']).exitCode).toBe(0);
    fs.renameSync(path.join(folder, 'b'), path.join(folder, 'c'));
    expect(again(['c/prod.yaml', '--out', 'out'])).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('by two at the same time, is written by one after the other', () => {
    enter(temporaryFolder({ 'prod.yaml': DEV }));
    synthesizeAtOnce(6);
    expect(fs.readdirSync(path.join(folder, 'dist/pachkit'))).toEqual(['prod']);
  }, 60_000);

  test('because pachkit fails, is a bug, also for programs that read JSON', () => {
    const broken = `require('fs').mkdirSync = () => { throw new TypeError('broken'); };`;
    enter(temporaryFolder({ 'prod.yaml': DEV, 'broken.cjs': broken }));
    const environment = { NODE_OPTIONS: `--require ${path.join(folder, 'broken.cjs')}` };
    const { exitCode, stdout, stderr } = again(['prod.yaml', '--format', 'json'], { environment });
    expect(exitCode).toBe(70);
    expect(JSON.parse(stdout)).toEqual({ bug: 'TypeError: broken', diagnostics: [] });
    expect(stderr).toContain('this is a bug in pachkit, not in your document: TypeError: broken\n');
    expect(again(['prod.yaml'], { environment }).stdout).toBe('');
  });
});

describe('files with secrets', () => {
  const git = (...args: string[]): string =>
    spawnSync('git', args, { cwd: folder, encoding: 'utf8' }).stdout.trim();

  test('are kept out of git, wherever they are written, and a finding says so when git has them', () => {
    synth({ 'prod.yaml': DEV }, ['--out', 'deploy']);
    git('init', '-q');
    git('add', '-A');
    const added = git('ls-files').split('\n');
    expect(added).toContain('deploy/prod/manifests/02-access-rights.yaml');
    expect(added).not.toContain('deploy/prod/manifests/01-secrets.yaml');
    expect(again(['prod.yaml', '--out', 'deploy'])).toMatchObject({ exitCode: 0, stderr: '' });
    git('add', '-f', 'deploy/prod/manifests/01-secrets.yaml');
    const { exitCode, stderr } = again(['prod.yaml', '--out', 'deploy']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('warning OUT008: git tracks deploy/prod/manifests/01-secrets.yaml, which');
    expect(stderr).toContain('help: git rm --cached deploy/prod/manifests/01-secrets.yaml;');
  });

  test('of a production cluster are not written where git has them, unless told so', () => {
    const out = ['prod.yaml', '--out', 'deploy'];
    synth({ 'prod.yaml': HEAD }, out.slice(1));
    git('init', '-q');
    git('add', '-f', 'deploy/prod/manifests/01-secrets.yaml');
    const before = git('hash-object', 'deploy/prod/.pachkit.json');
    fs.writeFileSync(path.join(folder, 'prod.yaml'), `${HEAD}namespace: other\n`);
    const refused = again(out);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('error OUT008: git tracks deploy/prod/manifests/01-secrets.yaml, which');
    expect(git('diff', '--name-only')).toBe('');
    expect(git('hash-object', 'deploy/prod/.pachkit.json')).toBe(before);
    expect(again([...out, '--allow-tracked-secrets']).stderr).toContain('warning OUT008');
    expect(git('diff', '--name-only')).toBe('deploy/prod/manifests/01-secrets.yaml');
  });
});

describe('files of secrets that cannot be read or written exit 2:', () => {
  test('a secret file', () => {
    const text = HEAD + 'auth: { rootToken: { file: folder } }\n';
    const { exitCode, stderr } = synth({ 'prod.yaml': text, 'folder/x': '' });
    expect(stderr).toContain('error SEC002: folder: this is a directory, not a file');
    expect(exitCode).toBe(2);
  });

  test('the store', () => {
    const { exitCode, stderr } = synth({ 'prod.yaml': HEAD, '.pachkit/prod.secrets.json/x': '' });
    expect(stderr).toContain('error SEC003');
    expect(exitCode).toBe(2);
  });

  test('the store of another user, which no one should restore', () => {
    enter(temporaryFolder({ 'prod.yaml': HEAD, '.pachkit/prod.secrets.json': '{}' }));
    fs.chmodSync(path.join(folder, '.pachkit/prod.secrets.json'), 0);
    const { exitCode, stderr } = again(['prod.yaml'], { asOrdinaryUser: true });
    expect(stderr).toMatch(/error SEC003: .*EACCES.*\n(.*\n)* +help: run pachkit as the user who owns it/);
    expect(exitCode).toBe(2);
  });

  test('a folder that the store cannot be in', () => {
    enter(temporaryFolder({ 'a/prod.yaml': HEAD }));
    fs.chmodSync(path.join(folder, 'a'), 0o555);
    const { exitCode, stderr } = again(['a/prod.yaml'], { asOrdinaryUser: true });
    expect(stderr).toContain('error SEC005');
    expect(exitCode).toBe(2);
  });
});

describe('secrets that the outputs have not', () => {
  const document =
    HEAD.replace(/identity:.*\n/, '') +
    'profile: dev\nauth: { rootToken: { env: ROOT_TOKEN } }\nauth0:\n' +
    '  domain: acme.eu.auth0.com\n' +
    '  application: { clientID: abc, clientSecret: { env: CLIENT_SECRET } }\n' +
    '  database: { name: users }\n' +
    '  users: [{ email: a@acme.com, password: { env: PASSWORD } }]\n';

  test('are not asked for', () => {
    expect(synth({ 'prod.yaml': document }, ['--only', 'terraform'])).toMatchObject({ exitCode: 0 });
    const { exitCode, stderr } = again(['prod.yaml', '--only', 'connectors']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('CLIENT_SECRET');
    expect(stderr).not.toMatch(/(ROOT_TOKEN|PASSWORD) is not set/);
    expect(
      again(['prod.yaml'], { environment: { ROOT_TOKEN: 'root', CLIENT_SECRET: 'client' } }),
    ).toMatchObject({ exitCode: 0 });
  });

  test('are not generated, and those that Terraform is given are', () => {
    const generated = document.replace('{ env: CLIENT_SECRET }', '{ generate: {} }');
    expect(synth({ 'prod.yaml': generated }, ['--only', 'terraform'])).toMatchObject({ exitCode: 0 });
    const store = JSON.parse(fs.readFileSync(path.join(folder, '.pachkit/prod.secrets.json'), 'utf8')) as {
      secrets: object;
    };
    expect(Object.keys(store.secrets)).toEqual(['/auth0/application/clientSecret']);
  });
});

describe('a document in TypeScript', () => {
  test('works wherever a document does', () => {
    const text = `import { defineCluster } from 'pachkit';
export default ['a', 'b'].map((name) => defineCluster({
  apiVersion: 'pachkit/v1', name, release: '2.12.0-rc.3', profile: 'dev', secrets: { seed: name },
  identity: { connectors: [{ type: 'mockPassword', id: 'test', config: { username: 'a', password: 'b' } }] },
  storage: { local: {} },
}));
`;
    expect(synth({ 'clusters.ts': text })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(fs.readdirSync(path.join(folder, 'dist/pachkit')).sort()).toEqual(['a', 'b']);
  });

  test('that prints something does not print it to standard output', () => {
    const text = `console.log('noise'); process.stdout.write('more'); void Promise.resolve().then(() => console.log('late'));
export default { apiVersion: 'pachkit/v1', release: '2.12.0-rc.3', foo: 1 };
`;
    const { exitCode, stdout, stderr } = synth({ 'cluster.ts': text }, ['--format', 'json']);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      diagnostics: [{ code: 'IDN001' }, { code: 'STO002' }, { code: 'SCH001' }],
    });
    expect(stderr).toBe('noise\nmorelate\n');
  });

  test('cannot end the process', () => {
    const { exitCode, stderr } = synth({ 'cluster.ts': '\nprocess.exit(0);\nexport default {};\n' });
    expect(stderr).toContain('error DOC009: The document ends the process\n  at cluster.ts:2:1');
    expect(exitCode).toBe(1);
  });

  test('does not show the variables that it reads', () => {
    const text =
      'const { VARIABLE } = process.env;\nthrow new Error(`no ${VARIABLE}`);\nexport default {};\n';
    const { stderr } = synth({ 'cluster.ts': text }, [], { environment: { VARIABLE: 'hunter2' } });
    expect(stderr).toContain('when it is run: Error: no *******\n');
  });

  test('that does not compile is a finding', () => {
    const { exitCode, stderr } = synth({ 'clusters.ts': 'export default {\n  name: ,\n};\n' });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining('at clusters.ts:2:9') as string,
    });
  });
});

describe('a pipe that is closed early', () => {
  test.each(['validate all.yaml', 'validate all.yaml --format json', 'schema', '--help', 'explain access'])(
    '%s | head -1',
    (args) => {
      enter(
        temporaryFolder({
          'all.yaml': Array.from({ length: 20_000 }, (_, index) => `key${index}: 1\n`).join(''),
        }),
      );
      const { stderr, stdout } = spawnSync(
        'sh',
        ['-c', `"$0" "$1" ${args} | head -1`, process.execPath, program],
        { cwd: folder, encoding: 'utf8' },
      );
      expect(stderr).toBe('');
      expect(stdout.split('\n')).toHaveLength(2);
    },
  );
});
