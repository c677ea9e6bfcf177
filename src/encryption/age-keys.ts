import { bech32 } from '@scure/base';

/** What stands in front of a public and of a private key of age, in bech32. */
const RECIPIENT_PREFIX = 'age';
const IDENTITY_PREFIX = 'age-secret-key-';

/** Bytes of a key of X25519. */
const KEY_BYTES = 32;

/** The public key in a recipient, `age1…`; undefined for what is none, such as one with a wrong letter. */
export function recipientKey(recipient: string): Uint8Array | undefined {
  return recipient === recipient.toLowerCase() ? keyIn(recipient, RECIPIENT_PREFIX) : undefined;
}

/** The private key in an identity, `AGE-SECRET-KEY-1…`; undefined for what is none. */
export function identityKey(identity: string): Uint8Array | undefined {
  return keyIn(identity.trim().toLowerCase(), IDENTITY_PREFIX);
}

/** A public key as a recipient. */
export function recipientOf(key: Uint8Array): string {
  return bech32.encodeFromBytes(RECIPIENT_PREFIX, key);
}

/** A private key as an identity. */
export function identityOf(key: Uint8Array): string {
  return bech32.encodeFromBytes(IDENTITY_PREFIX, key).toUpperCase();
}

function keyIn(text: string, prefix: string): Uint8Array | undefined {
  try {
    const { prefix: found, bytes } = bech32.decodeToBytes(text);
    return found === prefix && bytes.length === KEY_BYTES ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a string has the private key of age somewhere, which no document and no file of recipients may have. */
export function hasIdentity(text: string): boolean {
  return /AGE-SECRET-KEY-/i.test(text);
}

/** The identities in a file of `age-keygen`: a line each, beside comments. */
export function identitiesIn(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
