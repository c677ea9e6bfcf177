import { spawn } from 'node:child_process';
import type { Account } from './account';
import { guardProcess, releaseProcess } from './guard';
import { waitFor, type WaitOptions } from './wait';

/** What to start. Arguments go to the program as they are; no shell is involved. */
export interface StartOptions {
  /** What logs and messages call it. */
  readonly name: string;
  readonly program: string;
  readonly args?: readonly string[];
  /** Variables added to those of the tests. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
  /** The account to run it under; only root can change it. */
  readonly account?: Account | undefined;
  /** Text for its standard input, which is then closed; default: none. */
  readonly input?: string;
  /** Leaves its standard input open, for what is written later. */
  readonly keepsInput?: boolean;
}

/** A program that was started. */
export interface RunningProcess {
  readonly name: string;
  readonly processId: number;
  /** What it has written to both of its outputs so far, the last 4 million characters of it. */
  logs(): string;
  /** Its standard output alone. */
  standardOutput(): string;
  /** Writes to its standard input, where that is kept open. */
  write(text: string): void;
  /** How it ended ("exit code 1", "SIGKILL"); undefined while it runs. */
  ended(): string | undefined;
  /** Resolves once it has ended, with its exit code; null if a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Ends it: SIGTERM to its process group, SIGKILL after the grace period. Resolves once it is gone. */
  stop(graceSeconds?: number): Promise<void>;
  /** Waits for a sign of readiness, and fails at once, with the logs, if the program ends before. */
  ready<T>(condition: () => Promise<T | undefined | false>, options?: WaitOptions): Promise<T>;
}

const keptCharacters = 4_000_000;
const shownLines = 40;
const started = new Set<RunningProcess>();

/** All programs that this test process has started and not stopped. */
export const startedProcesses = (): readonly RunningProcess[] => [...started];

/** The end of a log, for messages. */
export const lastLines = (text: string, count = shownLines): string =>
  text.trimEnd().split('\n').slice(-count).join('\n');

/** Starts a program that ends with the test process at the latest. */
export function startProcess(options: StartOptions): RunningProcess {
  const {
    name,
    program,
    args = [],
    environment = {},
    workingDirectory,
    account,
    input,
    keepsInput = false,
  } = options;
  const child = spawn(program, args, {
    env: { ...process.env, ...environment },
    // A process group of its own: stopping it stops its children too, and Ctrl-C is left to the watchdog.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(workingDirectory === undefined ? {} : { cwd: workingDirectory }),
    ...(account === undefined ? {} : { uid: account.userId, gid: account.groupId }),
  });
  const processId = child.pid ?? 0;
  if (processId !== 0) guardProcess(processId);

  let output = '';
  let standardOutput = '';
  let end: string | undefined;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output = (output + chunk).slice(-keptCharacters);
    standardOutput = (standardOutput + chunk).slice(-keptCharacters);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    output = (output + chunk).slice(-keptCharacters);
  });
  // A program that does not read its input closes it; that is no error of the test.
  child.stdin.on('error', () => {});
  if (keepsInput) child.stdin.write(input ?? '');
  else child.stdin.end(input ?? '');

  const exited = new Promise<number | null>((resolve) => {
    const finish = (how: string, code: number | null): void => {
      end ??= how;
      if (processId !== 0) releaseProcess(processId);
      resolve(code);
    };
    child.once('error', (error) => finish(error.message, null));
    child.once('close', (code, signal) => finish(signal ?? `exit code ${code}`, code));
  });

  const signalGroup = (signal: NodeJS.Signals): void => {
    try {
      if (processId !== 0) process.kill(-processId, signal);
    } catch {
      // Nothing of it is left.
    }
  };

  const running: RunningProcess = {
    name,
    processId,
    logs: () => output,
    standardOutput: () => standardOutput,
    write: (text) => void child.stdin.write(text),
    ended: () => end,
    exited,
    async stop(graceSeconds = 10) {
      if (end === undefined) {
        signalGroup('SIGTERM');
        const timer = setTimeout(() => signalGroup('SIGKILL'), graceSeconds * 1000);
        await exited;
        clearTimeout(timer);
      }
      started.delete(running);
    },
    ready: (condition, waitOptions) =>
      waitFor(`${name} is ready`, condition, {
        ...waitOptions,
        hopeless: () => (end === undefined ? undefined : `it ended (${end})\n${lastLines(output)}`),
      }),
  };
  started.add(running);
  return running;
}

/** How a program that was run to its end ended. */
export interface Finished {
  /** null if a signal ended it. */
  readonly code: number | null;
  readonly standardOutput: string;
  /** Both outputs, in the order in which they came. */
  readonly output: string;
}

/**
 * Runs a program to its end.
 * @param deadlineSeconds after which it is ended and the call fails; default 120
 */
export async function run(options: StartOptions, deadlineSeconds = 120): Promise<Finished> {
  const running = startProcess(options);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    void running.stop(1);
  }, deadlineSeconds * 1000);
  const code = await running.exited;
  clearTimeout(timer);
  await running.stop();
  const how = running.ended() ?? '';
  if (running.processId === 0) throw new Error(`${options.name}: ${how}`);
  if (late)
    throw new Error(`${options.name}: not done within ${deadlineSeconds} s\n${lastLines(running.logs())}`);
  return { code, standardOutput: running.standardOutput(), output: running.logs() };
}

/** Runs a program to its end and returns its standard output; fails with all it wrote when its exit code is not 0. */
export async function runToSuccess(options: StartOptions, deadlineSeconds?: number): Promise<string> {
  const { code, output, standardOutput } = await run(options, deadlineSeconds);
  if (code !== 0) throw new Error(`${options.name}: exit code ${code}\n${lastLines(output)}`);
  return standardOutput;
}

/** Stops everything that was started and is still there, last started first. */
export async function stopAll(): Promise<void> {
  for (const running of [...started].reverse()) await running.stop();
}
