import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const PROGRAM = path.resolve(__dirname, '../../dist/bin/pachkit.js');

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
  const user = run.asOrdinaryUser === true && process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd: run.folder,
    input: run.standardInput ?? '',
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...run.environment },
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
