import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { encryptToRecipients, type ByteSource } from './age';
import type { DerivedBytes } from './derived-bytes';
import { hasMasterKeys, KEY_BYTES, sharedKey, type SopsRecipients, type WrappedKeys } from './sops-keys';

/** A mapping as it is written to YAML. */
export type Tree = Readonly<Record<string, unknown>>;

/** Keys below which everything is encrypted: what is secret in a Secret. */
export const ENCRYPTED_KEYS = '^(data|stringData)$';

/** The form of the file, which every SOPS from 3.8 on reads. */
const VERSION = '3.9.0';

/** SOPS wants to know when a file was changed. Output has no clock, and nothing reads the time. */
const LAST_MODIFIED = '2000-01-01T00:00:00Z';

const NONCE_BYTES = 32;

/** What a file is encrypted for, and with. */
export interface SopsFile {
  /** Tells this file from those of the same cluster, such as the name of its Secret. */
  readonly identity: string;
  /** Tells the files of the cluster from those of others: its namespace. */
  readonly cluster: string;
  readonly recipients: SopsRecipients;
  /** What master keys made of the key of the cluster's files. */
  readonly wrapped?: WrappedKeys | undefined;
  readonly bytes: DerivedBytes;
}

/**
 * A mapping as SOPS encrypts it: each value below `data` and `stringData` with AES-256-GCM, bound to its path; a digest over
 * all values, encrypted too; the key of the file for each recipient. The key follows from the file and from the recipients, so
 * that a recipient who was removed reads nothing new; files that master keys decrypt share one. A nonce follows from the file, the
 * path and the value, so that a value that did not change keeps its ciphertext.
 */
export function encryptWithSops(
  tree: Tree,
  { identity, cluster, recipients, wrapped = {}, bytes }: SopsFile,
): Tree {
  const sorted = [...recipients.age].sort();
  const isShared = hasMasterKeys(recipients);
  const file = `${cluster}/${identity}`;
  const key = isShared
    ? sharedKey(cluster, recipients, bytes)
    : bytes.of('sops data key', [file, ...sorted], KEY_BYTES);
  const nonceFor = (path: string, text: string): Buffer =>
    bytes.of('sops nonce', [key, ...(isShared ? [file] : []), path, text], NONCE_BYTES);
  return encryptTree(tree, {
    key,
    nonceFor,
    keys: { ...wrapped, ...(sorted.length > 0 ? ageKeys(key, sorted, derived(bytes)) : {}) },
  });
}

/**
 * A file that holds nothing but a key, encrypted for one recipient of age: what the program of SOPS takes the key from to encrypt it
 * for others. All that is random in it is.
 */
export function fileForKey(key: Buffer, recipient: string): Tree {
  return encryptTree(
    { data: { key: 'of all files' } },
    {
      key,
      nonceFor: () => randomBytes(NONCE_BYTES),
      keys: ageKeys(key, [recipient], (_use, _context, length) => randomBytes(length)),
    },
  );
}

function derived(bytes: DerivedBytes): ByteSource {
  return (use, context, length) => bytes.of(use, context, length);
}

function ageKeys(key: Buffer, recipients: readonly string[], bytes: ByteSource): Tree {
  return {
    age: recipients.map((recipient) => ({ recipient, enc: encryptToRecipients(key, [recipient], bytes) })),
  };
}

interface Encryption {
  readonly key: Buffer;
  readonly nonceFor: (path: string, text: string) => Buffer;
  /** The key for each recipient, as the file has it. */
  readonly keys: Tree;
}

function encryptTree(tree: Tree, { key, nonceFor, keys }: Encryption): Tree {
  const encrypt = (text: string, path: string): string =>
    text === '' ? '' : encrypted(text, { key, nonce: nonceFor(path, text), path });
  const digest = createHash('sha512');
  const encryptedKeys = new RegExp(ENCRYPTED_KEYS);
  const walk = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, path));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, walk(inner, [...path, name])]),
      );
    const text = textOf(value);
    digest.update(text);
    if (!path.some((name) => encryptedKeys.test(name))) return value;
    return encrypt(text, `${path.join(':')}:`);
  };
  const content = walk(tree, []) as Tree;
  return {
    ...content,
    sops: {
      ...keys,
      lastmodified: LAST_MODIFIED,
      mac: encrypt(digest.digest('hex').toUpperCase(), LAST_MODIFIED),
      encrypted_regex: ENCRYPTED_KEYS,
      version: VERSION,
    },
  };
}

function encrypted(text: string, { key, nonce, path }: { key: Buffer; nonce: Buffer; path: string }): string {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(path));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const parts = { data, iv: nonce, tag: cipher.getAuthTag() };
  const shown = Object.entries(parts).map(([name, bytes]) => `${name}:${bytes.toString('base64')}`);
  return `ENC[AES256_GCM,${shown.join(',')},type:str]`;
}

/** A value as SOPS hashes it. A Secret below `data` has strings alone. */
function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
