import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  timingSafeEqual,
} from 'node:crypto';
import { identityKey, recipientKey } from './age-keys';

/**
 * Files of age (age-encryption.org/v1, C2SP) for recipients of X25519, in memory and at once. All that is random in such a
 * file comes from `bytes`: random ones, or derived ones where equal content has to give equal files.
 */
export type ByteSource = (use: string, context: readonly (string | Uint8Array)[], length: number) => Buffer;

const VERSION = 'age-encryption.org/v1';
const ARMOR_BEGIN = '-----BEGIN AGE ENCRYPTED FILE-----';
const ARMOR_END = '-----END AGE ENCRYPTED FILE-----';

/** Bytes of plaintext in a chunk of the payload. */
const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const FILE_KEY_BYTES = 16;
const NONCE_BYTES = 16;

/** A file that cannot be decrypted, and why, in words for the user. */
export class AgeProblem extends Error {}

/** A file that none of the keys at hand opens. */
export class OtherRecipients extends AgeProblem {}

/** An armored file that each of the recipients can decrypt. They are valid ones. */
export function encryptToRecipients(
  content: string | Uint8Array,
  recipients: readonly string[],
  bytes: ByteSource,
): string {
  const plain = Buffer.from(content as string);
  const digest = createHash('sha256').update(plain).digest();
  const fileKey = bytes('age file key', [...recipients, digest], FILE_KEY_BYTES);
  const nonce = bytes('age nonce', [fileKey, digest], NONCE_BYTES);
  const stanzas = recipients.map((recipient) =>
    stanzaFor(recipient, fileKey, bytes('age ephemeral', [recipient, fileKey], 32)),
  );
  const header = `${VERSION}\n${stanzas.join('')}---`;
  const mac = createHmac('sha256', derive(fileKey, '', 'header'))
    .update(header)
    .digest();
  const payload = encryptChunks(plain, derive(fileKey, nonce, 'payload'));
  return armored(Buffer.concat([Buffer.from(`${header} ${unpadded(mac)}\n`), nonce, payload]));
}

/** The content of an armored or binary file for one of the identities, which are valid ones. Throws an AgeProblem. */
export function decryptWithIdentities(file: Uint8Array, identities: readonly string[]): string {
  const { stanzas, header, mac, payload } = parsed(unarmored(Buffer.from(file)));
  const keys = identities.flatMap((identity) => identityKey(identity) ?? []);
  const fileKey = firstOf(keys, (key) => firstOf(stanzas, (stanza) => unwrapped(stanza, key)));
  if (!fileKey) throw new OtherRecipients('it is encrypted for other recipients than the key that was given');
  const expected = createHmac('sha256', derive(fileKey, '', 'header'))
    .update(header)
    .digest();
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected))
    throw new AgeProblem('its header was changed after it was encrypted');
  const nonce = payload.subarray(0, NONCE_BYTES);
  const plain = decryptChunks(payload.subarray(NONCE_BYTES), derive(fileKey, nonce, 'payload'));
  if (!plain) throw new AgeProblem('it was changed after it was encrypted, or a part of it is missing');
  return plain.toString('utf8');
}

/** The public key of an identity, as bytes. */
export function publicKeyOf(identity: Uint8Array): Buffer {
  return rawPublicKey(createPublicKey(privateKeyOf(identity)).export({ format: 'der', type: 'spki' }));
}

interface Stanza {
  readonly args: readonly string[];
  readonly body: Buffer;
}

function stanzaFor(recipient: string, fileKey: Buffer, ephemeral: Buffer): string {
  const key = recipientKey(recipient);
  if (!key) throw new Error('a recipient was not checked');
  const share = publicKeyOf(ephemeral);
  const body = sealed(fileKey, wrapKey(ephemeral, key, share, key), Buffer.alloc(12));
  // A line of the body has 48 bytes at most, and the last one fewer: 32 are one line.
  return `-> X25519 ${unpadded(share)}\n${unpadded(body)}\n`;
}

function unwrapped({ args, body }: Stanza, identity: Uint8Array): Buffer | undefined {
  const [type, share = ''] = args;
  if (type !== 'X25519' || body.length !== FILE_KEY_BYTES + TAG_BYTES) return undefined;
  const key = Buffer.from(share, 'base64');
  if (key.length !== 32) return undefined;
  return opened(body, wrapKey(identity, key, key, publicKeyOf(identity)), Buffer.alloc(12));
}

