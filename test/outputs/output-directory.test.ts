import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import type { OutputFile } from '../../src/outputs/output';
import { OutputDirectory } from '../../src/outputs/output-directory';
import { readFolder } from '../support/golden-folder';

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-'));
  fs.chmodSync(root, 0o777);
});
afterEach(() => {
  for (const entry of fs.readdirSync(root, { recursive: true, withFileTypes: true }))
    if (entry.isDirectory()) fs.chmodSync(path.join(entry.parentPath, entry.name), 0o777);
  fs.rmSync(root, { recursive: true, force: true });
});

const at = (...names: string[]): string => path.join(root, ...names);

function write(name: string, content = name): void {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true });
  fs.writeFileSync(at(name), content);
}

const file = (name: string, content = `${name}\n`, isSecret = false): OutputFile => ({
  path: name,
  content,
  isSecret,
});

const ALL = ['manifests', 'connectors', 'terraform'];
const FIRST = [file('manifests/a.yaml'), file('manifests/b.yaml'), file('connectors/c.yaml', 'c\n', true)];

const directory = (out = 'out', name = 'prod'): OutputDirectory => new OutputDirectory(at(out), out, name);

/** What `synth` does when nothing is wrong. */
function synthesize(files: readonly OutputFile[], outputs: readonly string[] = ALL): void {
  const target = directory();
  expect(target.check()).toEqual([]);
  target.stage(files, outputs);
  target.replace();
  target.discard();
}

const problemsOf = (target: OutputDirectory): [string, string][] =>
  (target.checkAbove().length > 0 ? target.checkAbove() : target.check()).map(({ code, message }) => [
    code,
    message,
  ]);

describe('Terraform that is no longer written', () => {
  const TERRAFORM = [file('terraform/cdk.tf.json')];
  const warned = (files: readonly OutputFile[], outputs: readonly string[] = ALL): string[] =>
    directory()
      .abandoned(files, outputs)
      .map(({ code, severity, message }) => `${severity} ${code} ${message.split(' ')[0] ?? ''}`);

  test.each([
    ['a state', 'terraform.tfstate', '{"resources":[{}]}'],
    ['a state of a workspace', 'terraform.tfstate.d/test/terraform.tfstate', '{"resources":[{}]}'],
    ['a state that cannot be read', 'terraform.tfstate', '{'],
    ['a state that is elsewhere', '.terraform/terraform.tfstate', '{"backend":{}}'],
  ])('%s is warned about', (_name, name, content) => {
    synthesize(TERRAFORM);
    write(`out/prod/terraform/${name}`, content);
    expect(warned(FIRST)).toEqual(['warning OUT005 out/prod/terraform']);
    expect(warned(TERRAFORM)).toEqual([]);
    expect(warned(FIRST, ['manifests', 'connectors'])).toEqual([]);
    synthesize(FIRST);
    expect(warned(FIRST)).toEqual(['warning OUT005 out/prod/terraform']);
  });

  test.each([
    ['a state with nothing in it', 'terraform.tfstate', '{"resources":[]}'],
    ['a copy of an older state', 'terraform.tfstate.backup', '{"resources":[{}]}'],
    ['a lock file', '.terraform.lock.hcl', ''],
  ])('%s is not', (_name, name, content) => {
    synthesize(TERRAFORM);
    write(`out/prod/terraform/${name}`, content);
    expect(warned(FIRST)).toEqual([]);
  });

  test('nothing at all is not', () => expect(warned(FIRST)).toEqual([]));
});

