import { createCipheriv, createHash } from 'node:crypto';
import { encryptToRecipients } from './age';
import type { DerivedBytes } from './derived-bytes';

/** A mapping as it is written to YAML. */
export type Tree = Readonly<Record<string, unknown>>;

/** Keys below which everything is encrypted: what is secret in a Secret. */
export const ENCRYPTED_KEYS = '^(data|stringData)$';

/** The form of the file, which every SOPS from 3.8 on reads. */
const VERSION = '3.9.0';

/** SOPS wants to know when a file was changed. Output has no clock, and nothing reads the time. */
const LAST_MODIFIED = '2000-01-01T00:00:00Z';

const KEY_BYTES = 32;
const NONCE_BYTES = 32;

/**
 * A mapping as SOPS encrypts it for recipients of age: each value below `data` and `stringData` with AES-256-GCM, bound to
 * its path; a digest over all values, encrypted too; the key of the file for each recipient. `identity` tells this file
 * from others. The key follows from it and from the recipients, so that a recipient who was removed reads nothing new; a
 * nonce follows from the path and the value, so that a value that did not change keeps its ciphertext.
 */
export function encryptWithSops(
  tree: Tree,
  { identity, recipients, bytes }: { identity: string; recipients: readonly string[]; bytes: DerivedBytes },
): Tree {
  const sorted = [...recipients].sort();
  const key = bytes.of('sops data key', [identity, ...sorted], KEY_BYTES);
  const nonceFor = (path: string, text: string): Buffer =>
    bytes.of('sops nonce', [key, path, text], NONCE_BYTES);
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
      age: sorted.map((recipient) => ({
        recipient,
        enc: encryptToRecipients(key, [recipient], (use, context, length) => bytes.of(use, context, length)),
      })),
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
