import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { OutputFile } from '../../src/outputs/output';
import { readFolder } from '../support/golden-folder';
import {
  ALL,
  FIRST,
  MOVE_AWAY,
  at,
  directory,
  file,
  inShort,
  linux,
  problemsOf,
  synthesize,
  write,
} from '../support/output-folder';

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
