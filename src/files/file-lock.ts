import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { readOwnText } from './read-file';
import { removeLeftovers } from './leftovers';
import { temporaryPrefix } from './replace-file';
import { ownIdentity, stateOf, type ProcessIdentity } from './process-identity';

const POLL_MS = 20;

/** A lock that another process holds, still after waiting. */
export class LockedError extends Error {
  /** `owner` says who holds it, for people. */
  constructor(
    readonly fileName: string,
    readonly owner: string,
  ) {
    super(`${fileName} is held by ${owner}`);
  }
}

/** What a lock file says. */
interface Owner extends ProcessIdentity {
  /** Tells one taking of the lock from every other. */
  readonly id: string;
}

/**
 * A file that only one process has at a time. It names its owner, so that one whose owner was killed is taken over at once. An
 * owner that cannot be seen from here (on another machine or in another container) counts as gone when the lock has
 * not changed while someone waited; so owners that hold it for longer `touch` it as they go on.
 */
export class FileLock {
  readonly #content: string;

  private constructor(private readonly fileName: string) {
    this.#content = `${JSON.stringify({ ...ownIdentity(), id: randomUUID() } satisfies Owner)}\n`;
  }

  /**
   * Takes the lock, waiting up to `waitMs` milliseconds for its owner. Throws a LockedError after that, and a Node error where
   * the file cannot be written.
   */
  static acquire(fileName: string, waitMs: number): FileLock {
    const lock = new FileLock(fileName);
    const deadline = Date.now() + waitMs;
    const first = stampOf(fileName);
    while (!lock.#create()) {
      const held = read(fileName);
      if (held === undefined) continue;
      const isOver = Date.now() > deadline;
      const state = held.owner ? stateOf(held.owner) : 'unknown';
      const isAbandoned =
        state === 'gone' ||
        (isOver && state === 'unknown' && first !== undefined && stampOf(fileName) === first);
      if (isAbandoned) removeAbandoned(fileName, held.text, waitMs);
      else if (isOver) throw new LockedError(fileName, nameOf(held.owner));
      else sleep(POLL_MS);
    }
    removeLeftovers(path.dirname(fileName), [temporaryPrefix(fileName)], '.tmp');
    return lock;
  }

  /** Says to those who wait that the owner goes on. */
  touch(): void {
    const now = new Date();
    try {
      fs.utimesSync(this.fileName, now, now);
    } catch {
      // Someone has removed it, which isHeld tells.
    }
  }

  /** Whether the lock is still this one's: someone may have removed it, or taken it over after a long silence. */
  isHeld(): boolean {
    return read(this.fileName)?.text === this.#content;
  }

  release(): void {
    if (this.isHeld()) fs.rmSync(this.fileName, { force: true });
  }

  /** Makes the file, whole and with its content, unless there is one. */
  #create(): boolean {
    const name = `${temporaryPrefix(this.fileName)}${process.pid}.tmp`;
    const temporary = path.join(path.dirname(this.fileName), name);
    try {
      fs.writeFileSync(temporary, this.#content, { mode: 0o600 });
      fs.linkSync(temporary, this.fileName);
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') return false;
      // Not every file system has links.
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL'].includes(code ?? '')) throw error;
      return createInPlace(this.fileName, this.#content);
    } finally {
      fs.rmSync(temporary, { force: true });
    }
  }
}

function createInPlace(fileName: string, content: string): boolean {
  try {
    fs.writeFileSync(fileName, content, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    fs.rmSync(fileName, { force: true });
    throw error;
  }
}

/** Of several that find the same lock abandoned only one may remove it, or one would remove what another has taken since. */
function removeAbandoned(fileName: string, content: string, waitMs: number): void {
  const turn = FileLock.acquire(`${fileName}.takeover`, waitMs);
  try {
    if (read(fileName)?.text === content) fs.rmSync(fileName, { force: true });
  } finally {
    turn.release();
  }
}

/** What a lock file holds; without owner when it is none that this pachkit wrote. */
function read(fileName: string): { readonly text: string; readonly owner?: Owner } | undefined {
  let text: string;
  try {
    text = readOwnText(fileName);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const owner = JSON.parse(text) as Partial<Owner> | null;
    return typeof owner?.pid === 'number' && typeof owner.host === 'string'
      ? { text, owner: owner as Owner }
      : { text };
  } catch {
    return { text };
  }
}

/** Changes whenever the lock is taken or touched. */
function stampOf(fileName: string): string | undefined {
  const stat = fs.statSync(fileName, { throwIfNoEntry: false });
  return stat && `${stat.ino} ${stat.mtimeMs}`;
}

function nameOf(owner: Owner | undefined): string {
  return owner ? `process ${owner.pid} on ${owner.host}` : 'an unknown process';
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