describe('the folder of a cluster', () => {
  test('gets every file, and a list of them', () => {
    synthesize(FIRST);
    expect(fs.readdirSync(at('out'))).toEqual(['prod']);
    expect(readFolder(at('out/prod'))).toEqual({
      '.pachkit.json': `${JSON.stringify(
        {
          apiVersion: 'pachkit/v1',
          files: ['connectors/c.yaml', 'manifests/a.yaml', 'manifests/b.yaml'],
          secrets: ['connectors/c.yaml'],
        },
        null,
        2,
      )}\n`,
      '.gitignore':
        '# Written by pachkit. These files hold secrets in clear text, or may.\n/.document\n/connectors/c.yaml\n',
      'manifests/a.yaml': 'manifests/a.yaml\n',
      'manifests/b.yaml': 'manifests/b.yaml\n',
      'connectors/c.yaml': 'c\n',
    });
  });

  test('files with secrets can be read by their owner only', () => {
    synthesize(FIRST);
    const modeOf = (name: string): number => fs.statSync(at('out/prod', name)).mode & 0o777;
    expect(modeOf('connectors/c.yaml')).toBe(0o600);
    expect(modeOf('manifests/a.yaml') & 0o600).toBe(0o600);
  });

  test('is replaced as a whole: what is not written again is gone', () => {
    synthesize(FIRST);
    synthesize([file('manifests/a.yaml', 'new\n')]);
    expect(Object.keys(readFolder(at('out/prod')))).toEqual(['.pachkit.json', 'manifests/a.yaml']);
    expect(fs.readFileSync(at('out/prod/manifests/a.yaml'), 'utf8')).toBe('new\n');
  });

  test('is the same after two runs as after one', () => {
    synthesize(FIRST);
    const once = readFolder(at('out'));
    synthesize(FIRST);
    expect(readFolder(at('out'))).toEqual(once);
  });

  test('names no absolute path', () => {
    synthesize(FIRST);
    expect(JSON.stringify(readFolder(at('out')))).not.toContain(root);
    expect(directory().shownPath).toBe(path.join('out', 'prod'));
  });

  test('may be below folders that are not there yet', () => {
    const target = directory('a/b/c');
    expect(target.check()).toEqual([]);
    expect(fs.existsSync(at('a'))).toBe(false);
    target.stage(FIRST, ALL);
    target.replace();
    expect(fs.existsSync(at('a/b/c/prod/manifests/a.yaml'))).toBe(true);
  });

  test('leaves its neighbours alone', () => {
    write('out/staging/mine.txt');
    write('out/notes.txt');
    synthesize(FIRST);
    expect(fs.readdirSync(at('out')).sort()).toEqual(['notes.txt', 'prod', 'staging']);
  });
});

describe('with only some outputs', () => {
  test('the files of the others stay', () => {
    synthesize(FIRST);
    synthesize([file('manifests/z.yaml')], ['manifests']);
    expect(Object.keys(readFolder(at('out/prod')))).toEqual([
      '.gitignore',
      '.pachkit.json',
      'connectors/c.yaml',
      'manifests/z.yaml',
    ]);
    expect(fs.readFileSync(at('out/prod/.gitignore'), 'utf8')).toContain('\n/connectors/c.yaml\n');
    expect(fs.statSync(at('out/prod/connectors/c.yaml')).mode & 0o777).toBe(0o600);
  });

  test('what stayed is still known as our own', () => {
    synthesize(FIRST);
    synthesize([], ['manifests']);
    synthesize([file('manifests/a.yaml')]);
    expect(Object.keys(readFolder(at('out/prod')))).toEqual(['.pachkit.json', 'manifests/a.yaml']);
  });

  test('a file that someone removed meanwhile is no obstacle', () => {
    synthesize(FIRST);
    fs.rmSync(at('out/prod/connectors/c.yaml'));
    synthesize([file('manifests/a.yaml')], ['manifests']);
    expect(fs.existsSync(at('out/prod/connectors/c.yaml'))).toBe(false);
  });
});

