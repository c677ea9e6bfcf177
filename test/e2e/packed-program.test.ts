import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { npm, temporaryDirectory, type TemporaryDirectory } from './harness';
import { provideNode } from './packed/nodes';

const checkout = path.resolve(__dirname, '../..');
const document = path.join(checkout, 'examples/production-auth0/pachyderm.yaml');

/** The oldest Node that is supported, patches between which V8's code is not exchangeable, and the newest of later lines. */
const VERSIONS = ['20.12.2', '20.19.5', '20.20.1', '20.20.2', '22.23.3', '24.21.0'];

interface Outcome {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

const FINE: Outcome = { status: 0, signal: null, stderr: '' };

let packed: TemporaryDirectory;
let program: string;
/** One cache folder for all versions, as one user has. */
let cache: string;

beforeAll(() => {
  packed = temporaryDirectory('packed');
  const { status } = npm(['pack', checkout, '--ignore-scripts', '--pack-destination', packed.path]);
  const [tarball = ''] = fs.readdirSync(packed.path);
  const unpacked = spawnSync('tar', ['-xzf', tarball], { cwd: packed.path });
  expect([status, unpacked.status]).toEqual([0, 0]);
  program = packed.join('package/dist/bin/pachkit.js');
  cache = packed.join('cache');
  fs.mkdirSync(cache, { mode: 0o700 });
});

afterAll(() => packed.remove());

/** Runs the packed program; nothing of the environment of the tests reaches it. */
function run(node: string, args: readonly string[], environment: Readonly<Record<string, string>>): Outcome {
  const { status, signal, stderr } = spawnSync(node, [program, ...args], {
    cwd: packed.path,
    env: { TF_VAR_auth0_client_secret: 'a client secret for the test', CI: 'true', ...environment },
    encoding: 'utf8',
  });
  return { status, signal, stderr };
}

const filesBelow = (folder: string): Record<string, string> =>
  Object.fromEntries(
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(folder, file), fs.readFileSync(file, 'utf8')]),
  );

test('no compiled code is in the package', () => {
  const names = fs.readdirSync(packed.join('package/dist/bin'));
  expect(names.filter((name) => !/\.(js|json)$/.test(name))).toEqual([]);
});

for (const version of VERSIONS) {
  const node = provideNode(version);
  if ('reason' in node) {
    process.stderr.write(`SKIPPED Node ${version}, ${node.reason}\n`);
    describe.skip(`Node ${version} (${node.reason})`, () => test('runs the packed program', () => {}));
    continue;
  }
  describe(`Node ${version} runs the packed program`, () => {
    const both = (environment: Readonly<Record<string, string>>): Outcome[] => [
      run(node.file, ['validate', document], environment),
      run(node.file, ['synth', document, '--out', `out-${version}`, '--quiet'], environment),
    ];
    const fine = [FINE, FINE];

    test('the first time, the second time, from the code it kept then, and beside the code of every other version', () => {
      for (let time = 1; time <= 3; time++) expect(both({ XDG_CACHE_HOME: cache })).toEqual(fine);
      const kept = fs
        .readdirSync(path.join(cache, 'pachkit'))
        .filter((name) => name.includes(`-v${version}-`));
      expect(kept).toHaveLength(2);
    });

    test('and writes what every other version writes', () => {
      const first = VERSIONS.map((each) => packed.join(`out-${each}`)).find((folder) =>
        fs.existsSync(folder),
      );
      expect(filesBelow(packed.join(`out-${version}`))).toEqual(filesBelow(String(first)));
    });

    test('without a HOME', () => expect(both({})).toEqual(fine));

    test('with a HOME that is read-only', () => {
      // Root may write to any folder but those of the kernel.
      const home = process.platform === 'linux' ? '/proc' : packed.join(`home-${version}`);
      if (!fs.existsSync(home)) fs.mkdirSync(home, { mode: 0o500 });
      expect(both({ HOME: home })).toEqual(fine);
    });

    test('with garbage in place of the code it kept', () => {
      const folders = fs
        .readdirSync(path.join(cache, 'pachkit'))
        .map((name) => path.join(cache, 'pachkit', name));
      for (const folder of folders)
        for (const name of fs.readdirSync(folder))
          fs.writeFileSync(path.join(folder, name), 'garbage '.repeat(100_000));
      expect(both({ XDG_CACHE_HOME: cache })).toEqual(fine);
    });

    test('two at once with an empty cache', async () => {
      const empty = packed.join(`empty-${version}`);
      fs.mkdirSync(empty, { mode: 0o700 });
      const validate = (): Promise<unknown> =>
        new Promise((resolve) =>
          spawn(node.file, [program, 'validate', document], {
            env: { XDG_CACHE_HOME: empty },
            stdio: 'ignore',
          }).on('exit', (code, signal) => resolve(signal ?? code)),
        );
      expect(await Promise.all([validate(), validate()])).toEqual([0, 0]);
    });
  });
}
