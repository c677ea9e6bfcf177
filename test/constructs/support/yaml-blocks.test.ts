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
/** Words that may be written without asking, and all that YAML takes for something else. */
const word = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'aEnx_0179.-/: ') }),
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), maxLength: 64 }),
  fc.string({ unit: fc.constantFrom(...'01be'), maxLength: 12 }),
  fc.constantFrom(
    ...[
      'false',
      'False',
      'FALSE',
      'true',
      'null',
      'NULL',
      'no',
      'off',
      'y',
      '.inf',
      '-.Inf',
      '.nan',
      '<<',
      '=',
    ],
    ...[
      '0x1f',
      '0b11',
      '0b111111',
      '12345e67',
      '0x1fffff',
      '0o17',
      '1_000',
      '190:20:30',
      '2001-01-01',
      '2001-01-01T00:00:00Z',
      '6.8523015e+5',
    ],
    ...['image:tag', 'https://acme.com/', 'a.b.c.d', 'falsehood', 'nullable', 'a-----', 'a:::::', 'a.....'],
  ),
);
const lines = fc
  .array(fc.constantFrom('a', ' b', '', '  ', '- c: d', '---', '{', '"e": [', '# f', '| g', 'h:', '\u00e9'))
  .map((some) => some.join('\n'));
const scalar = fc.oneof(
  text,
  word,
  lines,
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, undefined, -0),
);
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

test('words and lines are written as the library does, as keys, values and items', () => {
  const write = blockWriter(byLibrary);
  fc.assert(
    fc.property(word, lines, fc.maxSafeInteger(), (name, some, number) => {
      const value = { [name]: [name, some, { name, some }], some: number };
      expect(write(value) ?? byLibrary(value)).toBe(byLibrary(value));
    }),
    { numRuns: 5000 },
  );
});

test('what is kept of earlier values is not missed when there is too much of it', () => {
  const write = blockWriter(byLibrary);
  const all = { some: 'a b', more: Array.from({ length: 20_000 }, (_, index) => `${index} b`) };
  write({ some: 'a b' });
  expect(write(all)).toBe(byLibrary(all));
  expect(write({ some: 'a b' })).toBe('some: a b\n');
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

test('the library is asked once for each scalar that is not certain to be written as it is', () => {
  const asked: unknown[] = [];
  const write = blockWriter((value) => {
    asked.push(value);
    return byLibrary(value);
  });
  write({ name: 'a', others: [{ name: 'a' }, { name: 'b' }] });
  write({ name: 'b', text: 'c\nd\t' });
  write({ name: 'certain', text: 'e\nf', port: 443, enabled: true });
  expect(asked).toEqual([['name', 'a', 'b'], ['text'], { text: 'c\nd\t' }, ['port']]);
});
