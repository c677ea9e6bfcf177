import { spawn, type ChildProcess } from 'node:child_process';
import * as path from 'node:path';

let watchdog: ChildProcess | undefined;

function tell(line: string): void {
  if (watchdog === undefined) {
    watchdog = spawn(process.execPath, [path.join(__dirname, 'watchdog.cjs')], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    watchdog.unref();
    // The pipe must not keep a finished test process alive.
    (watchdog.stdin as unknown as { unref(): void }).unref();
  }
  watchdog.stdin?.write(`${line}\n`);
}

/** From now on this process group ends with the test process, however that ends. */
export const guardProcess = (processId: number): void => tell(`process ${processId}`);

/** The process has ended, its number may soon be another's. */
export const releaseProcess = (processId: number): void => tell(`ended ${processId}`);

/** From now on this directory is removed when the test process ends. */
export const guardDirectory = (directory: string): void => tell(`directory ${directory}`);

export const releaseDirectory = (directory: string): void => tell(`removed ${directory}`);
