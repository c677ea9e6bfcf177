import fs from 'node:fs';
import path from 'node:path';
import { attempt } from './attempt';

/**
 * Replaces the content of a file at once: readers see the old content or the new one, also after a loss of power. A symbolic
 * link stays one, and what it leads to is replaced; a device or a pipe stays too, and gets the content. The mode stays unless
 * `mode` is given, which a file that is not there yet needs. Throws a Node error when the file cannot be written; then it is as
 * it was.
 */
export function replaceFile(fileName: string, content: string | Buffer, mode?: number): void {
  if (isDeviceOrPipe(fileName)) return writeInto(fileName, content);
  const target = mode === undefined ? fs.realpathSync.native(fileName) : targetOf(fileName);
  const newMode = mode ?? fs.statSync(target).mode & 0o7777;
  const folder = path.dirname(target);
  const temporary = path.join(folder, `${temporaryPrefix(target)}${process.pid}.tmp`);
  try {
    const descriptor = fs.openSync(temporary, 'wx', 0o600);
    try {
      fs.writeFileSync(descriptor, content);
      fs.fchmodSync(descriptor, newMode);
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(temporary, target);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(folder);
}

/** What the name of the temporary file begins with, before the number of the process and `.tmp`. */
export const temporaryPrefix = (target: string): string => `.${path.basename(target)}.`;

/** What a file name leads to, through links, whether that is there yet or not. */
export function targetOf(fileName: string, depth = 0): string {
  const stat = attempt(() => fs.lstatSync(fileName));
  // The system itself gives up on longer chains; what follows reports that.
  if (stat?.isSymbolicLink() !== true || depth === 40) return fileName;
  return targetOf(path.resolve(path.dirname(fileName), fs.readlinkSync(fileName)), depth + 1);
}

function isDeviceOrPipe(fileName: string): boolean {
  const stat = attempt(() => fs.statSync(fileName));
  return stat !== undefined && !stat.isFile() && !stat.isDirectory();
}

/** A pipe that no one reads is an error, and not waited for. */
function writeInto(fileName: string, content: string | Buffer): void {
  const probe = fs.openSync(fileName, fs.constants.O_WRONLY | fs.constants.O_NONBLOCK);
  try {
    fs.writeFileSync(fileName, content);
  } finally {
    fs.closeSync(probe);
  }
}

/** Makes a rename in a folder last. Some systems cannot do that for folders, and then do it by themselves. */
function syncFolder(folder: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = fs.openSync(folder, 'r');
    fs.fsyncSync(descriptor);
  } catch {
    // Windows opens no folders; the file is in place all the same.
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}
