import { spawnSync } from 'node:child_process';
import { deserialize } from 'node:v8';
import { RUNNER, type ProgramReport } from './program-runner';

/** How long a program may take, in milliseconds; a program that yields a document takes a moment. */
const TIME_LIMIT_MS = 10_000;

/** How long a program that has yielded its documents may go on, in milliseconds. */
const PATIENCE_MS = 2_000;

/** Most of what a process says that is kept, in bytes. */
const REPORT_LIMIT_BYTES = 256 * 1024 * 1024;

/** What a program did instead of yielding a document. */
export interface ProgramEnd {
  readonly message: string;
  readonly hint: string;
}

/** How many values are read of what a program exports, and how deeply nested. */
export interface ProgramLimits {
  readonly nodes: number;
  readonly depth: number;
}

/**
 * Runs a compiled document in a process of its own, with the rights of the user. Whatever it does there, this process goes
 * on and says what was wrong: it may end its process, change what JavaScript has built in, throw late, or never end.
 * Standard output belongs to pachkit, so what the program prints goes to standard error.
 */
export function runProgram(
  code: string,
  fileName: string,
  limits: ProgramLimits,
): { report: ProgramReport } | { end: ProgramEnd } {
  const args = [fileName, limits.nodes, limits.depth, PATIENCE_MS].map(String);
  const { output, error, signal } = spawnSync(process.execPath, ['-e', RUNNER, '--', ...args], {
    input: code,
    stdio: ['pipe', 2, 2, 'pipe'],
    timeout: TIME_LIMIT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: REPORT_LIMIT_BYTES,
  });
  // Node's types know of three descriptors.
  const report = (output as readonly (Buffer | null)[] | null)?.[3];
  if (report && report.length > 0 && !error) return reportIn(report);
  const { code: reason } = (error ?? {}) as NodeJS.ErrnoException;
  if (reason === 'ETIMEDOUT')
    return {
      end: {
        message: `The document is not done after ${TIME_LIMIT_MS / 1000} seconds, and was stopped`,
        hint: 'look for a loop without end; a document computes a few values and waits for nothing',
      },
    };
  if (reason !== undefined && reason !== 'EPIPE')
    return {
      end: {
        message: `The document could not be run (${reason})`,
        hint: 'it is run by node, in a process of its own; see that another process can be started',
      },
    };
  return {
    end: {
      message: `The document ends the process${signal ? ` (${signal})` : ''}`,
      hint: 'throw an error instead of calling process.exit',
    },
  };
}

/** What a process reports; a program that knows where can write anything there. */
function reportIn(bytes: Buffer): { report: ProgramReport } | { end: ProgramEnd } {
  try {
    return { report: deserialize(bytes) as ProgramReport };
  } catch {
    return {
      end: {
        message: 'The document writes into what it hands its values over with',
        hint: 'write to no descriptor that the document has not opened itself',
      },
    };
  }
}
