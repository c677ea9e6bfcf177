import fs from 'node:fs';
import { attempt } from './attempt';

/** Whether a path leads to a folder, also through links; false where nothing can be seen. */
export function isFolder(target: string): boolean {
  return attempt(() => fs.statSync(target).isDirectory()) === true;
}
