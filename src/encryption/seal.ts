import { constants, createCipheriv, createHash, publicEncrypt, type KeyObject } from 'node:crypto';
import type { DerivedBytes } from './derived-bytes';

/** Bytes of the key that a value is encrypted with, and of a digest of SHA-256. */
const KEY_BYTES = 32;
const DIGEST_BYTES = 32;

/**
 * A value as kubeseal encrypts it: AES-256-GCM under a key for this value alone, which RSA-OAEP with SHA-256 encrypts under
 * the controller's key with `label`. Key and seed follow from the content, so that equal values stay equal; since the key
 * differs with each content, the nonce is always zero, as it is with kubeseal.
 *
 * @param name key of the value in its Secret: two equal values get different ciphertexts
 */
export function seal(
  value: string,
  { name, label, publicKey }: { name: string; label: string; publicKey: KeyObject },
  bytes: DerivedBytes,
): string {
  const recipient = publicKey.export({ format: 'der', type: 'spki' });
  const key = bytes.of('seal key', [recipient, label, name, value], KEY_BYTES);
  const seed = bytes.of('seal seed', [recipient, label, name, value], DIGEST_BYTES);
  const wrapped = encryptOaep(key, { label, publicKey, seed });
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12));
  const length = Buffer.alloc(2);
  length.writeUInt16BE(wrapped.length);
  return Buffer.concat([
    length,
    wrapped,
    cipher.update(value, 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]).toString('base64');
}

/** RSAES-OAEP (RFC 8017, 7.1.1) with a given seed, which node:crypto has no parameter for. */
function encryptOaep(
  message: Buffer,
  { label, publicKey, seed }: { label: string; publicKey: KeyObject; seed: Buffer },
): Buffer {
  const size = (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const block = Buffer.alloc(size - DIGEST_BYTES - 1);
  createHash('sha256').update(label).digest().copy(block);
  block[block.length - message.length - 1] = 1;
  message.copy(block, block.length - message.length);
  const maskedBlock = xor(block, mask(seed, block.length));
  const maskedSeed = xor(seed, mask(maskedBlock, DIGEST_BYTES));
  return publicEncrypt(
    { key: publicKey, padding: constants.RSA_NO_PADDING },
    Buffer.concat([Buffer.alloc(1), maskedSeed, maskedBlock]),
  );
}

/** MGF1 with SHA-256 (RFC 8017, B.2.1). */
function mask(seed: Buffer, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / DIGEST_BYTES) }, (_, index) => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(index);
    return createHash('sha256').update(seed).update(counter).digest();
  });
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(left: Buffer, right: Buffer): Buffer {
  return Buffer.from(left.map((byte, index) => byte ^ (right[index] ?? 0)));
}
