import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { SecretStore } from '../../src/secrets/secret-store';
import { Chance } from '../support/chance';
import { readFolder } from '../support/golden-folder';
import { temporaryDirectory, type TemporaryDirectory } from './harness';

/** How many processes are killed at random moments of their run, for each of the two beginnings. */
const MOMENTS = Math.ceil(Number(process.env['PACHKIT_E2E_KILLS'] ?? 60) / 2);

/** Where the row of random numbers begins: the same seed tries the same parts of a run. */
const SEED = Number(process.env['PACHKIT_CAMPAIGN_SEED'] ?? 20_261_128);

const program = path.resolve(__dirname, '../../dist/bin/pachkit.js');
const killer = path.resolve(__dirname, 'kill/kill-at.cjs');

const documentOf = (name: string, host: string): string => `apiVersion: pachkit/v1
name: ${name}
release: 2.12.0-rc.3
access: { host: ${host}, tls: { secretName: tls } }
auth0:
  domain: acme.eu.auth0.com
  application: { clientID: id-of-${name}, clientSecret: { generate: {} } }
  allow: { emailDomains: [acme.com] }
storage: { gcs: { bucket: acme } }
`;

const NAMES = ['one', 'two'];
const STATE = '{"version":4,"serial":1,"lineage":"a"}';

type Files = Readonly<Record<string, string>>;
type Beginning = 'nothing' | 'an older output';

let work: TemporaryDirectory;
/** A folder to begin with, and what is in the output before and after a synthesis that is not killed. */
const beginnings = new Map<Beginning, { folder: string; before: Files; after: Files }>();
let longest = 0;

beforeAll(() => {
  work = temporaryDirectory('kill');
  for (const beginning of ['nothing', 'an older output'] as const) {
    const folder = work.join(beginning.replaceAll(' ', '-'));
    fs.mkdirSync(folder);
    if (beginning === 'an older output') {
      for (const name of NAMES)
        fs.writeFileSync(path.join(folder, `${name}.yaml`), documentOf(name, 'old.acme.com'));
      expect(synthesize(folder)).toEqual({ status: 0, signal: null, stderr: '' });
      for (const name of NAMES) {
        fs.mkdirSync(path.join(folder, 'out', name, 'terraform/states'));
        fs.writeFileSync(path.join(folder, 'out', name, 'terraform/states/auth0'), STATE);
      }
    }
    for (const name of NAMES)
      fs.writeFileSync(path.join(folder, `${name}.yaml`), documentOf(name, 'new.acme.com'));
    const before = readFolder(path.join(folder, 'out'));
    const trial = copyOf(folder, 'trial');
    const start = performance.now();
    expect(synthesize(trial)).toEqual({ status: 0, signal: null, stderr: '' });
    longest = Math.max(longest, performance.now() - start);
    beginnings.set(beginning, { folder, before, after: readFolder(path.join(trial, 'out')) });
  }
});

afterAll(() => work.remove());

function copyOf(folder: string, name: string): string {
  const copy = work.join(name);
  fs.rmSync(copy, { recursive: true, force: true });
  fs.cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

const ARGS = [...NAMES.map((name) => `${name}.yaml`), '--out', 'out', '--quiet'];
const environmentOf = (more: Readonly<Record<string, string>>): Record<string, string> => ({
  PATH: String(process.env['PATH']),
  // Keeping compiled code changes the file system too, at the first run only.
  NODE_DISABLE_COMPILE_CACHE: '1',
  ...more,
});

function synthesize(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): { status: number | null; signal: string | null; stderr: string } {
  const { status, signal, stderr } = spawnSync(
    process.execPath,
    ['--require', killer, program, 'synth', ...ARGS],
    { cwd: folder, env: environmentOf(environment), encoding: 'utf8' },
  );
  return { status, signal, stderr };
}

/** The secrets that are kept for a cluster. Fails the test where there is a store that cannot be read. */
function storedIn(folder: string, name: string): Record<string, string> {
  const file = path.join(folder, '.pachkit', `${name}.secrets.json`);
  if (!fs.existsSync(file)) return {};
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { secrets: Record<string, string> }).secrets;
}

