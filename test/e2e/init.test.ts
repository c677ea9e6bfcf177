/** The questions of `pachkit init` on a terminal: what they offer, what comes of the answers, and that leaving writes nothing. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { program } from './deploy/program';
import {
  CTRL_C,
  describeWithTools,
  startOnTerminal,
  temporaryDirectory,
  terminalTools,
  type TerminalProcess,
} from './harness';

const ESCAPE = '\u001b';
const DOWN = '\u001b[B';

describeWithTools('pachkit init on a terminal', [...terminalTools], () => {
  let folder: string;
  beforeEach(() => (folder = temporaryDirectory('init').join('.')));

  const start = (
    args: readonly string[] = [],
    environment: Readonly<Record<string, string>> = {},
  ): TerminalProcess =>
    startOnTerminal({
      name: 'pachkit',
      program: process.execPath,
      args: [program, 'init', ...args],
      environment,
      workingDirectory: folder,
    });
  const document = (...names: string[]): string =>
    fs.readFileSync(path.join(folder, ...names, 'pachyderm.yaml'), 'utf8');

  test('Enter at every question is what the options are by default', async () => {
    const running = start();
    for (const question of [
      /What is the cluster for/,
      /Which release/,
      /Who knows/,
      /How do browsers/,
      /Where is data/,
    ]) {
      await running.shows(question);
      running.type('\r');
    }
    expect(await running.exited).toBe(0);
    expect(await start(['other', '--yes']).exited).toBe(0);
    const named = (text: string): string => text.replace(/^(name|  seed): .*$/gm, '$1:');
    expect(named(document())).toBe(named(document('other')));
  });

  test('answers decide what the next question offers, and the line at the end repeats them', async () => {
    const running = start(['clusters', '--release', '2.11.6']);
    await running.shows(/What is the cluster for/);
    running.type(`${DOWN}\r`);
    const offered = await running.shows(/Who knows/);
    expect(offered).toContain('keycloak');
    expect(offered).not.toMatch(/[○●] mock/);
    running.type('\r');
    await running.shows(/How do browsers/);
    running.type(`${DOWN}\r`);
    await running.shows(/Where is data/);
    running.type('\r');
    expect(await running.exited).toBe(0);
    const shown = running.screen().join('\n');
    const line = /the same without questions: (--.*)/.exec(shown)?.[1]?.trim();
    expect(line).toBe('--profile production --release 2.11.6 --provider oidc --access ingress --storage s3');
    const again = start(['again', ...(line ?? '').split(' ')]);
    expect(await again.exited).toBe(0);
    expect(document('again').replace('name: again', '')).toBe(
      document('clusters').replace('name: clusters', ''),
    );
  });

  test.each([
    ['Ctrl-C', CTRL_C],
    ['Escape', ESCAPE],
  ])('%s at a question writes nothing and exits 130', async (_, key) => {
    const running = start(['a']);
    await running.shows(/What is the cluster for/);
    running.type('\r');
    await running.shows(/Which release/);
    running.type(key);
    expect(await running.exited).toBe(130);
    expect(running.screen().join('\n')).toContain('cancelled: nothing is written');
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('a document that is there is said before any question, and stays', async () => {
    fs.writeFileSync(path.join(folder, 'pachyderm.yaml'), 'mine\n');
    const running = start();
    expect(await running.exited).toBe(2);
    expect(running.screen().join('\n')).toContain('is there already and stays as it is');
    expect(document()).toBe('mine\n');
  });

  test('shows no color where NO_COLOR says so', async () => {
    const running = start([], { NO_COLOR: '1' });
    await running.shows(/What is the cluster for/);
    running.type(CTRL_C);
    expect(await running.exited).toBe(130);
    expect(running.standardOutput()).not.toMatch(/\u001b\[3\dm/);
  });
});
