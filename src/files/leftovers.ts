import fs from 'node:fs';
import path from 'node:path';
import { isRunning } from './process-identity';

/**
 * Removes the files and folders `<prefix><process number><suffix>` of a folder that killed processes have left, and earlier
 * ones of this process.
 */
export function removeLeftovers(folder: string, prefix: string, suffix = ''): void {
  for (const name of namesIn(folder)) {
    if (!name.startsWith(prefix) || !name.endsWith(suffix)) continue;
    const pid = Number(name.slice(prefix.length, name.length - suffix.length));
    if (Number.isNaN(pid) || (pid !== process.pid && isRunning(pid))) continue;
    fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
