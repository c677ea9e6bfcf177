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

/** Links a folder to its document, by what `linkTo()` says. */
export function linkDocument(folder: string, link: string): void {
  try {
    fs.symlinkSync(link, path.join(folder, DOCUMENT_LINK));
  } catch {
    // Not every file system, and not every user of Windows, may make links.
  }
}

/** What the link to a document says in a folder that has, or is going to have, this path. */
export function linkTo(document: string, folder: string): string {
  return path.relative(folder, document);
}

/** What the folder of a cluster says about itself. */
export interface Inventory {
  /** Paths with forward slashes, sorted. */
  readonly files: readonly string[];
  /** Those of them that hold secrets. */
  readonly secrets: readonly string[];
}

/** That of a folder without one. */
export const NO_INVENTORY: Inventory = { files: [], secrets: [] };

/** The inventory in a folder; empty when there is none, or none that pachkit wrote. Anyone may have edited it. */
export function readInventory(folder: string): Inventory {
  try {
    const content = JSON.parse(readOwnText(path.join(folder, INVENTORY))) as {
      files?: unknown;
      secrets?: unknown;
    };
    return { files: insideOnly(content.files), secrets: insideOnly(content.secrets) };
  } catch {
    return NO_INVENTORY;
  }
}

/** The inventory of a folder as it is written. */
export function inventoryText({ files, secrets }: Inventory): string {
  const content = {
    apiVersion: 'pachkit/v1',
    files,
    ...(secrets.length === 0 ? {} : { secrets }),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function insideOnly(files: unknown): string[] {
  return Array.isArray(files) ? files.filter(isInside) : [];
}

function isInside(file: unknown): file is string {
  return typeof file === 'string' && !path.isAbsolute(file) && !file.split(/[\\/]/).includes('..');
}
