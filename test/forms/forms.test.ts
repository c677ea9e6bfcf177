import { cannotUnmarshal } from '../../src/forms/go-json';
import { keyNamed, removeUnknown, wrongCase } from '../../src/forms/keys';
import {
  isByte,
  isWholeNumber,
  jsonKind,
  kindHint,
  kindName,
  nodeKindName,
  typeName,
} from '../../src/forms/kinds';

describe('kinds of values in messages', () => {
  test.each([
    [{}, 'a mapping', 'object'],
    [[], 'a list', 'array'],
    ['', 'a string', 'string'],
    [0, 'a number', 'number'],
    [false, 'true or false', 'bool'],
  ])('%j', (value, words, kind) => {
    expect(kindName(value)).toBe(words);
    expect(jsonKind(value)).toBe(kind);
    expect(typeName(kind)).toBe(words);
  });

  test('null is empty, and as a type nothing', () => {
    expect(kindName(null)).toBe('empty');
    expect(typeName('null')).toBe('nothing');
  });

  test('types that only JSON Schema has', () => {
    expect(typeName('integer')).toBe('a whole number');
    expect(typeName('boolean')).toBe('true or false');
    expect(typeName('text')).toBe('text');
  });

  test.each([
    ['string', 'bool', 'write `true` or `false` without quotes and without anything after it'],
    ['string', 'number', 'write it without quotes'],
    ['string', 'array', 'write a list: `["…"]`, or one item a line after `- `'],
    ['object', 'array', 'put `- ` before the first key of each item, and indent the others below it'],
    ['array', 'object', 'write `key: value` lines without `- ` before them'],
    ['array', 'string', 'write one string instead of a list'],
    ['object', 'string', 'write one string instead of a mapping'],
    ['number', 'string', 'put it in quotes'],
    ['bool', 'string', 'put it in quotes: unquoted yes, no, on and off may be booleans in YAML'],
  ] as const)('a hint says how to turn a %s into a %s', (found, wanted, hint) =>
    expect(kindHint(found, wanted)).toBe(hint),
  );

  test('a hint names the kind where there is no shorter way', () => {
    expect(kindHint('bool', 'object')).toBe('write a mapping');
  });

  test.each([
    ['a mapping', { entries: [] }],
    ['a list', { items: [] }],
    ['a string', { scalar: '' }],
    ['a number', { scalar: 0 }],
    ['true or false', { scalar: false }],
    ['empty', { scalar: null }],
  ])('a value of a file that is %s', (name, node) => expect(nodeKindName(node)).toBe(name));
});

describe('numbers that Go decodes', () => {
  test('whole ones, the bounds among them', () => {
    const bounds = { minimum: 16, maximum: 256 };
    for (const value of [16, 17, 256]) expect([value, isWholeNumber(value, bounds)]).toEqual([value, true]);
    for (const value of [15, 257, 16.5, NaN, '16', null, undefined, [16]])
      expect([value, isWholeNumber(value, bounds)]).toEqual([value, false]);
  });

  test('without a bound there is none', () => {
    expect(isWholeNumber(-1e15, {})).toBe(true);
    expect(isWholeNumber(1e15, { minimum: 0 })).toBe(true);
    expect(isWholeNumber(-1, { maximum: 0 })).toBe(true);
  });

  test('bytes, of which null is one', () => {
    for (const item of [0, 255, null]) expect([item, isByte(item)]).toEqual([item, true]);
    for (const item of [-1, 256, 1.5, 'A', true, undefined, [1]])
      expect([item, isByte(item)]).toEqual([item, false]);
  });
});

describe('keys that Go decodes', () => {
  const keys = { clientID: 1, issuer: 2, Issuer: 3 };

  test('the spelling that is there counts, then any case', () => {
    expect(keyNamed('issuer', keys)).toBe('issuer');
    expect(keyNamed('Issuer', keys)).toBe('Issuer');
    expect(keyNamed('CLIENTid', keys)).toBe('clientID');
  });

  test('other words, and what every object has, are no keys', () => {
    expect(keyNamed('client', keys)).toBeUndefined();
    expect(keyNamed('toString', keys)).toBeUndefined();
    expect(keyNamed('constructor', keys)).toBeUndefined();
  });

  test('a key in another case, with the way to write it', () => {
    expect(wrongCase('ClientId', 'clientID')).toEqual({
      message: '`ClientId` is written `clientID`; Dex reads it all the same, other tools may not',
      hint: 'write `clientID`',
    });
  });

  test('what may stand where an unknown key does', () => {
    expect(removeUnknown(['a', 'b'])).toBe('remove it; valid keys: a, b');
    expect(removeUnknown([])).toBe('remove it; there are no keys here');
  });
});

describe("errors of Go's decoder of JSON", () => {
  test('about a field', () => {
    expect(cannotUnmarshal({ found: 'array', field: 'Config.issuer', type: 'string' })).toBe(
      'json: cannot unmarshal array into Go struct field Config.issuer of type string',
    );
  });

  test('about a value, and about one whose type has no name that is known', () => {
    expect(cannotUnmarshal({ found: 'number 3', type: 'uint8' })).toBe(
      'json: cannot unmarshal number 3 into Go value of type uint8',
    );
    expect(cannotUnmarshal({ found: 'string', field: '….orgs' })).toBe(
      'json: cannot unmarshal string into Go struct field ….orgs',
    );
    expect(cannotUnmarshal({ found: 'string' })).toBe('json: cannot unmarshal string into Go value');
  });
});
