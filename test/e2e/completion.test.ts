import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeWithTools, temporaryDirectory, toolPath } from './harness';

const program = path.resolve(__dirname, '../../dist/bin/pachkit.js');
const typing = path.resolve(__dirname, 'completion/type.py');

const folder = temporaryDirectory('completion');
afterAll(() => folder.remove());
const environment = { ...process.env, PATH: `${folder.join('bin')}:${process.env['PATH']}` };

beforeAll(() => {
  fs.mkdirSync(folder.join('bin'));
  fs.symlinkSync(program, folder.join('bin/pachkit'));
  for (const file of ['clusters/prod.yaml', 'clusters/notes.txt', 'with space/one.yaml', 'report.txt']) {
    fs.mkdirSync(path.dirname(folder.join(file)), { recursive: true });
    fs.writeFileSync(folder.join(file), '');
  }
});

/** What a line becomes when tab is pressed at its end. */
const LINES: readonly (readonly [typed: string, completed: string])[] = [
  ['pachkit valid', 'pachkit validate'],
  ['pachkit validate clus', 'pachkit validate clusters/'],
  ['pachkit validate clusters/', 'pachkit validate clusters/prod.yaml'],
  ['pachkit validate with', 'pachkit validate with space/'],
  ['pachkit validate --expa', 'pachkit validate --expand'],
  ['pachkit validate --format sar', 'pachkit validate --format sarif'],
  ['pachkit validate --format=sar', 'pachkit validate --format=sarif'],
  ['pachkit validate --target pachyderm@2.12', 'pachkit validate --target pachyderm@2.12'],
  ['pachkit validate --target=dex@2.45', 'pachkit validate --target=dex@2.45'],
  ['pachkit validate --baseline rep', 'pachkit validate --baseline report.txt'],
  ['pachkit synth clusters/prod.yaml --out=clus', 'pachkit synth clusters/prod.yaml --out=clusters/'],
  [
    'pachkit synth clusters/prod.yaml --only manifests,terra',
    'pachkit synth clusters/prod.yaml --only manifests,terraform',
  ],
  ['pachkit explain auth.sessionD', 'pachkit explain auth.sessionDuration'],
  ['pachkit explain SCH00', 'pachkit explain SCH00'],
  ['pachkit explain provider okt', 'pachkit explain provider okta'],
  ['pachkit secret rot', 'pachkit secret rotate'],
  ['pachkit schema connectors/oid', 'pachkit schema connectors/oidc'],
];

/** The line that an interactive shell would run after tab. */
function afterTab(shell: readonly string[], setup: string, line: string): string | undefined {
  const { stdout } = spawnSync('python3', [typing, setup, line, ...shell], {
    cwd: folder.path,
    env: environment,
    encoding: 'utf8',
  });
  return /\ntyped: (.*?)\s*\r?\n/.exec(stdout)?.[1]?.trim();
}

for (const [shell, args, setup] of [
  ['bash', ['--norc', '--noprofile', '-i'], 'source <(pachkit completion bash)'],
  [
    'zsh',
    ['-f', '-i'],
    'bindkey -e; setopt no_auto_remove_slash; autoload -U compinit; compinit -u -D; source <(pachkit completion zsh)',
  ],
] as const)
  describeWithTools(shell, [shell, 'python3'], () => {
    test.each(LINES)('%s', (typed, completed) => {
      expect(afterTab([toolPath(shell), ...args], setup, typed)).toBe(completed);
    });
  });

describeWithTools('fish', ['fish'], () => {
  /** Everything that fish offers for the last word. */
  const offers = (line: string): string[] => {
    const script = `pachkit completion fish | source; complete -C ${JSON.stringify(line)}`;
    const { stdout } = spawnSync(toolPath('fish'), ['--no-config', '-c', script], {
      cwd: folder.path,
      env: environment,
      encoding: 'utf8',
    });
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((each) => each.split('\t')[0] ?? '');
  };

  test.each(LINES.filter(([, completed]) => !completed.endsWith('SCH00')))('%s', (typed, completed) => {
    const word = /with space\/$|\S+$/.exec(completed)?.[0];
    expect(offers(typed)).toEqual([word]);
  });

  test('offers what several words begin with, and says what each is', () => {
    expect(offers('pachkit explain SCH00')).toEqual(expect.arrayContaining(['SCH001', 'SCH002']));
    expect(offers('pachkit validate ')).toEqual(['bin/', 'clusters/', 'with space/']);
  });
});
