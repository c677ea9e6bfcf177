import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { childEnd } from '../files/child-end';

/** A Terraform, and where and how it works. */
export interface Terraform {
  /** Absolute path of the program. */
  readonly program: string;
  /** Absolute folder with the configuration and, by default, the state. */
  readonly directory: string;
  /** A private folder for what it prints and plans. */
  readonly scratch: string;
  /** Its variables: those of the user, and TF_VAR_… with the secrets that it asks for. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** What came of one command. */
export interface TerraformEnd {
  /** Undefined when it could not be started, or was killed. */
  readonly code: number | undefined;
  readonly output: string;
  readonly errors: string;
}

/** Between two looks at what it prints, in milliseconds. */
const LOOK_MS = 200;

/** Nothing that Terraform writes is for anyone else; a state may hold secrets. */
const UMASK = 0o077;

/**
 * Runs Terraform with arguments and never through a shell. It writes into files and has a process group of its own: should
 * this process be killed, Terraform goes on to its end and keeps its state. An interruption is passed on once, upon which it
 * finishes what it is at.
 *
 * @param onLine is told each line of standard output as it comes
 */
export async function runTerraform(
  { program, directory, scratch, environment, signal }: Terraform,
  args: readonly string[],
  onLine: (line: string) => void = () => undefined,
): Promise<TerraformEnd> {
  const [outFile, errorFile] = ['out', 'err'].map((name) => path.join(scratch, name)) as [string, string];
  const [out, error] = [outFile, errorFile].map((file) => fs.openSync(file, 'w', 0o600)) as [number, number];
  const lines = new LineReader(outFile, onLine);
  const timer = setInterval(() => lines.read(), LOOK_MS);
  try {
    const code = await start(program, args, { directory, environment, signal, stdio: [out, error] });
    lines.read();
    const [output, errors] = [outFile, errorFile].map((file) => fs.readFileSync(file, 'utf8')) as [
      string,
      string,
    ];
    return { code, output, errors };
  } finally {
    clearInterval(timer);
    lines.close();
    for (const descriptor of [out, error]) fs.closeSync(descriptor);
  }
}

function start(
  program: string,
  args: readonly string[],
  {
    directory,
    environment,
    signal,
    stdio: [out, error],
  }: Pick<Terraform, 'directory' | 'environment' | 'signal'> & { readonly stdio: [number, number] },
): Promise<number | undefined> {
  const before = process.umask(UMASK);
  let child;
  try {
    child = spawn(program, args, {
      cwd: directory,
      stdio: ['ignore', out, error],
      detached: true,
      env: { ...environment, TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1' },
    });
  } finally {
    process.umask(before);
  }
  return childEnd(child, signal, 'exit');
}

/** Reads a file that grows, line by line. */
class LineReader {
  readonly #descriptor: number;
  #rest = Buffer.alloc(0);

  constructor(
    file: string,
    private readonly onLine: (line: string) => void,
  ) {
    this.#descriptor = fs.openSync(file, 'r');
  }

  read(): void {
    const chunk = Buffer.alloc(64 * 1024);
    for (let size; (size = fs.readSync(this.#descriptor, chunk)) > 0;) {
      this.#rest = Buffer.concat([this.#rest, chunk.subarray(0, size)]);
      for (let end; (end = this.#rest.indexOf('\n')) >= 0; this.#rest = this.#rest.subarray(end + 1))
        this.onLine(this.#rest.toString('utf8', 0, end));
    }
  }

  close(): void {
    fs.closeSync(this.#descriptor);
  }
}
