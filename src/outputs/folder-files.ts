import fs from 'node:fs';
import path from 'node:path';
import { compare } from '../diagnostics/diagnostic';
import { attempt } from '../files/attempt';
import { GITIGNORE, isOwnGitignore } from './git';
import { DOCUMENT_LINK, INVENTORY, type Inventory, NO_INVENTORY, readInventory } from './inventory';
import type { OutputFile } from './output';

/** What is in a folder that pachkit writes; nothing in one that is not there. */
export interface Contents {
  /** As `filesIn` lists them. */
  readonly files: readonly string[];
  /** What the folder says about itself. */
  readonly inventory: Inventory;
  /** Paths that pachkit writes there. */
  readonly own: ReadonlySet<string>;
}

/** Reads a folder, and only files that it has: most folders are new. */
export function contentsOf(folder: string): Contents {
  const files = filesIn(folder);
  const inventory = files.includes(INVENTORY) ? readInventory(folder) : NO_INVENTORY;
  const own = new Set([...inventory.files, INVENTORY, DOCUMENT_LINK]);
  if (files.includes(GITIGNORE) && isOwnGitignore(folder)) own.add(GITIGNORE);
  return { files, inventory, own };
}

/** Everything in a folder that is not a folder itself, as sorted paths with forward slashes. */
export function filesIn(folder: string): string[] {
  return fs.existsSync(folder) ? filesBelow(folder, '').sort(compare) : [];
}

function filesBelow(folder: string, prefix: string): string[] {
  return fs
    .readdirSync(path.join(folder, prefix), { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
    );
}

/** A second name for the same file: the old folder stays complete until it is replaced. */
export function carryOver(fromFolder: string, toFolder: string, file: string): void {
  const from = path.join(fromFolder, file);
  const to = path.join(toFolder, file);
  const stat = fs.lstatSync(from, { throwIfNoEntry: false });
  if (!stat) return;
  fs.mkdirSync(path.dirname(to), { recursive: true });
  if (stat.isSymbolicLink()) fs.symlinkSync(fs.readlinkSync(from), to);
  else linkOrCopy(from, to);
}

/** Files with secrets are for the user alone. */
export function modeOf(isSecret: boolean): number {
  return isSecret ? 0o600 : 0o644;
}

/** Whether a folder has a file of the user's with what is to be written, that no more people may read or change. */
export function isWritten(folder: string, { path: name, content, isSecret }: OutputFile): boolean {
  const absolute = path.join(folder, name);
  const stat = fs.lstatSync(absolute, { throwIfNoEntry: false });
  return (
    stat?.isFile() === true &&
    (stat.mode & 0o777 & ~modeOf(isSecret)) === 0 &&
    stat.uid === (process.getuid?.() ?? stat.uid) &&
    fs.readFileSync(absolute).equals(Buffer.from(content))
  );
}

/** Whether two files hold the same; of links, whether they lead to the same place. */
export function isSame(one: string, other: string): boolean {
  return contentOf(one).equals(contentOf(other));
}

/** What a file holds; of a link, where it leads. */
function contentOf(absolute: string): Buffer {
  return fs.lstatSync(absolute).isSymbolicLink()
    ? Buffer.from(fs.readlinkSync(absolute))
    : fs.readFileSync(absolute);
}

/** The path without links; that itself for what is not there. */
export function realPath(absolute: string): string {
  return attempt(() => fs.realpathSync.native(absolute)) ?? absolute;
}

export function isLink(absolute: string): boolean {
  return attempt(() => fs.lstatSync(absolute, { throwIfNoEntry: false })?.isSymbolicLink()) === true;
}

/** What is at a path, links followed; undefined where nothing is, also where a file is in the place of one of the folders above. */
export function statOf(absolute: string): fs.Stats | undefined {
  return attempt(() => fs.statSync(absolute, { throwIfNoEntry: false }));
}

export function isWritable(absolute: string): boolean {
  try {
    fs.accessSync(absolute, fs.constants.W_OK | fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Not every file system has links. */
function linkOrCopy(from: string, to: string): void {
  try {
    fs.linkSync(from, to);
  } catch {
    fs.copyFileSync(from, to);
  }
}
