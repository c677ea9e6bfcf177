import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import type { Diagnostic } from '../../src/diagnostics/diagnostic';
import type { OutputFile } from '../../src/outputs/output';
import { readInventory } from '../../src/outputs/inventory';
import { OutputDirectory, type Origin } from '../../src/outputs/output-directory';
import { readFolder } from '../support/golden-folder';

const linux = process.platform === 'linux' ? test : test.skip;

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

const directory = (out = 'out', name = 'prod', origin: Origin = {}): OutputDirectory =>
  new OutputDirectory(at(out), out, name, origin);

/** What `synth` does when nothing is wrong. */
function synthesize(files: readonly OutputFile[], outputs: readonly string[] = ALL, origin?: Origin): void {
  const target = directory('out', 'prod', origin);
  OutputDirectory.clearUp(at('out'), [target]);
  expect(target.check()).toEqual([]);
  target.stage(files, outputs);
  expect(target.replace()).toEqual([]);
  target.discard();
}

/** Findings as code, message and hint; all else about them is the same. */
const problemsOf = (target: OutputDirectory): [string, string, string | undefined][] => {
  const above = target.checkAbove();
  return inShort(above.length > 0 ? above : target.check(), target);
};

function inShort(
  diagnostics: readonly Diagnostic[],
  target: OutputDirectory,
  severity = 'error',
): [string, string, string | undefined][] {
  return diagnostics.map(({ code, message, hint, ...rest }) => {
    expect(rest).toEqual({ severity, location: { file: target.shownPath }, path: '' });
    return [code, message, hint];
  });
}

const MOVE_AWAY = 'move them away, or name another folder with --out';

