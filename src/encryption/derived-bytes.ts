import { hkdfSync } from 'node:crypto';

/**
 * Bytes that stand for random ones where equal input has to give equal output: HKDF with SHA-256 (RFC 5869) over a key that
 * is a secret itself. Everything that the bytes encrypt belongs in `context`, so that other content gets other bytes; then no
 * nonce is ever used for two contents, and without the key no one can tell which content belongs to a ciphertext.
 */
export class DerivedBytes {
  readonly #key: string;

  /** `key` has the entropy of a random key of at least 128 bits. */
  constructor(key: string) {
    this.#key = key;
  }

  /** `length` bytes for a use, such as `sops nonce`, and all that it depends on. */
  of(use: string, context: readonly (string | Uint8Array)[], length: number): Buffer {
    const parts = [use, ...context].map((part) => Buffer.from(part as string));
    // With their lengths, so that no two lists of parts are one text.
    const info = Buffer.concat(parts.flatMap((part) => [lengthOf(part), part]));
    return Buffer.from(hkdfSync('sha256', this.#key, info, 'pachkit/v1 encryption', length));
  }
}

function lengthOf(part: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(part.length);
  return bytes;
}
