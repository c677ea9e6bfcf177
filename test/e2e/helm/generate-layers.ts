import fc from 'fast-check';

/** What Helm is given: the defaults of a chart, files laid over them, and arguments. */
export interface GeneratedLayers {
  readonly defaults: string;
  readonly files: readonly string[];
  readonly sets: readonly { readonly flag: SetFlagName; readonly text: string }[];
}

type SetFlagName = 'set' | 'set-string' | 'set-json' | 'set-file' | 'set-literal';

/** Few names, so that layers meet; some that YAML 1.1 reads as something else. Each with what it is to Helm. */
const KEYS = [
  'a',
  'b',
  'c',
  'd',
  '"e.f"',
  'yes',
  '"y"',
  '1',
  '1.50',
  '0x10',
  'Off',
  'null-ish',
  '"null"',
  '1000000.0',
];

/** Scalars as they are written in a file. */
const SCALARS = [
  '1',
  '0',
  '-5',
  '1.5',
  '1e3',
  '1_000',
  '0123',
  '0x1F',
  '0b101',
  '-0',
  '12345678901234567890',
  '9007199254740993',
  '1000000',
  'true',
  'False',
  'yes',
  'n',
  'on',
  'OFF',
  'null',
  '~',
  '""',
  'text',
  '"1"',
  "'yes'",
  '1:30',
  '2022-11-16',
  '"line\\nbreak é"',
  '[]',
  '{}',
  '!!str 12',
  '+1',
  '.5',
  '1.',
  '0o17',
  '08',
];

/** A value of a file in one line, and an entry of a mapping; a key may be there twice, and mappings are merged into others. */
const { entry } = fc.letrec<{ value: string; mapping: string; entry: string }>((tie) => ({
  entry: fc.oneof(
    {
      weight: 12,
      arbitrary: fc.tuple(fc.constantFrom(...KEYS), tie('value')).map((pair) => pair.join(': ')),
    },
    {
      weight: 1,
      arbitrary: fc
        .oneof(
          { weight: 6, arbitrary: tie('mapping') },
          {
            weight: 3,
            arbitrary: fc.array(tie('mapping'), { maxLength: 2 }).map((all) => `[${all.join(', ')}]`),
          },
          { weight: 1, arbitrary: tie('value') },
        )
        .map((merged) => `<<: ${merged}`),
    },
  ),
  mapping: fc.array(tie('entry'), { maxLength: 4 }).map((entries) => `{ ${entries.join(', ')} }`),
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...SCALARS),
    tie('mapping'),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
  ),
}));

const file = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('', '# nothing\n', '---\n', 'null\n') },
  {
    weight: 9,
    arbitrary: fc
      .array(entry, { maxLength: 6 })
      .map((entries) => entries.map((line) => `${line}\n`).join('')),
  },
);

/** Names in a path of an argument. */
const NAMES = ['a', 'b', 'c', 'd', 'e\\.f', 'true', 'y', '1', 'x y', 'k\\,l', 'm\\=n'];

const index = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('0', '1', '2', '03', '+1') },
  { weight: 1, arbitrary: fc.constantFrom('-1', 'x', '', '65537') },
);

const path = fc
  .array(
    fc.tuple(
      fc.constantFrom(...NAMES),
      fc.oneof(
        { weight: 4, arbitrary: fc.constant('') },
        { weight: 1, arbitrary: index.map((at) => `[${at}]`) },
      ),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((steps) => steps.map(([name, at]) => name + at).join('.'));

const VALUES = [
  '1',
  '0',
  '-7',
  '007',
  '1.5',
  'true',
  'FALSE',
  'null',
  'text',
  '',
  'x\\,y',
  'a\\\\b',
  'a=b',
  'x y',
  '9223372036854775807',
  '9223372036854775808',
  '+5',
  '-0',
  'é\\',
  '"q"',
  'yes',
  '1e3',
];

const plain = fc.constantFrom(...VALUES);
const list = fc.array(plain, { maxLength: 3 }).map((items) => `{${items.join(',')}}`);

/** Pairs as people write them. */
const pairs = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(path, value), { minLength: 1, maxLength: 3 })
    .map((all) => all.map((pair) => pair.join('=')).join(','));

/** Anything made of the signs that mean something. */
const noise = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      '.',
      '=',
      ',',
      '[',
      ']',
      '{',
      '}',
      '0',
      '1',
      '\\',
      '"',
      ':',
      ' ',
      'null',
      'true',
      'a=1',
    ),
    { maxLength: 12 },
  )
  .map((signs) => signs.join(''));