describe('files that Terraform keeps', () => {
  const kept = [
    'terraform/terraform.tfstate',
    'terraform/terraform.tfstate.backup',
    'terraform/errored.tfstate',
    'terraform/.terraform.tfstate.lock.info',
    'terraform/.terraform.lock.hcl',
    'terraform/terraform.tfvars',
    'terraform/prod.auto.tfvars.json',
    'terraform/plan.tfplan',
    'terraform/plan',
    'terraform/plan.out',
    'terraform/crash.log',
    'terraform/backend.hcl',
    'terraform/s3.tfbackend',
    'terraform/override.tf',
    'terraform/imports.tf',
    'terraform/states/auth0.tfstate',
    'terraform/states/auth0.tfstate.backup',
    'terraform/states/whatever',
    'auth0.tfstate',
    'states/.auth0.tfstate.lock.info',
    'terraform/terraform.tfstate.d/staging/terraform.tfstate',
    'terraform/.terraform/terraform.tfstate',
    'terraform/.terraform/modules/modules.json',
  ];

  test('stay when the folder is replaced, as the files that they are', () => {
    synthesize([file('terraform/cdk.tf.json')]);
    for (const name of kept) write(`out/prod/${name}`, `content of ${name}`);
    const inode = fs.statSync(at('out/prod/terraform/terraform.tfstate')).ino;
    synthesize([file('terraform/cdk.tf.json', 'new\n')]);
    expect(readFolder(at('out/prod'))).toMatchObject({
      'terraform/cdk.tf.json': 'new\n',
      ...Object.fromEntries(kept.map((name) => [name, `content of ${name}`])),
    });
    expect(fs.statSync(at('out/prod/terraform/terraform.tfstate')).ino).toBe(inode);
  });

  test('stay also when the cluster has nothing for Terraform any more', () => {
    synthesize([file('terraform/cdk.tf.json')]);
    write('out/prod/terraform/terraform.tfstate', 'state');
    synthesize([file('manifests/a.yaml')]);
    expect(fs.readFileSync(at('out/prod/terraform/terraform.tfstate'), 'utf8')).toBe('state');
    expect(fs.existsSync(at('out/prod/terraform/cdk.tf.json'))).toBe(false);
  });

  test('stay under whatever name outside of its folder, when they are states', () => {
    const state = '{"version":4,"terraform_version":"1.11.4","serial":3,"lineage":"a"}';
    synthesize([file('terraform/cdk.tf.json')]);
    write('out/prod/states/auth0.json', state);
    synthesize([file('terraform/cdk.tf.json')]);
    expect(fs.readFileSync(at('out/prod/states/auth0.json'), 'utf8')).toBe(state);
    write('out/prod/states/notes.json', '{"serial":3}');
    expect(problemsOf(directory())).toEqual([
      ['OUT003', 'out/prod holds files that pachkit did not write: states/notes.json; they would be lost'],
    ]);
  });

  test('do not stay when pachkit is to write a file of that name: then nothing is written', () => {
    synthesize([file('manifests/a.yaml')]);
    write('out/prod/terraform/cdk.tf.json', 'mine');
    const target = directory();
    expect(target.check()).toEqual([]);
    expect(target.conflicts([file('manifests/a.yaml')])).toEqual([]);
    expect(
      target.conflicts([file('terraform/cdk.tf.json')]).map(({ code, message }) => [code, message]),
    ).toEqual([
      [
        'OUT003',
        'out/prod holds files that pachkit did not write: terraform/cdk.tf.json; they would be lost',
      ],
    ]);
  });

  const arrivals: [string, string][] = [
    ['a first state', 'terraform/terraform.tfstate'],
    ['a plan', 'terraform/plan'],
    ['a note', 'notes.txt'],
  ];
  test.each(arrivals)('stay when they come while the folder is written: %s', (_, name) => {
    synthesize([file('terraform/cdk.tf.json')]);
    const target = directory();
    target.stage([file('terraform/cdk.tf.json', 'new\n')], ALL);
    write(`out/prod/${name}`, 'from Terraform');
    expect(target.replace()).toEqual([]);
    expect(fs.readFileSync(at('out/prod', name), 'utf8')).toBe('from Terraform');
    expect(fs.readFileSync(at('out/prod/terraform/cdk.tf.json'), 'utf8')).toBe('new\n');
    expect(fs.readdirSync(at('out'))).toEqual(['prod']);
  });

  test('stay as they are last, when they are replaced while the folder is written', () => {
    synthesize([file('terraform/cdk.tf.json')]);
    write('out/prod/terraform/.terraform.lock.hcl', 'old');
    const target = directory();
    target.stage([file('terraform/cdk.tf.json')], ALL);
    write('out/prod/terraform/lock.new', 'new');
    fs.renameSync(at('out/prod/terraform/lock.new'), at('out/prod/terraform/.terraform.lock.hcl'));
    target.replace();
    expect(fs.readFileSync(at('out/prod/terraform/.terraform.lock.hcl'), 'utf8')).toBe('new');
  });

  test('are not lost when the folder was left behind by a killed process', () => {
    synthesize([file('terraform/cdk.tf.json')]);
    fs.cpSync(at('out/prod'), at('out/.prod.previous'), { recursive: true });
    write('out/.prod.previous/terraform/terraform.tfstate', 'state');
    synthesize([file('terraform/cdk.tf.json')]);
    expect(fs.readFileSync(at('out/prod/terraform/terraform.tfstate'), 'utf8')).toBe('state');
    expect(fs.readdirSync(at('out'))).toEqual(['prod']);
  });

  test('stop the synthesis when there are two states, of which no one knows the right one', () => {
    synthesize([file('terraform/cdk.tf.json')]);
    fs.cpSync(at('out/prod'), at('out/.prod.previous'), { recursive: true });
    write('out/.prod.previous/terraform/terraform.tfstate', 'one');
    fs.utimesSync(at('out/.prod.previous/terraform/terraform.tfstate'), 0, 0);
    write('out/prod/terraform/terraform.tfstate', 'other');
    const message =
      'out/.prod.previous holds a Terraform state that differs from the one in out/prod: terraform/terraform.tfstate';
    expect(problemsOf(directory())).toEqual([['OUT010', message]]);
    expect(fs.readFileSync(at('out/.prod.previous/terraform/terraform.tfstate'), 'utf8')).toBe('one');
    fs.rmSync(at('out/.prod.previous'), { recursive: true });
    synthesize([file('terraform/cdk.tf.json')]);
  });

  const linux = process.platform === 'linux' ? test : test.skip;
  linux('stop the synthesis while Terraform runs there, and not after it was killed', async () => {
    synthesize([file('terraform/cdk.tf.json')]);
    write('out/prod/terraform/.terraform.tfstate.lock.info', '{}');
    fs.copyFileSync('/bin/sleep', at('terraform'));
    fs.chmodSync(at('terraform'), 0o755);
    const running = spawn(at('terraform'), ['60'], { cwd: at('out/prod/terraform') });
    await new Promise((resolve) => running.once('spawn', resolve));
    expect(problemsOf(directory())).toEqual([
      [
        'OUT009',
        `Terraform is running in out/prod (process ${running.pid}), and would write its state into a folder that is replaced`,
      ],
    ]);
    running.kill('SIGKILL');
    await new Promise((resolve) => running.once('exit', resolve));
    expect(problemsOf(directory())).toEqual([]);
  });

  test('links to providers stay links, and are not followed', () => {
    synthesize([file('terraform/cdk.tf.json')]);
    write('cache/provider');
    const link = 'out/prod/terraform/.terraform/providers/auth0';
    fs.mkdirSync(path.dirname(at(link)), { recursive: true });
    fs.symlinkSync(at('cache'), at(link));
    fs.symlinkSync('nowhere', at('out/prod/terraform/.terraform/broken'));
    synthesize([file('terraform/cdk.tf.json')]);
    expect(fs.readlinkSync(at(link))).toBe(at('cache'));
    expect(fs.readlinkSync(at('out/prod/terraform/.terraform/broken'))).toBe('nowhere');
    expect(fs.existsSync(at('cache/provider'))).toBe(true);
  });
});

