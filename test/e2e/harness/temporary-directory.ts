import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { guardDirectory, releaseDirectory } from './guard';
import type { Account } from './account';

/** A directory of a test's own. */
export interface TemporaryDirectory {
  readonly path: string;
  /** A path below it. */
  join(...segments: string[]): string;
  remove(): void;
}

/**
 * Makes an empty directory that goes away with the test process at the latest.
 * @param name a word that tells a person whose directory it is
 * @param account the account that owns it; default: the one that runs the tests
 */
export function temporaryDirectory(name: string, account?: Account): TemporaryDirectory {
  const directory = mkdtempSync(path.join(os.tmpdir(), `pachkit-${name}-`));
  guardDirectory(directory);
  if (account !== undefined) chownSync(directory, account.userId, account.groupId);
  return {
    path: directory,
    join: (...segments) => path.join(directory, ...segments),
    remove() {
      rmSync(directory, { recursive: true, force: true });
      releaseDirectory(directory);
    },
  };
}