const json = fc.oneof(
  { weight: 8, arbitrary: fc.json({ maxDepth: 2 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom('', ' ', '-0', '1e3', '[1, 2]', '{"a": {"b": null}}', '"x,y"', 'null'),
  },
  { weight: 1, arbitrary: fc.constantFrom('tru', '1.', '01', '{"a":1') },
);

/** Stands for the directory of the files in arguments. */
export const DIRECTORY = 'DIRECTORY';

/** The files that `--set-file` finds, by their names. */
export const VALUE_FILES = { 'one.txt': 'one\n', 'two.txt': '{ "two": 2 }', 'empty.txt': '' };

const fileName = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...Object.keys(VALUE_FILES).map((name) => `${DIRECTORY}/${name}`)),
  },
  { weight: 1, arbitrary: fc.constantFrom(`${DIRECTORY}/none.txt`, '') },
);
const fileValue = fc.oneof(
  { weight: 4, arbitrary: fileName },
  { weight: 1, arbitrary: fc.array(fileName, { maxLength: 2 }).map((names) => `{${names.join(',')}}`) },
);

const argument = (flag: SetFlagName, usual: fc.Arbitrary<string>) =>
  fc.record({
    flag: fc.constant(flag),
    text: fc.oneof({ weight: 15, arbitrary: usual }, { weight: 1, arbitrary: noise }),
  });

const sets = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: argument('set', pairs(fc.oneof(plain, list))) },
    { weight: 2, arbitrary: argument('set-string', pairs(fc.oneof(plain, list))) },
    { weight: 2, arbitrary: argument('set-json', pairs(json)) },
    { weight: 1, arbitrary: argument('set-file', pairs(fileValue)) },
    {
      weight: 2,
      arbitrary: argument(
        'set-literal',
        fc.tuple(path, fc.oneof(plain, list, noise)).map((pair) => pair.join('=')),
      ),
    },
  ),
  { maxLength: 4 },
);

/** Values of a chart that depends on another, as `dependency`, with `global` for both. */
export interface GeneratedUmbrella {
  readonly file: string;
}

const GLOBALS = ['a', 'b', 'c'];

const { value: globalValue } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom('1', 'text', 'null', '[1]', 'true'),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...GLOBALS), tie('value')), {
        maxLength: 3,
        selector: ([name]) => name,
      })
      .map((entries) => `{ ${entries.map((entry) => entry.join(': ')).join(', ')} }`),
  ),
}));

const globals = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...GLOBALS), globalValue), {
    maxLength: 3,
    selector: ([name]) => name,
  })
  .map((entries) => `{ ${entries.map((entry) => entry.join(': ')).join(', ')} }`);

export const generatedUmbrella: fc.Arbitrary<GeneratedUmbrella> = fc
  .record({
    above: fc.option(globals),
    own: fc.option(globals),
    value: globalValue,
  })
  .map(({ above, own, value }) => ({
    file: [
      ...(above === null ? [] : [`global: ${above}`]),
      'dependency:',
      `  a: ${value}`,
      ...(own === null ? [] : [`  global: ${own}`]),
      '',
    ].join('\n'),
  }));

/** Layers made by chance. */
export const generatedLayers: fc.Arbitrary<GeneratedLayers> = fc.record({
  defaults: file,
  files: fc.array(file, { maxLength: 3 }),
  sets,
});
