import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { readOwnText } from '../files/read-file';
import { FileLock, LockedError } from '../files/file-lock';
import { removeLeftovers } from '../files/leftovers';
import { replaceFile, targetOf, temporaryPrefix } from '../files/replace-file';
import { isSystemError, writeFailure } from '../files/system-error';
import {
  AgeProblem,
  decryptWithIdentities,
  encryptToRecipients,
  OtherRecipients,
  publicKeyOf,
} from '../encryption/age';
import { identityKey, recipientOf } from '../encryption/age-keys';
import { keepingFolder } from './keeping-folder';
import { compare } from '../diagnostics/diagnostic';

/** The generated secrets of one cluster, by the JSON pointer of their field. */
export type StoredSecrets = Readonly<Record<string, string>>;

/** A store that cannot be used, and why, in words for the user. */
export class StoreProblem extends Error {
  constructor(
    message: string,
    /** What the system said, where it was the system. */
    readonly reason?: unknown,
  ) {
    super(message);
  }
}

/** A store whose key is not at hand. */
export class StoreKeyMissing extends StoreProblem {
  constructor(
    message: string,
    /** How to have the right one. */
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** A store that another process keeps locked. */
export class StoreLocked extends StoreProblem {}

/** The form of the file. */
const API_VERSION = 'pachkit/v1';

/** Longest wait for another pachkit that writes to the same store, in milliseconds. */
const LOCK_TIMEOUT_MS = 5_000;

/** How a store is encrypted that may be committed. */
export interface StoreEncryption {
  /** Recipients of age. */
  readonly recipients: readonly string[];
  /** Where they come from, in words for the user. */
  readonly keyPlace: string;
  /** The private keys at hand. Throws a StoreKeyMissing when there is none. */
  identities(): readonly string[];
}

/**
 * Keeps generated secrets beside the document: in `.pachkit/<cluster>.secrets.json`, readable by the owner only and ignored by
 * git, or, encrypted, in `<cluster>.secrets.age`, to be committed. Where that is a symbolic link, to an encrypted volume for
 * example, the store is what it leads to. `add` never overwrites; `replace` does.
 */
export class SecretStore {
  readonly fileName: string;
  /** How the user knows it, from the folder of the document. */
  readonly shownName: string;
  readonly #clear: string;

  constructor(
    directory: string,
    clusterName: string,
    private readonly encryption?: StoreEncryption,
  ) {
    this.shownName = storeName(clusterName, encryption !== undefined);
    this.fileName = path.join(directory, this.shownName);
    this.#clear = path.join(directory, storeName(clusterName, false));
  }

  /** What is stored; empty when there is no store yet. Throws a StoreProblem for a store that cannot be read. */
  read(): StoredSecrets {
    return this.#content().secrets;
  }

  /** Whether what is stored has to be written anew: it is in clear text still, or encrypted for others than it should be. */
  isOutdated(): boolean {
    const { encryption } = this;
    if (!encryption) return false;
    const { secrets, recipients } = this.#content();
    if (Object.keys(secrets).length === 0) return false;
    return recipients?.join() !== [...encryption.recipients].sort().join();
  }

  /** Whether secrets in clear text are still where the store was before it was encrypted. */
  isLeftInClearText(): boolean {
    return this.encryption !== undefined && fs.existsSync(this.fileName) && fs.existsSync(this.#clear);
  }

  #content(): Content {
    const text = this.#text(this.fileName);
    if (text !== undefined) return parsed(this.encryption ? decrypted(text, this.encryption) : text);
    // Secrets that were kept in clear text before go on.
    const clear = this.encryption && this.#text(this.#clear);
    return clear === undefined ? { secrets: {} } : parsed(clear);
  }

  /** Undefined for a file that is not there yet; one on a volume that is not mounted must not be begun anew. */
  #text(fileName: string): string | undefined {
    try {
      return readOwnText(fileName);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        throw new StoreProblem(`it cannot be read (${writeFailure(error)})`, error);
    }
    if (fs.lstatSync(fileName, { throwIfNoEntry: false })?.isSymbolicLink() === true)
      throw new StoreProblem('it is a link to a file that is not there; mount the volume that it leads to');
    return undefined;
  }

  /** Whether others than the owner may read the store. */
  isExposed(): boolean {
    if (this.encryption) return false;
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
    return this.#write((stored) => ({ ...secrets, ...stored }));
  }

  /** Puts secrets into the store in place of those that it has. Throws a StoreProblem like `add`. */
  replace(secrets: StoredSecrets): StoredSecrets {
    return this.#write((stored) => ({ ...stored, ...secrets }));
  }

  #write(change: (stored: StoredSecrets) => StoredSecrets): StoredSecrets {
    try {
      if (!this.encryption) keepingFolder(path.dirname(this.fileName));
      const target = targetOf(this.fileName);
      const lock = FileLock.acquire(`${target}.lock`, LOCK_TIMEOUT_MS);
      try {
        removeLeftovers(path.dirname(target), [temporaryPrefix(target)], '.tmp');
        const changed = change(this.read());
        const content = contentOf(changed, this.encryption);
        replaceFile(target, content, this.encryption ? 0o644 : 0o600);
        return changed;
      } finally {
        lock.release();
      }
    } catch (error) {
      if (error instanceof LockedError)
        throw new StoreLocked(`${error.owner} keeps it locked with ${path.basename(error.fileName)}`);
      if (!isSystemError(error)) throw error;
      throw new StoreProblem(`it cannot be written (${writeFailure(error)})`, error);
    }
  }
}

