import { randomBytes } from 'node:crypto';
import { Decrypter, Encrypter, armor, generateX25519Identity, identityToRecipient } from 'age-encryption';
import {
  AgeProblem,
  decryptWithIdentities,
  encryptToRecipients,
  publicKeyOf,
} from '../../src/encryption/age';
import { identitiesIn, identityKey, recipientKey, recipientOf } from '../../src/encryption/age-keys';
import { DerivedBytes } from '../../src/encryption/derived-bytes';

let identities: string[];
let recipients: string[];
beforeAll(async () => {
  identities = await Promise.all([generateX25519Identity(), generateX25519Identity()]);
  recipients = await Promise.all(identities.map(identityToRecipient));
});

const random = (_use: string, _context: unknown, length: number): Buffer => randomBytes(length);
const CHUNK = 64 * 1024;
const SIZES = [0, 1, 47, 48, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK];

test.each(SIZES)('the library of age decrypts what has %d bytes, for each recipient', async (size) => {
  const content = 'ä'.repeat(size / 2) + 'x'.repeat(size % 2);
  const file = armor.decode(encryptToRecipients(content, recipients, random));
  for (const identity of identities) {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    expect((await decrypter.decrypt(file, 'text')) === content).toBe(true);
  }
});

test.each(SIZES)('what the library of age encrypted with %d bytes is decrypted', async (size) => {
  const content = 'z'.repeat(size);
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  const file = await encrypter.encrypt(content);
  for (const identity of identities)
    for (const form of [file, Buffer.from(armor.encode(file))])
      expect(decryptWithIdentities(form, ['AGE-SECRET-KEY-1BROKEN', identity]) === content).toBe(true);
});

describe('what cannot be decrypted', () => {
  const problem = (file: string | Uint8Array, identity = identities[0] ?? ''): string => {
    try {
      return decryptWithIdentities(Buffer.from(file as string), [identity]);
    } catch (error) {
      if (!(error instanceof AgeProblem)) throw error;
      return error.message;
    }
  };
  const file = (): Buffer =>
    Buffer.from(armor.decode(encryptToRecipients('text', [recipients[0] ?? ''], random)));

  test('is for others', () => expect(problem(file(), identities[1])).toContain('other recipients'));

  test('was cut or changed anywhere', () => {
    const whole = file();
    expect(problem(whole)).toBe('text');
    for (let at = 0; at < whole.length; at++) {
      expect(problem(whole.subarray(0, at))).not.toBe('text');
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(problem(changed)).not.toBe('text');
    }
  });

  test.each([
    '',
    '{"apiVersion":"pachkit/v1"}',
    'age-encryption.org/v1\nabc\n--- x\n',
    '-----BEGIN AGE ENCRYPTED FILE-----\nYWd',
  ])('is no file of age: %j', (text) =>
    expect(problem(text)).toMatch(/is not a file of age|its end is missing/),
  );
});

describe('bytes that are derived', () => {
  const encrypt = (key: string, content = 'text', to = recipients): string => {
    const bytes = new DerivedBytes(key);
    return encryptToRecipients(content, to, (...request) => bytes.of(...request));
  };

  test('give the same file again', () => expect(encrypt('key')).toBe(encrypt('key')));

  test('give another one for another key, content or recipient', () => {
    const files = [
      encrypt('key'),
      encrypt('other'),
      encrypt('key', 'texts'),
      encrypt('key', 'text', recipients.slice(1)),
    ];
    expect(new Set(files).size).toBe(4);
  });

  test('differ with every part, wherever a part ends', () => {
    const bytes = new DerivedBytes('key');
    const uses = [
      bytes.of('use', ['ab', 'c'], 32),
      bytes.of('use', ['a', 'bc'], 32),
      bytes.of('use', ['abc'], 32),
      bytes.of('usea', ['bc'], 32),
    ];
    expect(new Set(uses.map((use) => use.toString('hex'))).size).toBe(4);
  });
});

describe('keys', () => {
  test('are read as the library of age reads them', () => {
    for (const [index, identity] of identities.entries()) {
      const key = identityKey(identity);
      expect(key && recipientOf(publicKeyOf(key))).toBe(recipients[index]);
    }
  });

  test('with a wrong letter are none', () => {
    const [recipient = ''] = recipients;
    for (let at = 0; at < recipient.length; at++) {
      const other = recipient[at] === 'q' ? 'p' : 'q';
      expect(recipientKey(recipient.slice(0, at) + other + recipient.slice(at + 1))).toBeUndefined();
    }
    expect(recipientKey(recipient.toUpperCase())).toBeUndefined();
    expect(recipientKey(identities[0] ?? '')).toBeUndefined();
  });

  test('are lines of a file', () =>
    expect(
      identitiesIn(`# created: now\n# public key: age1\n${identities[0]}\r\n\n${identities[1]}\n`),
    ).toEqual(identities));
});
