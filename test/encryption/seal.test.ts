import { constants, createDecipheriv, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { DerivedBytes } from '../../src/encryption/derived-bytes';
import { seal } from '../../src/encryption/seal';

const pairs = [2048, 3072].map((modulusLength) => generateKeyPairSync('rsa', { modulusLength }));

/** Opens a value as the controller does, with the OAEP of OpenSSL. */
function opened(sealed: string, label: string, pair = 0): string {
  const bytes = Buffer.from(sealed, 'base64');
  const length = bytes.readUInt16BE(0);
  const key = privateDecrypt(
    {
      key: pairs[pair]!.privateKey,
      oaepHash: 'sha256',
      oaepLabel: Buffer.from(label),
      padding: constants.RSA_PKCS1_OAEP_PADDING,
    },
    bytes.subarray(2, 2 + length),
  );
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.alloc(12));
  decipher.setAuthTag(bytes.subarray(-16));
  return decipher.update(bytes.subarray(2 + length, -16), undefined, 'utf8') + decipher.final('utf8');
}

const sealed = (value: string, { name = 'token', label = 'ns/name', pair = 0, key = 'key' } = {}): string =>
  seal(value, { name, label, publicKey: pairs[pair]!.publicKey }, new DerivedBytes(key));

test.each(['', 'short', 'ä\n"{{', 'x'.repeat(100_000)])('a value opens again', (value) => {
  for (const pair of [0, 1]) expect(opened(sealed(value, { pair }), 'ns/name', pair) === value).toBe(true);
});

test('it opens under its own label alone', () => expect(() => opened(sealed('text'), 'ns/other')).toThrow());

test('it is the same again, and another one wherever something differs', () => {
  expect(sealed('text')).toBe(sealed('text'));
  const others = [
    sealed('text'),
    sealed('texts'),
    sealed('text', { name: 'other' }),
    sealed('text', { label: 'ns' }),
    sealed('text', { pair: 1 }),
    sealed('text', { key: 'other' }),
  ];
  const keys = others.map((text) => text.slice(0, 60));
  expect(new Set(keys).size).toBe(others.length);
});
