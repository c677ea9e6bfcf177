import { inspect } from 'node:util';
import { existingSecret, literalSecret, Secret } from '../../src/model/secret';

describe('a secret', () => {
  const secret = new Secret('hunter2');

  test('gives its text only when asked', () => expect(secret.reveal()).toBe('hunter2'));

  test.each([
    ['a string', String(secret)],
    ['a joined list', ['a', secret].join()],
    ['JSON', JSON.stringify({ secret, list: [secret] })],
    ['inspect', inspect({ secret, deep: { list: [secret] } }, { showHidden: true, depth: 9 })],
    ['its own keys', JSON.stringify(Object.entries(secret))],
    ['an error', String(new Error('no', { cause: secret }))],
  ])('does not show it in %s', (_name, text) => expect(text).not.toContain('hunter2'));

  test('is a string that will be written, or a key of a Secret that is there', () => {
    const literal = literalSecret('hunter2');
    expect([literal.kind, literal.value.reveal()]).toEqual(['literal', 'hunter2']);
    expect(existingSecret('a', 'b')).toEqual({ kind: 'existing', name: 'a', key: 'b' });
  });
});
