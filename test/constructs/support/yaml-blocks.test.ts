import fc from 'fast-check';
import { dump } from 'js-yaml';
import { blockWriter } from '../../../src/constructs/support/yaml-blocks';

const byLibrary = (value: unknown): string => dump(value, { lineWidth: -1, noRefs: true });

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    'name',
    'yes',
    '1e3',
    '',
    ' ',
    '---',
    '- a',
    'a: b',
    '#',
    "it's",
    '"',
    '\t',
    '\r',
    '\u2028',
    '%',
  ),
  fc
    .array(fc.constantFrom('a', ' b', '', '  ', '- c: d', '---', '...', '\t'), { maxLength: 5 })
    .map((lines) => lines.join('\n')),
);
const scalar = fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constantFrom(null, undefined, -0));
const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

test('what is written in blocks is what the library writes, byte for byte', () => {
  // One writer for all, so that strings are met again.
  const write = blockWriter(byLibrary);
  fc.assert(
    fc.property(anything, (value) => {
      const written = write(value);
      if (written !== undefined) expect(written).toBe(byLibrary(value));
    }),
    { numRuns: 2000 },
  );
});

test.each<[string, unknown]>([
  ['a scalar', 'text'],
  ['an empty mapping', {}],
  ['a mapping without a value', { a: undefined }],
  ['a string after which the document is open', { a: 'b\n\n' }],
  ['a key of several lines', { 'a\nb': 1 }],
  ['a long key', { ['k'.repeat(1001)]: 1 }],
  ['what is no plain data', { a: new Date(0) }],
])('%s is left to the library', (_, value) => expect(blockWriter(byLibrary)(value)).toBeUndefined());

test('the library is asked for each scalar once', () => {
  const asked: unknown[] = [];
  const write = blockWriter((value) => {
    asked.push(value);
    return byLibrary(value);
  });
  write({ name: 'a', others: [{ name: 'a' }, { name: 'b' }] });
  write({ name: 'b', text: 'c\nd' });
  expect(asked).toEqual([['name', 'a', 'others', 'b'], ['text'], { text: 'c\nd' }]);
});
