import fs from 'node:fs';
import path from 'node:path';

/**
 * Replaces the content of a file at once: readers see the old content or the new one. The mode stays, and a symbolic link
 * stays one. Throws a Node error when the file cannot be written; then it is as it was.
 */
export function replaceFile(fileName: string, content: Buffer): void {
  const target = fs.realpathSync(fileName);
  const { mode } = fs.statSync(target);
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`);
  try {
    fs.writeFileSync(temporary, content, { mode: 0o600, flag: 'wx' });
    fs.chmodSync(temporary, mode & 0o7777);
    fs.renameSync(temporary, target);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}
