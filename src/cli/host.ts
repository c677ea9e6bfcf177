import fs from 'node:fs';
import { fileInput, type DocumentInput } from '../document/input';
import { readRegularFile } from '../document/read-file';
import type { SecretInput } from '../secrets/secret-session';

/** What a command uses of the process it runs in. Tests and other programs can supply their own. */
export interface Host {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal that shows colours. */
  readonly stdoutHasColors: boolean;
  readonly stderrHasColors: boolean;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
}

/** The process itself. */
export function processHost(): Host {
  return {
    directory: process.cwd(),
    environment: process.env,
    stdoutHasColors: isTerminal(1),
    stderrHasColors: isTerminal(2),
    // Written synchronously, so that nothing is lost in a pipe when the process ends.
    writeOut: (text) => writeAll(1, text),
    writeError: (text) => writeAll(2, text),
  };
}

/** Reads documents from the file system and standard input. */
export function documentInput(host: Host): DocumentInput {
  return fileInput(host.directory);
}

/** Reads secrets from environment variables and files. */
export function secretInput(host: Host, frozen: boolean): SecretInput {
  return {
    variable: (name) => host.environment[name],
    readFile: readRegularFile,
    frozen,
  };
}

/** Asked of the file itself: process.stdout would load all of Node's streams for it. */
function isTerminal(descriptor: number): boolean {
  try {
    return process.env['TERM'] !== 'dumb' && fs.fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}

function writeAll(descriptor: number, text: string): void {
  let rest = Buffer.from(text, 'utf8');
  while (rest.length > 0) {
    try {
      rest = rest.subarray(fs.writeSync(descriptor, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // The reader of a pipe has gone (as with `| head`): nobody is left to tell.
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
    }
  }
}
