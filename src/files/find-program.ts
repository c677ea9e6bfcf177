import fs from 'node:fs';
import path from 'node:path';

/** Where a program of the user is looked for. */
export interface ProgramSearch {
  /** The value of PATH. */
  readonly path: string | undefined;
  /** Absolute folder that relative paths start from. */
  readonly workingDirectory: string;
}

/**
 * A program as an absolute path. A name with a slash is a path, and any other one is in a folder of PATH.
 *
 * @returns undefined when there is none, or it cannot be executed
 */
export function findProgram(
  name: string,
  { path: folders, workingDirectory }: ProgramSearch,
): string | undefined {
  const files = /[/\\]/.test(name)
    ? [path.resolve(workingDirectory, name)]
    : (folders ?? '')
        .split(path.delimiter)
        .filter((folder) => folder !== '')
        .map((folder) => path.resolve(workingDirectory, folder, name));
  return files.find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
