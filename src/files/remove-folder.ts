import fs from 'node:fs';
import path from 'node:path';

/** Removes a folder with all that is in it. `fs.rmSync` of Node 20 first tries to remove each folder as if it were empty. */
export function removeFolder(folder: string): void {
  try {
    removeAll(folder);
  } catch {
    fs.rmSync(folder, { recursive: true });
  }
}

function removeAll(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const absolute = path.join(folder, entry.name);
    if (entry.isDirectory()) removeAll(absolute);
    else fs.unlinkSync(absolute);
  }
  fs.rmdirSync(folder);
}
