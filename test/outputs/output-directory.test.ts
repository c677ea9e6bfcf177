import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readFolder } from '../support/golden-folder';
import {
  ALL,
  FIRST,
  at,
  directory,
  file,
  inShort,
  synthesize,
  trackAll,
  write,
} from '../support/output-folder';

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
    for (const own of ['.gitignore', '.pachkit.json']) expect(modeOf(own)).toBe(modeOf('manifests/a.yaml'));
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

    test('also with the link to its document', () => {
      write('cluster.yaml');
      const origin = { document: at('cluster.yaml') };
      synthesize(FIRST, ALL, origin);
      const before = stats();
      synthesize(FIRST, ALL, origin);
      expect(stats()).toEqual(before);
    });

    test('but not when nothing needs its .gitignore any more', () => {
      synthesize([file('manifests/a.yaml')]);
      write('out/prod/terraform/terraform.tfstate', 'state');
      synthesize([file('manifests/a.yaml')]);
      expect(fs.existsSync(at('out/prod/.gitignore'))).toBe(true);
      fs.rmSync(at('out/prod/terraform'), { recursive: true });
      synthesize([file('manifests/a.yaml')]);
      expect(Object.keys(readFolder(at('out/prod')))).toEqual(['.pachkit.json', 'manifests/a.yaml']);
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
    expect(JSON.stringify(readFolder(at('out')))).not.toContain(at());
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

test.each([true, false])('files with secrets that git tracks: %s', (isTracked) => {
  const files = [...FIRST, file('manifests/my secret.yaml', '', true)];
  synthesize(files);
  if (isTracked) trackAll();
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

test('files with secrets that git tracks are refused where no one has allowed them', () => {
  synthesize(FIRST);
  trackAll();
  const target = directory();
  expect(inShort(target.tracked(FIRST, { refused: true }), target)).toEqual([
    [
      'OUT008',
      'git tracks out/prod/connectors/c.yaml, which hold secrets in clear text: the next commit has them',
      'git rm --cached out/prod/connectors/c.yaml; secrets that were pushed are known, so replace them; secrets.output writes Secrets that may be committed, and --allow-tracked-secrets writes these all the same',
    ],
  ]);
});

test('git is asked about nothing where there is no folder yet', () =>
  expect(directory().tracked(FIRST)).toEqual([]));
