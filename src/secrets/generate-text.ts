import { hkdfSync, randomBytes } from 'node:crypto';

/** Letters and digits only: such strings need no quoting in YAML, shells and URLs, and never begin with `$`. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Bytes from here on would favour the first characters of the alphabet and are thrown away. */
const FAIR_BYTES = 256 - (256 % ALPHABET.length);

/** A random text of `length` letters and digits: 5.95 bits of entropy each. */
export function randomText(length: number): string {
  return textFrom(length, (count) => randomBytes(count));
}

/** A string of `length` letters and digits that follows from `seed` and `key` alone: HKDF with SHA-256 (RFC 5869). */
export function seededText(seed: string, key: string, length: number): string {
  let block = 0;
  return textFrom(length, (count) =>
    Buffer.from(hkdfSync('sha256', seed, 'pachkit/v1', `${key}#${block++}`, count)),
  );
}

function textFrom(length: number, bytes: (count: number) => Buffer): string {
  let text = '';
  while (text.length < length)
    for (const byte of bytes(length))
      if (byte < FAIR_BYTES && text.length < length) text += ALPHABET[byte % ALPHABET.length] ?? '';
  return text;
}
