import { mkdirSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { lastLines, startedProcesses } from './process';

const cacheDirectory = process.env['PACHKIT_E2E_CACHE'] || path.join(os.homedir(), '.cache', 'pachkit-e2e');

/** Where the logs of this run's failures are kept; also the place for a suite's screenshots. */
export const failureDirectory = (test: string): string => {
  const name = test.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 100);
  return path.join(cacheDirectory, 'failures', String(process.pid), name);
};

/** Prints the end of the log of every program that is running, and keeps the whole of each in a file. */
export function keepLogs(test: string): void {
  const processes = startedProcesses();
  if (processes.length === 0) return;
  const directory = failureDirectory(test);
  mkdirSync(directory, { recursive: true });
  const parts = processes.map((running) => {
    const file = path.join(directory, `${running.name}-${running.processId}.log`);
    writeFileSync(file, running.logs());
    const state = running.ended() ?? 'running';
    return `--- ${running.name} (${state}), all of it in ${file}\n${lastLines(running.logs(), 15)}`;
  });
  process.stderr.write(`\nFAILED ${test}\n${parts.join('\n')}\n`);
}
