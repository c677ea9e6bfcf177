import fs from 'node:fs';
import path from 'node:path';
import { removeLeftovers } from '../files/leftovers';
import { makeFolders } from '../files/make-folders';
import { replaceFile, temporaryPrefix } from '../files/replace-file';

/** Makes the folder in which pachkit keeps things beside a document: for its owner only, and ignored by git. */
export function keepingFolder(directory: string): void {
  makeFolders(directory, 0o700);
  const ignore = path.join(directory, '.gitignore');
  removeLeftovers(directory, [temporaryPrefix(ignore)], '.tmp');
  if (!fs.existsSync(ignore)) replaceFile(ignore, '*\n', 0o644);
}
