import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const BUILT = path.resolve(__dirname, '../../dist');

/** Tests run the program so often that compiling it every time would take minutes. */
const COMPILED_CODE = path.join(BUILT, 'cache');

export interface Run {
  /** Folder that the program runs in. */
  readonly folder: string;
  /** On top of what a program cannot do without. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly standardInput?: string | Buffer;
  /** Runs as an ordinary user where the tests run as root. */
  readonly asOrdinaryUser?: boolean;
}

export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program; nothing of the environment of the tests reaches it. */
export function pachkit(args: readonly string[], run: Run): Outcome {
  if (run.asOrdinaryUser !== true || process.getuid?.() !== 0) return runProgram(BUILT, args, run);
  // The checkout may stand in a folder that only root may enter, so an ordinary user gets a copy of the program.
  const copy = temporaryFolder();
  try {
    for (const folder of ['bin', 'schemas'])
      fs.cpSync(path.join(BUILT, folder), path.join(copy, folder), { recursive: true });
    return runProgram(copy, args, run, { uid: 65534, gid: 65534 });
  } finally {
    fs.rmSync(copy, { recursive: true, force: true });
  }
}

function runProgram(
  built: string,
  args: readonly string[],
  run: Run,
  user: { readonly uid?: number; readonly gid?: number } = {},
): Outcome {
  const program = path.join(built, 'bin/pachkit.js');
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [program, ...args], {
    cwd: run.folder,
    input: run.standardInput ?? '',
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], XDG_CACHE_HOME: COMPILED_CODE, ...run.environment },
    ...user,
  });
  if (error) throw error;
  return { exitCode: status, stdout, stderr };
}

/** A new folder with these files; ordinary users may write into it. */
export function temporaryFolder(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-'));
  fs.chmodSync(folder, 0o777);
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return folder;
}
