import fs from 'node:fs';
import path from 'node:path';
import { pachkit, temporaryFolder, type Outcome } from '../support/pachkit';

const HEAD = 'apiVersion: pachkit/v1\nrelease: 2.11.6\nprofile: dev\nstorage: { local: {} }\n';
/** A line with a warning, STO006, and one with an error, SCH001. */
const EVEN = 'etcd: { replicas: 2 }\n';
const UNKNOWN = 'realese: 2.11\n';

let folder: string;
beforeEach(() => (folder = temporaryFolder({ 'old.yaml': HEAD + UNKNOWN + EVEN, 'good.yaml': HEAD })));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const run = (args: string): Outcome => pachkit(['validate', ...args.split(' ')], { folder });
const write = (name: string, text: string): void => fs.writeFileSync(path.join(folder, name), text);
const read = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8');
const codesOf = (args: string): string[] => {
  const { stdout } = run(`${args} --format json`);
  return (JSON.parse(stdout) as { diagnostics: { code: string }[] }).diagnostics.map(({ code }) => code);
};
/** What is found of both documents without a baseline. */
const all = (): string[] => codesOf('old.yaml good.yaml');

describe('a baseline', () => {
  test('is written with every finding, errors too, and hides them from then on', () => {
    const found = all();
    expect(found).toEqual(expect.arrayContaining(['SCH001', 'STO006']));
    expect(run('old.yaml good.yaml --baseline known.json --write-baseline')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(`wrote known.json: ${found.length} findings are known\n`) as string,
    });
    const before = read('known.json');
    expect(codesOf('old.yaml good.yaml --baseline known.json')).toEqual([]);
    expect(run('old.yaml good.yaml --baseline known.json --fail-on warning').exitCode).toBe(0);
    run('good.yaml old.yaml --baseline known.json --write-baseline');
    expect(read('known.json')).toBe(before);
  });

  test('has an entry for each place, without lines, and names files from its own folder', () => {
    fs.mkdirSync(path.join(folder, 'ci'));
    run('old.yaml --baseline ci/known.json --write-baseline');
    expect((JSON.parse(read('ci/known.json')) as { findings: object[] }).findings).toContainEqual({
      file: '../old.yaml',
      code: 'STO006',
      path: '/etcd/replicas',
    });
    write('old.yaml', `# a new line\n${HEAD}${UNKNOWN}${EVEN}`);
    expect(codesOf('old.yaml --baseline ci/known.json')).toEqual([]);
  });

  test('does not hide what is new', () => {
    run('old.yaml --baseline known.json --write-baseline');
    write('old.yaml', `${HEAD}${UNKNOWN}${EVEN}profle: dev\n`);
    expect(codesOf('old.yaml --baseline known.json')).toEqual(['SCH001']);
    expect(run('old.yaml --baseline known.json').exitCode).toBe(1);
  });

  test('has nothing that keeps the rest of a file from being checked', () => {
    write('broken.yaml', 'a: [\n');
    const { exitCode, stdout } = run('broken.yaml missing.yaml --baseline known.json --write-baseline');
    expect(exitCode).not.toBe(0);
    expect(stdout).toContain('DOC');
    expect(JSON.parse(read('known.json'))).toEqual({ version: 1, findings: [] });
  });

  test('is a finding where it has what is not found any more', () => {
    run('old.yaml good.yaml --baseline known.json --write-baseline');
    write('old.yaml', HEAD + EVEN);
    const { exitCode, stdout } = run('old.yaml --baseline known.json');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /warning SUP004: An entry of the baseline is unused: SCH001 is not found there any more\n {2}at known.json:\d+:5/,
    );
    expect(codesOf('good.yaml --baseline known.json')).toEqual([]);
    fs.rmSync(path.join(folder, 'old.yaml'));
    expect(codesOf('good.yaml --baseline known.json')).toContain('SUP004');
    run('good.yaml --baseline known.json --write-baseline');
    expect(codesOf('good.yaml --baseline known.json')).toEqual([]);
  });

  test('that is written of some files keeps what it has of others', () => {
    run('old.yaml good.yaml --baseline known.json --write-baseline');
    const before = read('known.json');
    run('good.yaml --baseline known.json --write-baseline');
    expect(read('known.json')).toBe(before);
  });
});

test.each([
  ['is not there', undefined, 2, 'known.json'],
  ['is of another version', '{ "version": 2, "findings": [] }', 2, 'another version than 1'],
  ['is not a baseline', 'apiVersion: pachkit/v1\n', 2, 'not a baseline'],
  ['is not JSON', '{ "version": 1,', 2, 'not a baseline'],
  [
    'has an entry without a code',
    '{"version":1,"findings":[{"file":"a","path":""}]}',
    2,
    'The entry is not one',
  ],
  [
    'has a wrong count',
    '{"version":1,"findings":[{"file":"a","code":"STO006","path":"","count":0}]}',
    2,
    'The entry',
  ],
])('a baseline that %s hides nothing', (_title, text, exitCode, message) => {
  if (text !== undefined) write('known.json', text);
  const outcome = run('old.yaml --baseline known.json');
  expect(outcome.exitCode).toBe(exitCode);
  expect(outcome.stdout).toContain('error SUP005');
  expect(outcome.stdout).toContain(message);
  expect(outcome.stdout).toContain('error SCH001');
});

test('a baseline of another version is written anew, another file stays as it is', () => {
  write('known.json', '{ "version": 2, "findings": [] }');
  expect(run('old.yaml --baseline known.json --write-baseline').exitCode).toBe(0);
  expect(read('known.json')).toContain('"version": 1');
  expect(run('old.yaml --baseline good.yaml --write-baseline').exitCode).toBe(2);
  expect(read('good.yaml')).toBe(HEAD);
});

test.each([
  ['old.yaml --write-baseline', '--write-baseline needs a --baseline FILE'],
  ['old.yaml --baseline ./old.yaml', 'is a file to check'],
  ['old.yaml --baseline -', 'name a file'],
])('validate %s is refused', (args, message) => {
  const { exitCode, stderr } = run(args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) as string });
});