describe('Terraform that is no longer written', () => {
  const TERRAFORM = [file('terraform/cdk.tf.json')];
  const warned = (files: readonly OutputFile[], outputs: readonly string[] = ALL): string[] =>
    directory()
      .abandoned(files, outputs)
      .map(({ message }) => message);
  const WARNING =
    'out/prod/terraform holds the state of an application at Auth0 that the document no longer has; it stays at Auth0, and people can still log in to it';

  test.each([
    ['a state', 'terraform.tfstate', '{"resources":[{}]}'],
    ['a state of a workspace', 'terraform.tfstate.d/test/terraform.tfstate', '{"resources":[{}]}'],
    ['a state that cannot be read', 'terraform.tfstate', '{'],
    ['a state that is elsewhere', '.terraform/terraform.tfstate', '{"backend":{}}'],
  ])('%s is warned about', (_name, name, content) => {
    synthesize(TERRAFORM);
    write(`out/prod/terraform/${name}`, content);
    expect(warned(FIRST)).toEqual([WARNING]);
    expect(warned([...FIRST, ...TERRAFORM])).toEqual([]);
    expect(warned(FIRST, ['manifests', 'connectors'])).toEqual([]);
    synthesize(FIRST);
    expect(warned(FIRST)).toEqual([WARNING]);
  });

  test.each([
    ['a state with nothing in it', 'terraform.tfstate', '{"resources":[]}'],
    ['a copy of an older state', 'terraform.tfstate.backup', '{"resources":[{}]}'],
    ['a lock file', '.terraform.lock.hcl', ''],
    [
      'that the state is the usual file, where there is none',
      '.terraform/terraform.tfstate',
      '{"version":3,"backend":{"type":"local","config":{"path":"terraform.tfstate","workspace_dir":null}}}',
    ],
    ['a state in a folder that Terraform does not look into', 'old/terraform.tfstate', '{"resources":[{}]}'],
    ['a state outside of its folder', '../manifests/terraform.tfstate', '{"resources":[{}]}'],
    ['a state of a tool of the same beginning', '../terraform2/terraform.tfstate', '{"resources":[{}]}'],
  ])('%s is not', (_name, name, content) => {
    synthesize(TERRAFORM);
    write(`out/prod/terraform/${name}`, content);
    expect(warned(FIRST)).toEqual([]);
  });

  test('nothing at all is not', () => expect(warned(FIRST)).toEqual([]));

  test('the warning says how to remove what is left at Auth0, by the configuration that stays until then', () => {
    synthesize(TERRAFORM);
    write('out/prod/terraform/terraform.tfstate', '{"resources":[{}]}');
    const said = [
      [
        'OUT005',
        WARNING,
        'to remove it, run terraform -chdir=out/prod/terraform destroy with the credentials of the Management API set; secrets that it asks for may be anything; to keep it, leave the folder as it is',
      ],
    ];
    const warnings = () => {
      const target = directory();
      return inShort(target.abandoned(FIRST, ALL), target, 'warning');
    };
    expect(warnings()).toEqual(said);
    synthesize(FIRST);
    synthesize(FIRST);
    expect(warnings()).toEqual(said);
    expect(readFolder(at('out/prod'))).toMatchObject({ 'terraform/cdk.tf.json': 'terraform/cdk.tf.json\n' });
  });

  test('the configuration goes when nothing is left at Auth0', () => {
    synthesize(TERRAFORM);
    write('out/prod/terraform/terraform.tfstate', '{"resources":[]}');
    synthesize(FIRST);
    expect(readFolder(at('out/prod'))).not.toHaveProperty(['terraform/cdk.tf.json']);
    expect(readFolder(at('out/prod'))).toHaveProperty(['terraform/terraform.tfstate']);
  });

  test('the warning says how to remove it where someone has removed the configuration', () => {
    synthesize(TERRAFORM);
    write('out/prod/terraform/terraform.tfstate', '{"resources":[{}]}');
    fs.rmSync(at('out/prod/terraform/cdk.tf.json'));
    const target = directory();
    expect(inShort(target.abandoned(FIRST, ALL), target, 'warning')).toEqual([
      [
        'OUT005',
        WARNING,
        'to remove it, put the section auth0 back, run pachkit synth and terraform destroy, and take the section away; to keep it, leave the folder as it is',
      ],
    ]);
  });
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

  describe('that holds what is to be written already', () => {
    const stats = (): unknown =>
      Object.keys(readFolder(at('out/prod'))).map((name) => {
        const { ino, mtimeMs, mode } = fs.lstatSync(at('out/prod', name));
        return [name, ino, mtimeMs, mode & 0o777];
      });

    test('is left as it is', () => {
      synthesize(FIRST);
      const before = stats();
      synthesize(FIRST);
      expect(stats()).toEqual(before);
      expect(fs.readdirSync(at('out'))).toEqual(['prod']);
    });

    test('also when only some outputs are written, and beside files of Terraform', () => {
      synthesize([...FIRST, file('terraform/cdk.tf.json')]);
      write('out/prod/terraform/terraform.tfstate', 'state');
      synthesize([...FIRST, file('terraform/cdk.tf.json')]);
      const before = stats();
      synthesize(FIRST.slice(0, 2), ['manifests']);
      expect(stats()).toEqual(before);
    });

    test.each<[string, () => void]>([
      ['has another content', () => fs.writeFileSync(at('out/prod/manifests/a.yaml'), 'edited')],
      ['is gone', () => fs.rmSync(at('out/prod/manifests/a.yaml'))],
      [
        'is a link to its content',
        () => {
          fs.renameSync(at('out/prod/manifests/a.yaml'), at('elsewhere.yaml'));
          fs.symlinkSync(at('elsewhere.yaml'), at('out/prod/manifests/a.yaml'));
        },
      ],
      ['with a secret can be read by others', () => fs.chmodSync(at('out/prod/connectors/c.yaml'), 0o644)],
      ['can be changed by others', () => fs.chmodSync(at('out/prod/manifests/a.yaml'), 0o666)],
      [
        'that pachkit wrote, the list of files, was edited',
        () => fs.appendFileSync(at('out/prod/.pachkit.json'), ' '),
      ],
    ])('but not when a file %s', (_, change) => {
      synthesize(FIRST);
      const written = readFolder(at('out/prod'));
      const modes = (): unknown => FIRST.map(({ path: name }) => fs.lstatSync(at('out/prod', name)).mode);
      const before = modes();
      change();
      synthesize(FIRST);
      expect(readFolder(at('out/prod'))).toEqual(written);
      expect(modes()).toEqual(before);
    });
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

  test('the files with secrets of all outputs are listed in order', () => {
    synthesize([file('manifests/secret.yaml', 's', true)], ['manifests']);
    synthesize([file('connectors/c.yaml', 'c', true)], ['connectors']);
    expect(JSON.parse(fs.readFileSync(at('out/prod/.pachkit.json'), 'utf8'))).toMatchObject({
      files: ['connectors/c.yaml', 'manifests/secret.yaml'],
      secrets: ['connectors/c.yaml', 'manifests/secret.yaml'],
    });
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

  test('are kept out of git, as long as they are there', () => {
    const gitignore = (): string => fs.readFileSync(at('out/prod/.gitignore'), 'utf8');
    const listed = '*.tfstate\n*.tfstate.*\n*.tfvars\n*.tfvars.json\n*.tfplan\n.terraform/\n';
    synthesize(FIRST);
    expect(gitignore()).not.toContain('*.tfstate');
    synthesize([...FIRST, file('terraform/cdk.tf.json')]);
    expect(gitignore()).toContain(listed);
    write('out/prod/terraform/terraform.tfstate', 'state');
    synthesize([file('manifests/a.yaml')]);
    expect(gitignore()).toContain(listed);
  });

  test('stay also when the cluster has nothing for Terraform any more', () => {
    synthesize([file('terraform/cdk.tf.json')]);
    write('out/prod/terraform/terraform.tfstate', 'state');
    synthesize([file('manifests/a.yaml')]);
    expect(fs.readFileSync(at('out/prod/terraform/terraform.tfstate'), 'utf8')).toBe('state');
    expect(fs.readFileSync(at('out/prod/terraform/cdk.tf.json'), 'utf8')).toBe('terraform/cdk.tf.json\n');
  });

  test('stay under whatever name outside of its folder, when they are states', () => {
    const state = '{"version":4,"terraform_version":"1.11.4","serial":3,"lineage":"a"}';
    synthesize([file('terraform/cdk.tf.json')]);
    write('out/prod/states/auth0.json', state);
    synthesize([file('terraform/cdk.tf.json')]);
    expect(fs.readFileSync(at('out/prod/states/auth0.json'), 'utf8')).toBe(state);
    write('out/prod/states/notes.json', '{"serial":3}');
    expect(problemsOf(directory())).toEqual([
      [
        'OUT003',
        'out/prod holds files that pachkit did not write: states/notes.json; they would be lost',
        MOVE_AWAY,
      ],
    ]);
  });

  test('do not stay when pachkit is to write a file of that name: then nothing is written', () => {
    synthesize([file('manifests/a.yaml')]);
    write('out/prod/terraform/cdk.tf.json', 'mine');
    const target = directory();
    expect(target.check()).toEqual([]);
    expect(target.conflicts([file('manifests/a.yaml')])).toEqual([]);
    expect(inShort(target.conflicts([file('terraform/cdk.tf.json')]), target)).toEqual([
      [
        'OUT003',
        'out/prod holds files that pachkit did not write: terraform/cdk.tf.json; they would be lost',
        MOVE_AWAY,
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
    target.stage([file('terraform/cdk.tf.json', 'new\n')], ALL);
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

  describe('of which the old folder of a killed process has another than the new one', () => {
    const STATE = 'terraform/terraform.tfstate';
    beforeEach(() => {
      synthesize([file('terraform/cdk.tf.json')]);
      fs.cpSync(at('out/prod'), at('out/.prod.previous'), { recursive: true });
    });
    /** Writes a file into both folders; `age` says by how many seconds that of the old folder is older. */
    function writeBoth(name: string, before: string, now: string, age: number): void {
      write(`out/.prod.previous/${name}`, before);
      write(`out/prod/${name}`, now);
      fs.utimesSync(at('out/.prod.previous', name), 1000 - age, 1000 - age);
      fs.utimesSync(at('out/prod', name), 1000, 1000);
    }
    const doubt = (...files: string[]): unknown[] => [
      [
        'OUT010',
        `out/.prod.previous holds a Terraform state that differs from the one in out/prod: ${files.join(', ')}`,
        'compare the two with terraform state list, keep the right one in out/prod, and delete out/.prod.previous',
      ],
    ];

    test('stop the synthesis when an older state differs: no one knows the right one', () => {
      writeBoth(STATE, 'one', 'other', 1);
      expect(problemsOf(directory())).toEqual(doubt(STATE));
      expect(fs.readFileSync(at('out/.prod.previous', STATE), 'utf8')).toBe('one');
      expect(fs.readFileSync(at('out/prod', STATE), 'utf8')).toBe('other');
      fs.rmSync(at('out/.prod.previous'), { recursive: true });
      synthesize([file('terraform/cdk.tf.json')]);
    });

    test('stop it when both are equally old', () => {
      writeBoth(STATE, 'one', 'other', 0);
      expect(problemsOf(directory())).toEqual(doubt(STATE));
    });

    test('stop it for every such state', () => {
      writeBoth(STATE, 'one', 'other', 1);
      writeBoth('terraform/old.tfstate.backup', 'one', 'other', 1);
      writeBoth('terraform/notes.tfstate.txt', 'one', 'other', 1);
      expect(problemsOf(directory())).toEqual(doubt('terraform/old.tfstate.backup', STATE));
    });

    test.each([
      ['the state of the old folder is the newer one', STATE, 'one', 'other', -1, 'one'],
      ['the state is the same', STATE, 'one', 'one', 1, 'one'],
      ['what is older is no state', 'terraform/plan', 'one', 'other', 1, 'other'],
    ])('do not when %s', (_title, name, before, now, age, left) => {
      writeBoth(name, before, now, age);
      synthesize([file('terraform/cdk.tf.json')]);
      expect(fs.readFileSync(at('out/prod', name), 'utf8')).toBe(left);
      expect(fs.readdirSync(at('out'))).toEqual(['prod']);
    });

    test('do not when both are links to the same state', () => {
      for (const folder of ['.prod.previous', 'prod']) fs.symlinkSync('/nowhere', at('out', folder, STATE));
      expect(problemsOf(directory())).toEqual([]);
      expect(fs.readlinkSync(at('out/prod', STATE))).toBe('/nowhere');
    });
  });

  test('are warned about when an older state comes while the folder is written', () => {
    synthesize([file('terraform/cdk.tf.json')]);
    write('out/prod/terraform/terraform.tfstate', 'one');
    const target = directory();
    target.stage([file('terraform/cdk.tf.json', 'new\n')], ALL);
    fs.rmSync(at('out/prod/terraform/terraform.tfstate'));
    write('out/prod/terraform/terraform.tfstate', 'restored');
    fs.utimesSync(at('out/prod/terraform/terraform.tfstate'), 0, 0);
    expect(inShort(target.replace(), target, 'warning').map(([code]) => code)).toEqual(['OUT010']);
    expect(fs.readFileSync(at('out/prod/terraform/terraform.tfstate'), 'utf8')).toBe('one');
    expect(fs.readFileSync(at('out/.prod.previous/terraform/terraform.tfstate'), 'utf8')).toBe('restored');
  });

  test.each(['prod.tfvars', 's3.tfbackend', 'prod.tfplan', 'prod.auto.tfvars.json', '.terraform.lock.info'])(
    'stay outside of its folder, by their names: %s',
    (name) => {
      synthesize([file('terraform/cdk.tf.json')]);
      write(`out/prod/${name}`, name);
      synthesize([file('terraform/cdk.tf.json')]);
      expect(fs.readFileSync(at('out/prod', name), 'utf8')).toBe(name);
    },
  );

  test.each([
    ['a.lock.info.txt', ''],
    ['tfvars.txt', ''],
    ['a.json', '{"lineage":"a"}'],
    ['notes.txt', 'The state has "lineage" and "serial".'],
  ])('are not told by a part of their names or their content: %s', (name, content) => {
    synthesize([file('terraform/cdk.tf.json')]);
    write(`out/prod/${name}`, content);
    expect(problemsOf(directory()).map(([code]) => code)).toEqual(['OUT003']);
  });

  describe.each(['terraform', 'tofu'])('while %s runs there', (program) => {
    linux('stop the synthesis, and not after it was killed', async () => {
      synthesize([file('terraform/cdk.tf.json')]);
      fs.copyFileSync('/bin/sleep', at(program));
      fs.chmodSync(at(program), 0o755);
      const running = spawn(at(program), ['60'], { cwd: at('out/prod/terraform') });
      await new Promise((resolve) => running.once('spawn', resolve));
      // Without a lock it changes nothing.
      expect(problemsOf(directory())).toEqual([]);
      write('out/prod/terraform/.terraform.tfstate.lock.info', '{}');
      expect(problemsOf(directory())).toEqual([
        [
          'OUT009',
          `Terraform is running in out/prod (process ${running.pid}), and would write its state into a folder that is replaced`,
          'wait until it has ended',
        ],
      ]);
      running.kill('SIGKILL');
      await new Promise((resolve) => running.once('exit', resolve));
      expect(problemsOf(directory())).toEqual([]);
    });
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

describe('a file system without hard links', () => {
  beforeEach(() => {
    jest.spyOn(fs, 'linkSync').mockImplementation(() => {
      throw Object.assign(new Error('operation not permitted'), { code: 'EPERM', syscall: 'link' });
    });
  });
  afterEach(() => jest.restoreAllMocks());

  test('has copies of what stays, and links as links', () => {
    synthesize([file('terraform/cdk.tf.json')]);
    write('out/prod/terraform/terraform.tfstate', 'state');
    fs.symlinkSync('nowhere', at('out/prod/terraform/link'));
    synthesize([file('terraform/cdk.tf.json', 'new\n')]);
    expect(fs.readFileSync(at('out/prod/terraform/terraform.tfstate'), 'utf8')).toBe('state');
    expect(fs.readlinkSync(at('out/prod/terraform/link'))).toBe('nowhere');
    expect(fs.readdirSync(at('out'))).toEqual(['prod']);
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

  test('and ends before it stages, has nothing to remove', () => {
    write('out', 'a file');
    directory().discard();
    expect(fs.readFileSync(at('out'), 'utf8')).toBe('a file');
  });

  test('and is killed while it stages, leaves the old folder; the next one clears up', () => {
    synthesize(FIRST);
    const before = readFolder(at('out/prod'));
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    write(`out/.prod.new-${dead}/manifests/half.yaml`);
    write(`out/.prod.old-${dead}/manifests/half-removed.yaml`);
    write(`out/${dead}/a-cluster-of-this-name.yaml`);
    write(`out/.prod.new-${process.ppid}/manifests/of-another-that-runs.yaml`);
    expect(readFolder(at('out/prod'))).toEqual(before);
    synthesize(FIRST);
    expect(fs.readdirSync(at('out')).sort()).toEqual([`.prod.new-${process.ppid}`, `${dead}`, 'prod'].sort());
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
        MOVE_AWAY,
      ],
    ]);
    expect(fs.existsSync(at('out/prod/notes.txt'))).toBe(true);
  });

  test.each([
    [['a', 'b', 'c'], 'a, b, c'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
  ])('a folder that was never written by pachkit, with the files %j', (names, listed) => {
    for (const name of names) write(`out/prod/${name}`);
    expect(problemsOf(directory())).toEqual([
      ['OUT003', `out/prod holds files that pachkit did not write: ${listed}; they would be lost`, MOVE_AWAY],
    ]);
  });

  linux('a pipe, which is not waited for', () => {
    fs.mkdirSync(at('out/prod'), { recursive: true });
    spawnSync('mkfifo', [at('out/prod/pipe')]);
    expect(problemsOf(directory()).map(([code]) => code)).toEqual(['OUT003']);
  });

  linux('and no file that was looked at stays open', () => {
    for (const name of ['a', 'b', 'c']) write(`out/prod/${name}`);
    fs.symlinkSync('nowhere', at('out/prod/link'));
    const openFiles = (): number => fs.readdirSync('/proc/self/fd').length;
    const before = openFiles();
    expect(problemsOf(directory()).map(([, message]) => message)).toEqual([
      'out/prod holds files that pachkit did not write: a, b, c and 1 more; they would be lost',
    ]);
    expect(openFiles()).toBe(before);
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

  test.each(['../notes.txt', 'a/../../notes.txt', String.raw`a\..\..\notes.txt`, '/etc/passwd', 5, null, {}])(
    'an inventory that names something outside of the folder, %j, counts for the rest of it',
    (outside) => {
      write(
        'out/prod/.pachkit.json',
        JSON.stringify({ files: [outside, 'a..b'], secrets: [outside, 'a..b'] }),
      );
      expect(readInventory(at('out/prod'))).toEqual({ files: ['a..b'], secrets: ['a..b'] });
    },
  );

  test('an inventory with a .gitignore does not keep it', () => {
    write('out/prod/.gitignore', '*\n');
    write('out/prod/.pachkit.json', '{"files":[".gitignore"]}');
    synthesize([], ['manifests']);
    expect(fs.readdirSync(at('out/prod'))).toEqual(['.pachkit.json']);
  });

  test('a .gitignore of someone else', () => {
    synthesize([file('manifests/a.yaml')]);
    write('out/prod/.gitignore', '*\n');
    expect(problemsOf(directory()).map(([code]) => code)).toEqual(['OUT003']);
  });

  test.each<[string, string, string, string]>([
    [
      'the folder of the cluster, to a folder',
      'out/prod',
      'out/prod is a link, and the output of the cluster is a folder of that name, which is replaced as a whole',
      'name the folder that the link is to lead to with --out',
    ],
    [
      'the folder of all output, to nothing',
      'out',
      'out is a link to something that is not there',
      'name another folder with --out',
    ],
  ])('a link in the place of %s', (_, where, message, hint) => {
    fs.mkdirSync(path.dirname(at(where)), { recursive: true });
    fs.symlinkSync(where === 'out' ? 'missing' : at(), at(where));
    expect(problemsOf(directory())).toEqual([['OUT001', message, hint]]);
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
        'give one of the clusters another name, or name another folder with --out; if the documents are of the same cluster, add --adopt once',
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

  const ANOTHER = 'name another folder with --out';
  test.each<[string, string, string, string, string]>([
    ['the folder', 'out', 'out', 'out is a file, and output is written into folders', ANOTHER],
    ['a folder above', 'a', 'a/b/c', 'a is a file, and output is written into folders', ANOTHER],
    [
      'the folder of the cluster',
      'out/prod',
      'out',
      'out/prod is a file, and the output of the cluster is a folder of that name',
      `move it away, or ${ANOTHER}`,
    ],
  ])('a file in the place of %s', (_name, where, out, message, hint) => {
    write(where);
    expect(problemsOf(directory(out))).toEqual([['OUT001', message, hint]]);
  });

  const UNWRITABLE: [string, string, string, string][] = [
    ['out', 'out', 'out is not writable', `${ANOTHER}, or change its permissions`],
    ['.', 'out', '. is not writable', `${ANOTHER}, or change its permissions`],
    ['out/prod', 'out', 'out/prod is not writable', `change its permissions, or ${ANOTHER}`],
  ];
  // What the system says to root is always yes.
  test.each(UNWRITABLE)('a folder that may not be written: %s', (where, out, message, hint) => {
    fs.mkdirSync(at(where), { recursive: true });
    const mode = fs.constants.W_OK | fs.constants.X_OK;
    const access = jest.spyOn(fs, 'accessSync').mockImplementation((folder, asked) => {
      if (folder === at(where) && asked === mode)
        throw Object.assign(new Error('permission denied'), { code: 'EACCES', syscall: 'access' });
    });
    expect(problemsOf(directory(out))).toEqual([['OUT002', message, hint]]);
    access.mockRestore();
  });

  test.each(UNWRITABLE)('a folder that another user may not write: %s', (where, out, message) => {
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
      // CycloneDX's library asks for it where XML is written.
      external: ['xmlbuilder2'],
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

test.each([true, false])('files with secrets that git tracks: %s', (isTracked) => {
  const files = [...FIRST, file('manifests/my secret.yaml', '', true)];
  synthesize(files);
  if (isTracked)
    for (const args of [
      ['init', '-q'],
      ['add', '-f', 'out'],
    ])
      expect(spawnSync('git', ['-C', at(), ...args]).status).toBe(0);
  const target = directory();
  expect(inShort(target.tracked(files), target, 'warning')).toEqual(
    isTracked
      ? [
          [
            'OUT008',
            'git tracks out/prod/connectors/c.yaml, out/prod/manifests/my secret.yaml, which hold secrets in clear text: the next commit has them',
            "git rm --cached out/prod/connectors/c.yaml 'out/prod/manifests/my secret.yaml'; secrets that were pushed are known, so replace them",
          ],
        ]
      : [],
  );
});

test('git is asked about nothing where there is no folder yet', () =>
  expect(directory().tracked(FIRST)).toEqual([]));

describe('checksums', () => {
  const withChecksums: Origin = { checksums: true };
  const linesOf = (name: string): string[] =>
    fs.readFileSync(at('out/prod', name), 'utf8').trim().split('\n');
  const namesOf = (name: string): string[] => linesOf(name).map((line) => line.slice(66));
  const check = (name: string): [number | null, string] => {
    const { status, stdout } = spawnSync('sha256sum', ['-c', '--strict', '--quiet', name], {
      cwd: at('out/prod'),
      encoding: 'utf8',
    });
    return [status, stdout];
  };

  linux('are of every file of every synthesis, as sha256sum reads them', () => {
    synthesize([...FIRST, file('connectors/a b%2F\u00e9.yaml')], ALL, withChecksums);
    synthesize([file('helm/Chart.yaml')], ['helm'], withChecksums);
    expect(namesOf('SHA256SUMS')).toEqual([
      '.gitignore',
      '.pachkit.json',
      'connectors/a b%2F\u00e9.yaml',
      'helm/Chart.yaml',
      'manifests/a.yaml',
      'manifests/b.yaml',
    ]);
    expect(namesOf('SHA256SUMS.secrets')).toEqual(['connectors/c.yaml']);
    const all = Object.keys(readFolder(at('out/prod'))).filter((name) => !name.startsWith('SHA256SUMS'));
    expect([...namesOf('SHA256SUMS'), ...namesOf('SHA256SUMS.secrets')].sort()).toEqual(all.sort());
    for (const name of ['SHA256SUMS', 'SHA256SUMS.secrets']) expect(check(name)).toEqual([0, '']);
    fs.appendFileSync(at('out/prod/manifests/b.yaml'), 'changed');
    expect(check('SHA256SUMS')).toEqual([1, 'manifests/b.yaml: FAILED\n']);
  });

  linux('of secrets are only for who may read the secrets, and not for Git', () => {
    synthesize(FIRST, ALL, withChecksums);
    const modeOf = (name: string): number => fs.statSync(at('out/prod', name)).mode & 0o777;
    expect([modeOf('SHA256SUMS'), modeOf('SHA256SUMS.secrets')]).toEqual([0o644, 0o600]);
    expect(fs.readFileSync(at('out/prod/.gitignore'), 'utf8')).toContain('\n/SHA256SUMS.secrets\n');
    expect(linesOf('SHA256SUMS').join()).not.toContain('connectors/c.yaml');
  });

  test('go when the document does not ask for them any more, or has no secrets', () => {
    synthesize(FIRST, ALL, withChecksums);
    synthesize([file('manifests/a.yaml')], ALL, withChecksums);
    expect(fs.readdirSync(at('out/prod')).sort()).toEqual(['.pachkit.json', 'SHA256SUMS', 'manifests']);
    expect(readInventory(at('out/prod')).files).toContain('SHA256SUMS');
    synthesize([file('manifests/a.yaml')]);
    expect(fs.readdirSync(at('out/prod')).sort()).toEqual(['.pachkit.json', 'manifests']);
  });

  test('of someone else are never overwritten', () => {
    write('out/prod/SHA256SUMS');
    expect(problemsOf(directory('out', 'prod', withChecksums)).map(([code]) => code)).toEqual(['OUT003']);
  });
});
