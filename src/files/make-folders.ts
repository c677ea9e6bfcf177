import fs from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder and those above it that are missing. Throws the Node error of the one that cannot be made:
 * `mkdirSync(…, { recursive: true })` reports ENOENT on a read-only file system, and never returns below /proc.
 */
export function makeFolders(folder: string, mode = 0o777): void {
  const missing: string[] = [];
  for (let at = folder; ; at = path.dirname(at)) {
    const stat = fs.statSync(at, { throwIfNoEntry: false });
    if (stat?.isDirectory()) break;
    missing.unshift(at);
    if (at === path.dirname(at)) break;
  }
  for (const each of missing)
    try {
      fs.mkdirSync(each, { mode });
    } catch (error) {
      // Another process may have made it a moment ago.
      const isThere = fs.statSync(each, { throwIfNoEntry: false })?.isDirectory() === true;
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !isThere) throw error;
    }
}
