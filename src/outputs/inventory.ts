import fs from 'node:fs';
import path from 'node:path';

/** Lists the files that pachkit wrote into a cluster's folder, so that others are never taken for its own. */
export const INVENTORY = '.pachkit.json';

/** What the folder of a cluster says about itself. */
export interface Inventory {
  /** Paths with forward slashes, sorted. */
  readonly files: readonly string[];
  /** Those of them that hold secrets. */
  readonly secrets: readonly string[];
  /** The document that the folder was written from, relative to the folder of all output; standard input has no name. */
  readonly document?: string;
}

/** The inventory in a folder; empty when there is none, or none that pachkit wrote. Anybody may have edited it. */
export function readInventory(folder: string): Inventory {
  try {
    const content = JSON.parse(fs.readFileSync(path.join(folder, INVENTORY), 'utf8')) as {
      files?: unknown;
      secrets?: unknown;
      document?: unknown;
    };
    const { document } = content;
    return {
      files: insideOnly(content.files),
      secrets: insideOnly(content.secrets),
      ...(typeof document === 'string' ? { document } : {}),
    };
  } catch {
    return { files: [], secrets: [] };
  }
}

/** Writes the inventory of a folder. */
export function writeInventory(folder: string, { files, secrets, document }: Inventory): void {
  const content = {
    apiVersion: 'pachkit/v1',
    ...(document === undefined ? {} : { document }),
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
