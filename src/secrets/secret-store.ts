import fs from 'node:fs';
import path from 'node:path';

/** The generated secrets of one cluster, by the JSON pointer of their field. */
export type StoredSecrets = Readonly<Record<string, string>>;

/** A store that cannot be used, and why, in words for the user. */
export class StoreProblem extends Error {}

/** The form of the file. */
const API_VERSION = 'pachkit/v1';

/** Longest wait for another pachkit that writes to the same store, in milliseconds. */
const LOCK_TIMEOUT_MS = 5_000;
const LOCK_POLL_MS = 20;

/**
 * Keeps generated secrets in `.pachkit/<cluster>.secrets.json` beside the document: readable by the owner only, ignored by
 * git, and never overwritten with another value. Texts are only ever added.
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
      text = fs.readFileSync(this.fileName, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw new StoreProblem(
        `it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
      );
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
      this.#prepareDirectory();
      return this.#whileLocked(() => {
        const merged = { ...secrets, ...this.read() };
        const sorted = Object.fromEntries(Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : 1)));
        const content = {
          apiVersion: API_VERSION,
          description:
            'Secrets that pachkit generated. Keep this file, and keep it secret: without it they are made anew.',
          secrets: sorted,
        };
        const temporary = `${this.fileName}.${process.pid}.tmp`;
        fs.writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
        fs.renameSync(temporary, this.fileName);
        return merged;
      });
    } catch (error) {
      if (error instanceof StoreProblem) throw error;
      throw new StoreProblem(
        `it cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
      );
    }
  }

  #prepareDirectory(): void {
    const directory = path.dirname(this.fileName);
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
    const ignore = path.join(directory, '.gitignore');
    if (!fs.existsSync(ignore)) fs.writeFileSync(ignore, '*\n');
  }

  #whileLocked<T>(action: () => T): T {
    const lock = `${this.fileName}.lock`;
    const deadline = Date.now() + LOCK_TIMEOUT_MS;
    for (;;) {
      try {
        fs.closeSync(fs.openSync(lock, 'wx', 0o600));
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        if (Date.now() > deadline)
          throw new StoreProblem(
            `another pachkit has locked it; if none is running, delete ${path.basename(lock)}`,
          );
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_POLL_MS);
      }
    }
    try {
      return action();
    } finally {
      fs.rmSync(lock, { force: true });
    }
  }
}