/** The file of a store, from the folder of the document. */
export function storeName(clusterName: string, isEncrypted: boolean): string {
  return isEncrypted ? `${clusterName}.secrets.age` : path.join('.pachkit', `${clusterName}.secrets.json`);
}

interface Content {
  readonly secrets: StoredSecrets;
  /** Whom it is encrypted for, in order. */
  readonly recipients?: readonly string[];
}

function parsed(text: string): Content {
  let content: { apiVersion?: unknown; secrets?: unknown; recipients?: readonly string[] } | null;
  try {
    content = JSON.parse(text) as typeof content;
  } catch {
    throw new StoreProblem('it is not JSON');
  }
  const { apiVersion, secrets, recipients } = content ?? {};
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
  return {
    secrets: secrets as StoredSecrets,
    ...(Array.isArray(recipients) ? { recipients: recipients.map(String) } : {}),
  };
}

function contentOf(secrets: StoredSecrets, encryption: StoreEncryption | undefined): string {
  const sorted = Object.fromEntries(Object.entries(secrets).sort(([a], [b]) => compare(a, b)));
  const recipients = [...(encryption?.recipients ?? [])].sort();
  const content = {
    apiVersion: API_VERSION,
    description:
      'Secrets that pachkit generated. Keep this file, and keep it secret: without it they are made anew.',
    ...(encryption ? { recipients } : {}),
    secrets: sorted,
  };
  const text = `${JSON.stringify(content, null, 2)}\n`;
  if (!encryption) return text;
  // What no key at hand opens would be lost for the next run.
  const own = recipientsAtHand(encryption);
  if (!own.some((recipient) => recipients.includes(recipient)))
    throw new StoreKeyMissing(
      `the key in ${encryption.keyPlace} is of none of the recipients in secrets.store.age, and the next run could not read it`,
      `add ${own.join(' or ')}, the recipient of that key, to secrets.store.age, or use a key whose recipient is there`,
    );
  return encryptToRecipients(text, recipients, (_use, _context, length) => randomBytes(length));
}

function decrypted(file: string, encryption: StoreEncryption): string {
  try {
    return decryptWithIdentities(Buffer.from(file, 'latin1'), encryption.identities());
  } catch (error) {
    if (error instanceof OtherRecipients)
      throw new StoreKeyMissing(
        `it is encrypted for other recipients than the key in ${encryption.keyPlace}`,
        `use a key that it is encrypted for, or have someone who has one add ${recipientsAtHand(encryption).join(' or ')}, the recipient of yours, to secrets.store.age and run pachkit synth`,
      );
    if (error instanceof AgeProblem) throw new StoreProblem(error.message);
    throw error;
  }
}

/** The recipients of the keys at hand, which are no secret. */
function recipientsAtHand(encryption: StoreEncryption): string[] {
  const keys = encryption.identities().flatMap((identity) => identityKey(identity) ?? []);
  return keys.map((key) => recipientOf(publicKeyOf(key)));
}
