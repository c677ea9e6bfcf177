import fs from 'node:fs';
import path from 'node:path';
import { attempt } from '../files/attempt';
import { readOwnText } from '../files/read-file';

/** Lists the files that pachkit wrote into a cluster's folder, so that others are never taken for its own. */
export const INVENTORY = '.pachkit.json';

/**
 * A link to the document that a folder was written from. Being a link it puts no path of this machine into a file, and leads
 * nowhere once the document was moved.
 */
export const DOCUMENT_LINK = '.document';

/** The document that a folder was written from, as far as it is still there. */
export function documentOf(folder: string): string | undefined {
  return attempt(() => fs.realpathSync.native(path.join(folder, DOCUMENT_LINK)));
}

/** Links a folder to its document. `asIn` is the path that the folder is going to have. */
export function linkDocument(folder: string, document: string, asIn: string): void {
  try {
    fs.symlinkSync(path.relative(asIn, document), path.join(folder, DOCUMENT_LINK));
  } catch {
    // Not every file system, and not every user of Windows, may make links.
  }
}

/** What the folder of a cluster says about itself. */
export interface Inventory {
  /** Paths with forward slashes, sorted. */
  readonly files: readonly string[];
  /** Those of them that hold secrets. */
  readonly secrets: readonly string[];
}

/** The inventory in a folder; empty when there is none, or none that pachkit wrote. Anyone may have edited it. */
export function readInventory(folder: string): Inventory {
  try {
    const content = JSON.parse(readOwnText(path.join(folder, INVENTORY))) as {
      files?: unknown;
      secrets?: unknown;
    };
    return { files: insideOnly(content.files), secrets: insideOnly(content.secrets) };
  } catch {
    return { files: [], secrets: [] };
  }
}

/** Writes the inventory of a folder. */
export function writeInventory(folder: string, { files, secrets }: Inventory): void {
  const content = {
    apiVersion: 'pachkit/v1',
    files,
    ...(secrets.length === 0 ? {} : { secrets }),
  };
  fs.writeFileSync(path.join(folder, INVENTORY), `${JSON.stringify(content, null, 2)}\n`);
}

function insideOnly(files: unknown): string[] {
  return Array.isArray(files) ? files.filter(isInside) : [];
}

function isInside(file: unknown): file is string {
  return typeof file === 'string' && !path.isAbsolute(file) && !file.split(/[\\/]/).includes('..');
}
