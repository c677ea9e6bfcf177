import { spawnSync } from 'node:child_process';
import type { Diagnostic } from '../../src/diagnostics/diagnostic';
import type { OutputFile } from '../../src/outputs/output';
import { OutputDirectory, type Origin } from '../../src/outputs/output-directory';
import { testFolder } from './test-folder';

/** A test of what only Linux has. */
export const linux = process.platform === 'linux' ? test : test.skip;

/** The folder of a test, new for each test of a file that imports this. */
export const { at, write } = testFolder();

export const file = (name: string, content = `${name}\n`, isSecret = false): OutputFile => ({
  path: name,
  content,
  isSecret,
});

/** The outputs of a synthesis that names none. */
export const ALL = ['manifests', 'connectors', 'terraform'];
/** Files of a first synthesis, one of them with secrets. */
export const FIRST = [
  file('manifests/a.yaml'),
  file('manifests/b.yaml'),
  file('connectors/c.yaml', 'c\n', true),
];

/** What `synth` opens for the cluster `prod`. */
export const directory = (out = 'out', name = 'prod', origin: Origin = {}): OutputDirectory =>
  new OutputDirectory(at(out), out, name, origin);

/** What `synth` does when nothing is wrong. */
export function synthesize(
  files: readonly OutputFile[],
  outputs: readonly string[] = ALL,
  origin?: Origin,
): void {
  const target = directory('out', 'prod', origin);
  OutputDirectory.clearUp(at('out'), [target]);
  expect(target.check()).toEqual([]);
  target.stage(files, outputs);
  expect(target.replace()).toEqual([]);
  target.discard();
}

/** Makes git track everything that was written, in a repository around it. */
export function trackAll(): void {
  for (const args of [
    ['init', '-q'],
    ['add', '-f', 'out'],
  ])
    expect(spawnSync('git', ['-C', at(), ...args]).status).toBe(0);
}

/** What is found before anything is written. */
export const problemsOf = (target: OutputDirectory): [string, string, string | undefined][] => {
  const above = target.checkAbove();
  return inShort(above.length > 0 ? above : target.check(), target);
};

/** Findings as code, message and hint; all else about them is the same. */
export function inShort(
  diagnostics: readonly Diagnostic[],
  target: OutputDirectory,
  severity = 'error',
): [string, string, string | undefined][] {
  return diagnostics.map(({ code, message, hint, ...rest }) => {
    expect(rest).toEqual({ severity, location: { file: target.shownPath }, path: '' });
    return [code, message, hint];
  });
}

/** The hint about files of others. */
export const MOVE_AWAY = 'move them away, or name another folder with --out';
