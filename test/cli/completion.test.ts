import fs from 'node:fs';
import path from 'node:path';
import { allCommands } from '../../src/cli/commands/registry';
import type { CompletionTable } from '../../src/cli/completion/table';
import { offersFor, printedOffers, type Offers } from '../../src/cli/completion/words';
import { pachkit, temporaryFolder } from '../support/pachkit';

/** As the build has written it: schemas are where it puts them. */
const table = JSON.parse(
  fs.readFileSync(path.resolve(__dirname, '../../dist/bin/completion.json'), 'utf8'),
) as CompletionTable;
/** What is offered at the end of a command line; `_` stands for a word that is not begun. */
const at = (line: string): Offers =>
  offersFor(
    table,
    line.split(' ').map((word) => (word === '_' ? '' : word)),
  );
const words = (line: string): string[] => at(line).words.map(([word]) => word);

test('commands, also behind options that all have', () => {
  expect(words('va')).toEqual(['validate']);
  expect(words('_')).toEqual(allCommands().map(({ name }) => name));
  expect(words('--color always -q sy')).toEqual(['synth']);
  expect(words('--co')).toEqual(['--color']);
  expect(words('--color ne')).toEqual(['never']);
  expect(words('nonsense _')).toEqual([]);
});

test('every option of every command, once unless it may be given again', () => {
  for (const { name, options } of allCommands()) {
    const flags = options.flatMap(({ flags: text }) => text.match(/(?<![\w-])--?[a-z][\w-]*/g) ?? []);
    expect(words(`${name} -`)).toEqual([...flags, '--color', '-q', '--quiet', '-h', '--help']);
  }
  expect(words('validate --fix --fi')).toEqual([]);
  expect(words('validate --format sarif --output a --for')).toEqual(['--format']);
  expect(words('synth a.yaml -o out --ou')).toEqual(['--output']);
});

test('values of options, behind a space and behind =', () => {
  expect(words('validate --format s')).toEqual(['sarif']);
  expect(words('validate --format=s')).toEqual(['--format=sarif']);
  expect(words('validate --target dex@2.4')).toEqual(expect.arrayContaining(['dex@2.45']));
  expect(words('init --release 2.11')).toEqual(['2.11.6']);
  expect(words('synth a.yaml --only _')).toContain('terraform');
  expect(words('synth a.yaml --only=terraform,manifests,ter')).toEqual([]);
  expect(words('synth a.yaml --only terraform,con')).toEqual(['terraform,connectors']);
  expect(words('deploy a.yaml --timeout _')).toEqual([]);
});

test('files where a command takes them', () => {
  const documents = { files: ['yaml', 'yml', 'json', 'ts'], words: [] };
  for (const line of [
    'validate _',
    'validate a.yaml _',
    'synth x',
    'secret get _',
    'dev up _',
    'import helm-values _',
  ])
    expect(at(line)).toEqual(documents);
  expect(at('who a.yaml _')).toEqual({ words: [] });
  expect(at('validate -- -')).toEqual(documents);
  expect(at('validate --baseline _')).toEqual({ files: [], words: [] });
  expect(at('diff a.yaml --against=_')).toEqual(documents);
  expect(at('synth a.yaml --out _')).toEqual({ folders: true, words: [] });
  expect(at('init _')).toEqual({ folders: true, words: [] });
});

test('what commands take as words: actions, codes, fields, providers, types of connectors', () => {
  expect(words('secret r')).toEqual(['rotate']);
  expect(words('completion z')).toEqual(['zsh']);
  expect(words('import h')).toEqual(['helm-values']);
  expect(words('explain AUT00')).toContain('AUT001');
  expect(words('explain unknown-key-')).toEqual(['unknown-key-beside-config']);
  expect(words('explain auth.sess')).toEqual(['auth.sessionDuration']);
  expect(words('explain oidc.allowedG')).toEqual(['oidc.allowedGroups']);
  expect(words('explain provider ok')).toEqual(['okta']);
  expect(words('explain SCH001 _')).toEqual([]);
  expect(words('schema ld')).toEqual(['ldap']);
});

test('a shell gets a line for each, with what it is', () => {
  expect(printedOffers(at('explain SCH001'))).toBe('words\nSCH001\tKey that is not known\n');
  expect(printedOffers(at('validate _'))).toBe('files yaml yml json ts\n');
});

test('the built program answers as the registries say, and refuses other shells', () => {
  const folder = temporaryFolder();
  const built = pachkit(['completion', 'words', '--', 'schema', 'connectors/oi'], { folder });
  expect(built).toEqual({ exitCode: 0, stdout: 'words\nconnectors/oidc\t\n', stderr: '' });
  expect(pachkit(['completion', 'powershell'], { folder })).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'pachkit completion: unknown shell "powershell"; expected bash, zsh, fish\n',
  });
});
