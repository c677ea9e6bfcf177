import { createHmac, type BinaryLike } from 'node:crypto';
import { randomText, seededText } from '../../src/secrets/generate-text';

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** HKDF with SHA-256 as RFC 5869 describes it, from HMAC alone. */
function hkdf(secret: BinaryLike, salt: BinaryLike, info: BinaryLike, length: number): Buffer {
  const key = createHmac('sha256', salt).update(secret).digest();
  const blocks: Buffer[] = [];
  for (let number = 1; Buffer.concat(blocks).length < length; number++)
    blocks.push(
      createHmac('sha256', key)
        .update(blocks[number - 2] ?? '')
        .update(info)
        .update(Buffer.from([number]))
        .digest(),
    );
  return Buffer.concat(blocks).subarray(0, length);
}

/** The text that a seed stands for, computed another way than the program does it. */
function expectedText(seed: string, key: string, length: number): string {
  let text = '';
  for (let block = 0; text.length < length; block++)
    for (const byte of hkdf(seed, 'pachkit/v1', `${key}#${block}`, length))
      if (byte < 62 * 4) text += LETTERS_AND_DIGITS[byte % 62];
  return text.slice(0, length);
}

describe('seeded strings', () => {
  test('the HKDF of this test is that of RFC 5869 (test case 1)', () => {
    const salt = Buffer.from('000102030405060708090a0b0c', 'hex');
    const info = Buffer.from('f0f1f2f3f4f5f6f7f8f9', 'hex');
    expect(hkdf(Buffer.alloc(22, 0x0b), salt, info, 42).toString('hex')).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    );
  });

  test.each([
    ['quickstart', '/auth/rootToken', 32],
    ['quickstart', '/auth/clientSecret', 32],
    ['another seed', '/auth/rootToken', 32],
    ['ä', '/identity/clients/a~1b/secret', 16],
    ['quickstart', '/deploymentID', 256],
    ['x'.repeat(1000), '/auth/rootToken', 48],
  ])('%s %s %d', (seed, key, length) =>
    expect(seededText(seed, key, length)).toBe(expectedText(seed, key, length)),
  );

  test('stay what they are', () => {
    expect(seededText('quickstart', '/auth/rootToken', 32)).toBe('V56rovUhHnHAQb3SEVFfvDFFzMa1e2XR');
    expect(seededText('quickstart', '/console/clientSecret', 16)).toBe('9tU1FR6puQACKi1Z');
  });
});

describe('random strings', () => {
  test('are letters and digits of the length that was asked for, each time others', () => {
    const texts = Array.from({ length: 200 }, (_, index) => randomText(16 + index));
    texts.forEach((text, index) => expect(text).toMatch(new RegExp(`^[A-Za-z0-9]{${16 + index}}$`)));
    expect(new Set(texts.map((text) => text.slice(0, 16))).size).toBe(texts.length);
  });

  test('use every letter and digit about equally often', () => {
    const counts = new Map<string, number>();
    const text = randomText(62_000);
    for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual([...LETTERS_AND_DIGITS].sort());
    // 1000 each are expected; one letter in 10^11 runs would be outside of seven standard deviations.
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(7 * Math.sqrt(1_000));
  });
});
