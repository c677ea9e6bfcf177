import fs from 'node:fs';
import path from 'node:path';
import { removeFolder } from '../files/remove-folder';
import { carryOver, contentsOf, filesIn, isSame } from './folder-files';
import { INVENTORY } from './inventory';
import { isState, isTerraformFile } from './terraform-files';

/** A folder that was replaced. */
interface Replaced {
  /** Where the new one is. */
  readonly folder: string;
  /** Where the old one is as long as it may be needed. */
  readonly previous: string;
  /** What it is called while it is deleted. */
  readonly old: string;
}

/**
 * Takes what the old folder has beyond what was taken over into the new one, then removes the old one. It stays when it holds
 * a state that differs from a newer one in the new folder: only people can say which of them is true.
 *
 * @returns the files that are in doubt
 */
export function settle({ folder, previous, old }: Replaced): string[] {
  if (!fs.existsSync(previous)) return [];
  const { own } = contentsOf(previous);
  const doubtful = takeArrivals(previous, folder, own);
  if (doubtful.length > 0) return doubtful;
  // Renamed first, so that a folder of which only a part is left is never taken for a whole one.
  fs.renameSync(previous, old);
  takeArrivals(old, folder, own);
  removeFolder(old);
  return [];
}

/** Returns the files that are in doubt. */
function takeArrivals(before: string, folder: string, own: ReadonlySet<string>): string[] {
  const isWhole = fs.existsSync(path.join(before, INVENTORY));
  return filesIn(before)
    .filter((file) => !own.has(file) && (isWhole || isTerraformFile(before, file)))
    .filter((file) => !takeLatest(before, folder, file));
}

/** Has the newer of two files of one name in the new folder; false when the older one must not be lost. */
function takeLatest(previous: string, folder: string, file: string): boolean {
  const [from, to] = [path.join(previous, file), path.join(folder, file)];
  const before = fs.lstatSync(from);
  const now = fs.lstatSync(to, { throwIfNoEntry: false });
  if (now && (before.ino === now.ino || isSame(from, to))) return true;
  if (now && now.mtimeMs >= before.mtimeMs) return !isState(previous, file);
  fs.rmSync(to, { force: true });
  carryOver(previous, folder, file);
  return true;
}
