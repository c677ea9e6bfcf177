import { ANY_REFERENCE, referenceIn } from '../../src/connectors/variable-reference';

describe('a reference to a variable', () => {
  test.each<[text: string, beside: string | undefined, inSecret: string | undefined]>([
    ['$NAME', '$NAME', '$NAME'],
    ['$name', '$name', '$name'],
    ['${name}', '${name}', '${name}'],
    ['a${name}b', '${name}', '${name}'],
    ['https://$HOST/dex', '$HOST', '$HOST'],
    ['a-$AB', '$AB', undefined],
    ['a-$ABC', '$ABC', '$ABC'],
    ['Winter$ABC', '$ABC', undefined],
    ['Winter$Abc', undefined, undefined],
    ['pa$$word', undefined, undefined],
    ['$1', undefined, undefined],
    ['$', undefined, undefined],
    ['${unclosed', undefined, undefined],
  ])('in %s', (text, beside, inSecret) => {
    expect(referenceIn(text, false)).toBe(beside);
    expect(referenceIn(text, true)).toBe(inSecret);
  });

  test.each<[string, boolean]>([
    ['pa$word', true],
    ['a${B}', true],
    ['a$1', false],
    ['a$', false],
  ])('meant or not: %s', (text, expected) => expect(ANY_REFERENCE.test(text)).toBe(expected));
});