describe('a synthesis that does not come to its end', () => {
  test('and fails while it stages, leaves the old folder', () => {
    synthesize(FIRST);
    const before = readFolder(at('out'));
    const folder = readFolder(at('out/prod'));
    const target = directory();
    target.stage([file('manifests/new.yaml')], ALL);
    expect(readFolder(at('out/prod'))).toEqual(folder);
    target.discard();
    expect(readFolder(at('out'))).toEqual(before);
  });

  test('and is killed while it stages, leaves the old folder; the next one clears up', () => {
    synthesize(FIRST);
    const before = readFolder(at('out/prod'));
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    write(`out/.prod.new-${dead}/manifests/half.yaml`);
    write(`out/.prod.new-${process.ppid}/manifests/of-another-that-runs.yaml`);
    expect(readFolder(at('out/prod'))).toEqual(before);
    synthesize(FIRST);
    expect(fs.readdirSync(at('out')).sort()).toEqual([`.prod.new-${process.ppid}`, 'prod']);
  });

  test('and is killed between its two renames, loses nothing', () => {
    synthesize(FIRST);
    const before = readFolder(at('out/prod'));
    fs.renameSync(at('out/prod'), at('out/.prod.previous'));
    expect(directory().check()).toEqual([]);
    expect(readFolder(at('out/prod'))).toEqual(before);
  });

  test('and is killed behind its renames, leaves the new folder; the next one clears up', () => {
    synthesize(FIRST);
    write('out/.prod.previous/manifests/old.yaml');
    synthesize(FIRST);
    expect(fs.readdirSync(at('out'))).toEqual(['prod']);
  });
});