const withName = (files: Files, name: string): Files =>
  Object.fromEntries(Object.entries(files).filter(([file]) => file.startsWith(`${name}/`)));

/** Whatever differs from one run to the next where secrets are generated anew. */
const shape = (files: Files): Files =>
  Object.fromEntries(
    Object.entries(files).map(([file, text]) => [
      file,
      /secret|connectors|06-pachd|03-identity|07-pachw|08-console|05-database/.test(file) ? '' : text,
    ]),
  );

/** What has to be true after a kill, and after the next run. */
function check(beginning: Beginning, folder: string): void {
  const { before, after } = beginnings.get(beginning) ?? { before: {}, after: {} };
  const out = path.join(folder, 'out');
  const stored = NAMES.map((name) => storedIn(folder, name));
  for (const name of NAMES) {
    const isAside =
      !fs.existsSync(path.join(out, name)) && fs.existsSync(path.join(out, `.${name}.previous`));
    const there = isAside
      ? Object.fromEntries(
          Object.entries(readFolder(path.join(out, `.${name}.previous`))).map(([file, text]) => [
            `${name}/${file}`,
            text,
          ]),
        )
      : withName(readFolder(out), name);
    expect([shape(withName(before, name)), shape(withName(after, name))]).toContainEqual(shape(there));
  }
  expect(synthesize(folder)).toEqual({ status: 0, signal: null, stderr: '' });
  expect(shape(readFolder(out))).toEqual(shape(after));
  expect(fs.readdirSync(out).sort()).toEqual(NAMES);
  // A lock of a killed process may be there until the store is written the next time, and must not stand in its way.
  for (const name of NAMES) new SecretStore(folder, name).add({});
  expect(fs.readdirSync(path.join(folder, '.pachkit')).sort()).toEqual([
    '.gitignore',
    ...NAMES.map((name) => `${name}.secrets.json`),
  ]);
  expect(fs.readFileSync(path.join(folder, '.pachkit/.gitignore'), 'utf8')).toBe('*\n');
  NAMES.forEach((name, index) => expect(storedIn(folder, name)).toMatchObject(stored[index] ?? {}));
}

describe.each<Beginning>(['nothing', 'an older output'])(
  'a synthesis that begins with %s leaves whole folders, the same secrets and no lock',
  (beginning) => {
    test.each(['before', 'after'])(
      'when it is killed %s any of its changes to the file system',
      (when) => {
        const { folder } = beginnings.get(beginning) ?? { folder: '' };
        let change = 1;
        // A run has a few changes more where the machine is slow: a lock that is held long is touched.
        for (; ; change++) {
          const copy = copyOf(folder, 'killed');
          const outcome = synthesize(copy, { KILL_AT: String(change), KILL_WHEN: when });
          if (outcome.signal === null) break;
          expect([change, outcome.signal]).toEqual([change, 'SIGKILL']);
          check(beginning, copy);
        }
        process.stderr.write(`killed ${when} each of ${change - 1} changes\n`);
        expect(change).toBeGreaterThan(30);
      },
      1_800_000,
    );

    test(`when it is killed at any of ${MOMENTS} moments`, async () => {
      const { folder } = beginnings.get(beginning) ?? { folder: '' };
      const chance = new Chance(SEED);
      let killed = 0;
      let tried = 0;
      // Runs that end before their moment do not count.
      for (; killed < MOMENTS && tried < 3 * MOMENTS; tried++) {
        const copy = copyOf(folder, 'killed');
        const child = spawn(process.execPath, [program, 'synth', ...ARGS], {
          cwd: copy,
          env: environmentOf({}),
          stdio: 'ignore',
        });
        const timer = setTimeout(() => child.kill('SIGKILL'), longest * chance.fraction());
        const signal = await new Promise((resolve) => child.once('exit', (_, name) => resolve(name)));
        clearTimeout(timer);
        if (signal === 'SIGKILL') killed += 1;
        check(beginning, copy);
      }
      process.stderr.write(`${killed} killed at any moment, of ${tried} tried, seed ${SEED}\n`);
      expect(killed).toBe(MOMENTS);
    }, 3_600_000);
  },
);
