import fs from 'node:fs';
import path from 'node:path';
import { readOwnText } from '../files/read-file';
import { FileLock, LockedError } from '../files/file-lock';
import { removeLeftovers } from '../files/leftovers';
import { replaceFile, targetOf, temporaryPrefix } from '../files/replace-file';
import { isSystemError, writeFailure } from '../files/system-error';
import { keepingFolder } from './keeping-folder';

/** The generated secrets of one cluster, by the JSON pointer of their field. */
export type StoredSecrets = Readonly<Record<string, string>>;

/** A store that cannot be used, and why, in words for the user. */
export class StoreProblem extends Error {}

/** A store that another process keeps locked. */
export class StoreLocked extends StoreProblem {}

/** The form of the file. */
const API_VERSION = 'pachkit/v1';

/** Longest wait for another pachkit that writes to the same store, in milliseconds. */
const LOCK_TIMEOUT_MS = 5_000;

/**
 * Keeps generated secrets in `.pachkit/<cluster>.secrets.json` beside the document: readable by the owner only, ignored by
 * git, and never overwritten with another value. Strings are only ever added. Where that is a symbolic link, to an encrypted
 * volume for example, the store is what it leads to.
 */
export class SecretStore {
  readonly fileName: string;

  constructor(directory: string, clusterName: string) {
    this.fileName = path.join(directory, '.pachkit', `${clusterName}.secrets.json`);
  }

  /** What is stored; empty when there is no store yet. Throws a StoreProblem for a store that cannot be read. */
  read(): StoredSecrets {
    let text: string;
    try {
      text = readOwnText(this.fileName);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return this.#nothing();
      throw new StoreProblem(`it cannot be read (${writeFailure(error)})`);
    }
    let content: { apiVersion?: unknown; secrets?: unknown } | null;
    try {
      content = JSON.parse(text) as typeof content;
    } catch {
      throw new StoreProblem('it is not JSON');
    }
    const { apiVersion, secrets } = content ?? {};
    // Another pachkit may keep things in it that this one would lose.
    if (typeof apiVersion === 'string' && apiVersion !== API_VERSION && /^pachkit\/v\d+$/.test(apiVersion))
      throw new StoreProblem(`it is of the form ${apiVersion}, which a newer pachkit wrote and reads`);
    if (
      apiVersion !== API_VERSION ||
      typeof secrets !== 'object' ||
      secrets === null ||
      Array.isArray(secrets) ||
      Object.values(secrets).some((value) => typeof value !== 'string')
    )
      throw new StoreProblem('it does not have the form that pachkit writes');
    return secrets as StoredSecrets;
  }

  /** A store that is not there yet is empty; one on a volume that is not mounted must not be begun anew. */
  #nothing(): StoredSecrets {
    if (fs.lstatSync(this.fileName, { throwIfNoEntry: false })?.isSymbolicLink() === true)
      throw new StoreProblem('it is a link to a file that is not there; mount the volume that it leads to');
    return {};
  }

  /** Whether others than the owner may read the store. */
  isExposed(): boolean {
    try {
      return process.platform !== 'win32' && (fs.statSync(this.fileName).mode & 0o077) !== 0;
    } catch {
      return false;
    }
  }

  /**
   * Adds secrets. One that another process has stored in the meantime stays as it is, and the result has it instead.
   * Throws a StoreProblem when the store cannot be written; then nothing has changed.
   */
  add(secrets: StoredSecrets): StoredSecrets {
    try {
      keepingFolder(path.dirname(this.fileName));
      const target = targetOf(this.fileName);
      const lock = FileLock.acquire(`${target}.lock`, LOCK_TIMEOUT_MS);
      try {
        removeLeftovers(path.dirname(target), [temporaryPrefix(target)], '.tmp');
        const merged = { ...secrets, ...this.read() };
        const sorted = Object.fromEntries(Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : 1)));
        const content = {
          apiVersion: API_VERSION,
          description:
            'Secrets that pachkit generated. Keep this file, and keep it secret: without it they are made anew.',
          secrets: sorted,
        };
        replaceFile(target, `${JSON.stringify(content, null, 2)}\n`, 0o600);
        return merged;
      } finally {
        lock.release();
      }
    } catch (error) {
      if (error instanceof LockedError)
        throw new StoreLocked(`${error.owner} keeps it locked with ${path.basename(error.fileName)}`);
      if (!isSystemError(error)) throw error;
      throw new StoreProblem(`it cannot be written (${writeFailure(error)})`);
    }
  }
}
