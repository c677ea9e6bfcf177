import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { readInventory } from '../../src/outputs/inventory';
import { OutputDirectory } from '../../src/outputs/output-directory';
import {
  ALL,
  FIRST,
  MOVE_AWAY,
  at,
  directory,
  file,
  linux,
  problemsOf,
  synthesize,
  write,
} from '../support/output-folder';

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
        resolveDir: at(),
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
    const { stdout } = spawnSync(process.execPath, [program], { encoding: 'utf8', cwd: at(), ...user });
    fs.chmodSync(at(where), 0o777);
    expect(
      (JSON.parse(stdout) as { code: string; message: string }[]).map((each) => [each.code, each.message]),
    ).toEqual([['OUT002', message]]);
  });
});
