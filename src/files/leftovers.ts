import fs from 'node:fs';
import path from 'node:path';
import { isRunning } from './process-identity';

/**
 * Removes the files and folders `<prefix><process number><suffix>` of a folder that killed processes have left, and earlier
 * ones of this process. No prefix ends with a digit.
 */
export function removeLeftovers(folder: string, prefixes: readonly string[], suffix = ''): void {
  const known = new Set(prefixes);
  for (const name of namesIn(folder)) {
    if (!name.endsWith(suffix)) continue;
    const [, prefix = '', pid = ''] = /^(.*\D)(\d+)$/s.exec(name.slice(0, name.length - suffix.length)) ?? [];
    if (!known.has(prefix) || (Number(pid) !== process.pid && isRunning(Number(pid)))) continue;
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