/** The key that the file key is wrapped with. */
function wrapKey(own: Uint8Array, other: Uint8Array, share: Uint8Array, recipient: Uint8Array): Buffer {
  const shared = diffieHellman({ privateKey: privateKeyOf(own), publicKey: publicKeyFrom(other) });
  return derive(shared, Buffer.concat([share, recipient]), 'age-encryption.org/v1/X25519');
}

function derive(key: Uint8Array, salt: Uint8Array | string, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, info, 32));
}

function encryptChunks(plain: Buffer, key: Buffer): Buffer {
  const count = Math.max(1, Math.ceil(plain.length / CHUNK_BYTES));
  return Buffer.concat(
    Array.from({ length: count }, (_, index) =>
      sealed(
        plain.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES),
        key,
        chunkNonce(index, index === count - 1),
      ),
    ),
  );
}

function decryptChunks(payload: Buffer, key: Buffer): Buffer | undefined {
  const size = CHUNK_BYTES + TAG_BYTES;
  const count = Math.max(1, Math.ceil(payload.length / size));
  const chunks: Buffer[] = [];
  for (let index = 0; index < count; index++) {
    const chunk = payload.subarray(index * size, (index + 1) * size);
    const plain = opened(chunk, key, chunkNonce(index, index === count - 1));
    if (!plain || (plain.length === 0 && index > 0)) return undefined;
    chunks.push(plain);
  }
  return Buffer.concat(chunks);
}

/** A counter of eleven bytes, and whether it is the last chunk. */
function chunkNonce(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

function sealed(plain: Buffer, key: Buffer, nonce: Buffer): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG_BYTES });
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function opened(box: Buffer, key: Buffer, nonce: Buffer): Buffer | undefined {
  if (box.length < TAG_BYTES) return undefined;
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(box.subarray(box.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(box.subarray(0, box.length - TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}

function parsed(file: Buffer): { stanzas: Stanza[]; header: Buffer; mac: Buffer; payload: Buffer } {
  const end = file.indexOf('\n---');
  const lineEnd = file.indexOf('\n', end + 1);
  const [version, ...lines] = file.subarray(0, Math.max(end, 0)).toString('latin1').split('\n');
  if (version !== VERSION || end < 0 || lineEnd < 0) throw new AgeProblem('it is not a file of age');
  const stanzas: { args: string[]; body: string }[] = [];
  for (const line of lines)
    if (line.startsWith('-> ')) stanzas.push({ args: line.slice(3).split(' '), body: '' });
    else {
      const stanza = stanzas.at(-1);
      if (!stanza) throw new AgeProblem('it is not a file of age');
      stanza.body += line;
    }
  return {
    stanzas: stanzas.map(({ args, body }) => ({ args, body: canonical(body) })),
    header: file.subarray(0, end + 4),
    mac: canonical(
      file
        .subarray(end + 4, lineEnd)
        .toString('latin1')
        .replace(/^ /, ''),
    ),
    payload: file.subarray(lineEnd + 1),
  };
}

/** Bytes of base64 without padding. Any other text that stands for the same bytes is none. */
function canonical(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (unpadded(bytes) !== text) throw new AgeProblem('it was changed after it was encrypted');
  return bytes;
}

function armored(file: Buffer): string {
  const lines = file.toString('base64').match(/.{1,64}/g) ?? [];
  return [ARMOR_BEGIN, ...lines, ARMOR_END, ''].join('\n');
}

function unarmored(file: Buffer): Buffer {
  const text = file.toString('latin1').trim();
  if (!text.startsWith(ARMOR_BEGIN)) return file;
  if (!text.endsWith(ARMOR_END)) throw new AgeProblem('its end is missing');
  return Buffer.from(text.slice(ARMOR_BEGIN.length, -ARMOR_END.length), 'base64');
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=/g, '');
}

/** What stands before the bytes of a key of X25519 in DER (RFC 8410). */
const PRIVATE_KEY_HEADER = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_KEY_HEADER = Buffer.from('302a300506032b656e032100', 'hex');

function privateKeyOf(bytes: Uint8Array): ReturnType<typeof createPrivateKey> {
  return createPrivateKey({ key: Buffer.concat([PRIVATE_KEY_HEADER, bytes]), format: 'der', type: 'pkcs8' });
}

function publicKeyFrom(bytes: Uint8Array): ReturnType<typeof createPublicKey> {
  return createPublicKey({ key: Buffer.concat([PUBLIC_KEY_HEADER, bytes]), format: 'der', type: 'spki' });
}

function rawPublicKey(der: Buffer): Buffer {
  return der.subarray(PUBLIC_KEY_HEADER.length);
}

function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
