import fs from 'node:fs';
import { writeFailure } from '../files/system-error';
import { fileInput, type DocumentInput } from '../document/input';
import { readRegularFile } from '../files/read-file';
import type { SecretInput } from '../secrets/secret-session';

/** What a command uses of the process it runs in. Tests and other programs can supply their own. */
export interface Host {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal that shows colours. */
  readonly stdoutHasColors: boolean;
  readonly stderrHasColors: boolean;
  /** Columns of the terminal that standard output or standard error is; undefined where it is none. */
  readonly columns: (stream: 'stdout' | 'stderr') => number | undefined;
  /** What the user types into; undefined where no one can be asked. */
  readonly terminal: () => NodeJS.ReadStream | undefined;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
}

/** Output that could not be written, as on a full device. */
export class OutputFailure extends Error {}

/** The process itself. */
export function processHost(): Host {
  return {
    directory: process.cwd(),
    environment: process.env,
    stdoutHasColors: isTerminal(1),
    stderrHasColors: isTerminal(2),
    // /dev/null is a character device as well, and no one types there.
    terminal: () => (isTerminal(2) && isTerminal(0) && process.stdin.isTTY ? process.stdin : undefined),
    columns: (stream) => (isTerminal(stream === 'stdout' ? 1 : 2) ? process[stream].columns : undefined),
    // Written synchronously, so that nothing is lost in a pipe when the process ends.
    writeOut: (text) => writeAll(1, 'standard output', text),
    writeError: (text) => writeAll(2, 'standard error', text),
  };
}

/** Reads documents from the file system and standard input. */
export function documentInput(host: Host): DocumentInput {
  return fileInput(host.directory);
}

/**
 * Reads secrets from environment variables and files. Whether they may be generated is decided here for every command:
 * `frozen` is what `--frozen` or `--no-frozen` says; without either, a pipeline generates none.
 */
export function secretInput(host: Host, frozen = isContinuousIntegration(host)): SecretInput {
  return {
    variable: (name) => host.environment[name],
    readFile: readRegularFile,
    frozen,
  };
}

/** Whether the program runs in a pipeline, which CI says with any text but `0` and `false`. */
function isContinuousIntegration({ environment }: Host): boolean {
  return !['', '0', 'false'].includes((environment['CI'] ?? '').trim().toLowerCase());
}

/** Asked of the file itself: process.stdout would load all of Node's streams for it. */
function isTerminal(descriptor: number): boolean {
  try {
    return process.env['TERM'] !== 'dumb' && fs.fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}

function writeAll(descriptor: number, stream: string, text: string): void {
  let rest = Buffer.from(text, 'utf8');
  while (rest.length > 0) {
    try {
      rest = rest.subarray(fs.writeSync(descriptor, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // The reader of a pipe has gone (as with `| head`): no one is left to tell.
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw new OutputFailure(`${stream} cannot be written: ${writeFailure(error)}`);
    }
  }
}