describe('what stands in the way', () => {
  test('files that pachkit did not write', () => {
    synthesize(FIRST);
    write('out/prod/notes.txt');
    write('out/prod/manifests/own.yaml');
    expect(problemsOf(directory())).toEqual([
      [
        'OUT003',
        'out/prod holds files that pachkit did not write: manifests/own.yaml, notes.txt; they would be lost',
      ],
    ]);
    expect(fs.existsSync(at('out/prod/notes.txt'))).toBe(true);
  });

  test('a folder that was never written by pachkit', () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) write(`out/prod/${name}`);
    expect(problemsOf(directory())).toEqual([
      ['OUT003', 'out/prod holds files that pachkit did not write: a, b, c and 2 more; they would be lost'],
    ]);
  });

  test.each(['{', '[]', '{"files":5}', '{"files":["../notes.txt","a/../../notes.txt","/etc/passwd",5]}'])(
    'an inventory that someone changed: %s',
    (inventory) => {
      synthesize(FIRST);
      write('out/notes.txt', 'mine');
      write('out/prod/.pachkit.json', inventory);
      expect(
        directory()
          .check()
          .map(({ code }) => code),
      ).toEqual(['OUT003']);
      fs.rmSync(at('out/prod/manifests'), { recursive: true });
      fs.rmSync(at('out/prod/connectors'), { recursive: true });
      synthesize([], ['terraform']);
      expect(fs.readFileSync(at('out/notes.txt'), 'utf8')).toBe('mine');
      expect(JSON.parse(fs.readFileSync(at('out/prod/.pachkit.json'), 'utf8'))).toEqual({
        apiVersion: 'pachkit/v1',
        files: [],
      });
    },
  );

  test('a .gitignore of someone else', () => {
    synthesize([file('manifests/a.yaml')]);
    write('out/prod/.gitignore', '*\n');
    expect(problemsOf(directory()).map(([code]) => code)).toEqual(['OUT003']);
  });

  test.each<[string, string, string]>([
    [
      'the folder of the cluster, to a folder',
      'out/prod',
      'out/prod is a link, and the output of the cluster is a folder of that name, which is replaced as a whole',
    ],
    ['the folder of all output, to nothing', 'out', 'out is a link to something that is not there'],
  ])('a link in the place of %s', (_, where, message) => {
    fs.mkdirSync(path.dirname(at(where)), { recursive: true });
    fs.symlinkSync(where === 'out' ? 'missing' : at(), at(where));
    expect(problemsOf(directory())).toEqual([['OUT001', message]]);
  });

  test('another document whose cluster has the same name, unless it was moved or is handed over', () => {
    const from = (document: string, adopt = false): OutputDirectory =>
      new OutputDirectory(at('out'), 'out', 'prod', { document: at(document), adopt });
    const synthesizeFrom = (document: string, adopt = false): void => {
      const target = from(document, adopt);
      expect(target.check()).toEqual([]);
      target.stage(FIRST, ALL);
      target.replace();
    };
    write('a/prod.yaml');
    write('b/prod.yaml');
    fs.symlinkSync(at('a'), at('link'));
    synthesizeFrom('a/prod.yaml');
    synthesizeFrom('link/prod.yaml');
    expect(problemsOf(from('b/prod.yaml'))).toEqual([
      [
        'OUT007',
        'out/prod was written from another document, a/prod.yaml; the cluster of that document would lose its manifests, and its Terraform state would be applied to this one',
      ],
    ]);
    expect(problemsOf(directory())).toEqual([]);
    synthesizeFrom('b/prod.yaml', true);
    expect(problemsOf(from('a/prod.yaml')).map(([code]) => code)).toEqual(['OUT007']);
    fs.renameSync(at('b'), at('c'));
    synthesizeFrom('c/prod.yaml');
    expect(fs.readlinkSync(at('out/prod/.document'))).toBe('../../c/prod.yaml');
    synthesize(FIRST);
    expect(fs.readlinkSync(at('out/prod/.document'))).toBe('../../c/prod.yaml');
  });

  test('an empty folder, and one with our own files only, do not', () => {
    fs.mkdirSync(at('out/prod'), { recursive: true });
    expect(directory().check()).toEqual([]);
    synthesize(FIRST);
    expect(directory().check()).toEqual([]);
  });

  test.each<[string, string, string, string]>([
    ['the folder', 'out', 'out', 'out is a file, and output is written into folders'],
    ['a folder above', 'a', 'a/b/c', 'a is a file, and output is written into folders'],
    [
      'the folder of the cluster',
      'out/prod',
      'out',
      'out/prod is a file, and the output of the cluster is a folder of that name',
    ],
  ])('a file in the place of %s', (_name, where, out, message) => {
    write(where);
    expect(problemsOf(directory(out))).toEqual([['OUT001', message]]);
  });

  test.each<[string, string, string]>([
    ['out', 'out', 'out is not writable'],
    ['.', 'out', '. is not writable'],
    ['out/prod', 'out', 'out/prod is not writable'],
  ])('a folder that may not be written: %s', (where, out, message) => {
    fs.mkdirSync(at(where), { recursive: true });
    for (const folder of ['out', 'out/prod']) if (fs.existsSync(at(folder))) fs.chmodSync(at(folder), 0o777);
    const program = at('check.cjs');
    const source = JSON.stringify(path.join(__dirname, '../../src/outputs/output-directory.ts'));
    const target = `new OutputDirectory(${JSON.stringify(at(out))}, ${JSON.stringify(out)}, 'prod')`;
    buildSync({
      stdin: {
        contents: `import { OutputDirectory } from ${source}; const target = ${target}; const above = target.checkAbove(); console.log(JSON.stringify(above.length > 0 ? above : target.check()));`,
        resolveDir: root,
      },
      bundle: true,
      platform: 'node',
      outfile: program,
    });
    fs.chmodSync(at(where), 0o555);
    // Every folder is writable to root, so another user looks at it.
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const { stdout } = spawnSync(process.execPath, [program], { encoding: 'utf8', cwd: root, ...user });
    fs.chmodSync(at(where), 0o777);
    expect(
      (JSON.parse(stdout) as { code: string; message: string }[]).map((each) => [each.code, each.message]),
    ).toEqual([['OUT002', message]]);
  });
});
