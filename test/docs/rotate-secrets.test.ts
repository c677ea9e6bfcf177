import fs from 'node:fs';
import path from 'node:path';
import { dump, load } from 'js-yaml';
import { pachkit, temporaryFolder, type Outcome } from '../support/pachkit';
import { root } from './pages';

/** Rows of the tables of the guide, as what is between bars. */
const rows = fs
  .readFileSync(path.join(root, 'docs/guide/rotate-secrets.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| -'))
  .map((line) => line.slice(2, -2).split(/ +\| +/));

/** What is between backticks in the row whose first cell has a text. */
function codeOf(text: string): readonly string[] {
  const row = rows.find(([first]) => first?.includes(text));
  if (row === undefined) throw new Error(`the guide has no row about ${text}`);
  return [...row.join(' | ').matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');
}

const DOCUMENT = {
  apiVersion: 'pachkit/v1',
  name: 'prod',
  release: '2.11.6',
  enterprise: { licenseKey: { env: 'LICENSE' } },
  access: { host: 'pachyderm.acme.com', tls: { secretName: 'tls' } },
  identity: { connectorsFrom: { existing: { name: 'connectors' } } },
  storage: { gcs: { bucket: 'acme' } },
};

let folder: string;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const write = (more: object = {}): void =>
  fs.writeFileSync(path.join(folder, 'FILE'), dump({ ...DOCUMENT, ...more }));

/** A root token as the guide writes it, with what it leaves open. */
const rootToken = (form: string): object => ({
  auth: { rootToken: load(form.replace('name, key', 'name: tokens, key: root')) },
});

const run = (line: string, environment: Readonly<Record<string, string>> = {}): Outcome =>
  pachkit(line.replace(/^pachkit /, '').split(' '), {
    folder,
    environment: { LICENSE: 'license', ...environment },
  });

function manifests(environment?: Readonly<Record<string, string>>): string {
  expect(run('synth FILE --only manifests', environment)).toMatchObject({ exitCode: 0 });
  const written = path.join(folder, 'dist/pachkit/prod/manifests');
  return fs
    .readdirSync(written)
    .map((name) => fs.readFileSync(path.join(written, name), 'utf8'))
    .join('---\n');
}

/** The root token that is deployed, and what starts new pods of pachd. */
function deployed(environment?: Readonly<Record<string, string>>): readonly (string | undefined)[] {
  const text = manifests(environment);
  const [, pachd = ''] = text.split('\nkind: Deployment\nmetadata:\n  name: pachd\n');
  return [/^ {2}root-token: (.*)$/m.exec(text)?.[1], /configuration-checksum: (\w+)/.exec(pachd)?.[1]];
}

describe('where the document has', () => {
  const expectReplaced = (
    before: readonly (string | undefined)[],
    after: readonly (string | undefined)[],
  ): void => {
    expect([...before, ...after]).not.toContain(undefined);
    after.forEach((each, at) => expect(each).not.toBe(before[at]));
  };

  test('nothing, or a length, the command of the row makes another secret', () => {
    const [form = '', command = ''] = codeOf('generate');
    for (const more of [{}, rootToken(form)]) {
      write(more);
      const before = deployed();
      expect(run(command.replace('KEY', 'auth.rootToken')).exitCode).toBe(0);
      expectReplaced(before, deployed());
    }
  });

  test('a seed, as dev clusters may, another one makes every secret anew', () => {
    const [form = ''] = codeOf('seed');
    const seeded = (seed: string): object => ({
      profile: 'dev',
      ...(load(form.replace('seed', `seed: ${seed}`)) as object),
    });
    write(seeded('a'.repeat(32)));
    const before = deployed();
    write(seeded('b'.repeat(32)));
    expectReplaced(before, deployed());
  });

  test('a variable or a file, the new value comes from there', () => {
    const [variable = '', file = ''] = codeOf('env:');
    write(rootToken(variable));
    expectReplaced(deployed({ NAME: 'a'.repeat(32) }), deployed({ NAME: 'b'.repeat(32) }));
    write(rootToken(file));
    fs.writeFileSync(path.join(folder, 'PATH'), 'c'.repeat(32));
    const before = deployed();
    fs.writeFileSync(path.join(folder, 'PATH'), 'd'.repeat(32));
    expectReplaced(before, deployed());
  });

  test('an existing Secret, nothing is written, and what the row restarts reads it', () => {
    const [form = '', restart = ''] = codeOf('existing');
    write(rootToken(form));
    const text = manifests();
    expect(text).not.toMatch(/^ {2}root-token: /m);
    const [, pachd = ''] = text.split('\nkind: Deployment\nmetadata:\n  name: pachd\n');
    expect(pachd.split('\n---\n')[0]).toMatch(/name: tokens\n +key: root|key: root\n +name: tokens/);
    expect(restart).toContain('rollout restart deployment/pachd');
  });
});

test.each(['root token', 'secret of the client pachd', 'password of the internal PostgreSQL'])(
  'the command for the %s is one that says what to do, in order',
  (secret) => {
    write();
    manifests();
    const [command = '', ...others] = codeOf(secret);
    const { exitCode, stdout } = run(command);
    expect([exitCode, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, '  pachkit deploy FILE']);
    // What is done before the deploy is in what the command prints.
    if (others.includes('ALTER ROLE'))
      expect(stdout).toMatch(/before the deploy[^]*ALTER ROLE[^]*pachkit deploy/);
  },
);
