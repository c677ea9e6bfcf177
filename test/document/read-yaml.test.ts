import { locate, nodeAt, type PathStep } from '../../src/document/source-node';
import { documentOf, problemsOf, read } from '../support/input-of';

const valueOf = (text: string): unknown => documentOf(text).value;

/** The text at the place of a value, and of its key. */
function textsAt(text: string, ...path: PathStep[]): { key?: string; value: string } {
  const node = nodeAt(documentOf(text).root, path);
  if (!node) throw new Error(`nothing at ${path.join('.')}`);
  return {
    ...(node.keyStart === undefined ? {} : { key: node.source.text.slice(node.keyStart, node.keyEnd) }),
    value: node.source.text.slice(node.start, node.end),
  };
}

describe('values of YAML', () => {
  test.each([
    ['a: text', { a: 'text' }],
    ['a: 1\nb: 1.5\nc: -0x10\nd: 1e3', { a: 1, b: 1.5, c: '-0x10', d: 1000 }],
    ['a: true\nb: FALSE\nc: null\nd: ~\ne:', { a: true, b: false, c: null, d: null, e: null }],
    ['a: yes\nb: no\nc: on', { a: 'yes', b: 'no', c: 'on' }],
    ['a: 2001-01-01\nb: 12:30', { a: '2001-01-01', b: '12:30' }],
    ['a: "1"\nb: \'true\'', { a: '1', b: 'true' }],
    ['a: |\n  one\n  two\nb: >-\n  one\n  two', { a: 'one\ntwo\n', b: 'one two' }],
    ['a: [1, [2]]\nb: { c: { d: [] } }', { a: [1, [2]], b: { c: { d: [] } } }],
    ['a: !!str 5', { a: '5' }],
    ['access: {\n  via: proxy\n}\n', { access: { via: 'proxy' } }],
    [
      'a: {\n  b: [\n    1, # }\n    2\n  ], # ]\n  "c": d # {\n}\ne: "\t"\n',
      { a: { b: [1, 2], c: 'd' }, e: '\t' },
    ],
    ['a: {\tb:\tc\t}\nd: [\te,\tf\t]\n', { a: { b: 'c' }, d: ['e', 'f'] }],
    ['-\t{"a": 1}\n- "\t"\n- b\tc\n- |\n  d\te\n', [{ a: 1 }, '\t', 'b\tc', 'd\te\n']],
    ['a: 12345678901234567890', { a: 12345678901234567000 }],
    ['a: .inf\nb: -.INF', { a: Infinity, b: -Infinity }],
    ['a: .nan', { a: NaN }],
  ])('%j', (text, value) => expect(valueOf(text)).toEqual(value));

  test('a directive for YAML 1.1 changes no value', () => {
    expect(valueOf('%YAML 1.1\n---\na: yes\nb: 2001-01-01\nc: 1:30\nd: 0o17')).toEqual({
      a: 'yes',
      b: '2001-01-01',
      c: '1:30',
      d: 15,
    });
  });

  test('keys are strings, as they are written', () => {
    expect(valueOf('1: a\n1.0: b\n0x10: c\ntrue: d\nnull: e\n"": f')).toEqual({
      1: 'a',
      '1.0': 'b',
      '0x10': 'c',
      true: 'd',
      null: 'e',
      '': 'f',
    });
  });

  test('keys that objects have by themselves are keys like others', () => {
    const value = valueOf('__proto__: { polluted: true }\nconstructor: 1\nhasOwnProperty: 2') as object;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'hasOwnProperty']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('JSON', () => {
  test('is read as it is, tabs included', () => {
    expect(valueOf('{\n\t"a": "\\u00e4\\ud83d\\ude00\\/",\n\t"b": [1, null],\n\t"c": {}\n}\n')).toEqual({
      a: 'ä😀/',
      b: [1, null],
      c: {},
    });
  });

  test('has the positions of its values', () => {
    expect(textsAt('{"a":{"b":"c"}}', 'a', 'b')).toEqual({ key: '"b"', value: '"c"' });
  });
});

describe('positions', () => {
  test.each<[string, PathStep[], { key?: string; value: string }]>([
    ['a: text # why\n', ['a'], { key: 'a', value: 'text' }],
    ['a:\n  - one\n  - two\n', ['a', 1], { value: 'two' }],
    ['ä: { "ö": ü }', ['ä', 'ö'], { key: '"ö"', value: 'ü' }],
    ['a: &x text\n', ['a'], { key: 'a', value: 'text' }],
    ['a: &x text\nb: *x\n', ['b'], { key: 'b', value: '*x' }],
    ['a: |\n  one\n  two\nb: 1\n', ['a'], { key: 'a', value: '|\n  one\n  two\n' }],
    ['a:\nb: 1\n', ['a'], { key: 'a', value: '' }],
    ['a: # |\n  | # > or |\n  one\n', ['a'], { key: 'a', value: '| # > or |\n  one\n' }],
    ['x: &c { a: 1 }\nl: [*c]\n', ['l', 0], { value: '*c' }],
    ['-\n- # two\n- a\n', [1], { value: '' }],
    ['\ufeffa: 1\n', ['a'], { key: 'a', value: '1' }],
    ['a: 1\r\nb:\r\n  c: 2\r\n', ['b', 'c'], { key: 'c', value: '2' }],
    ['? a\n: 1\n', ['a'], { key: 'a', value: '1' }],
  ])('%j at %j', (text, path, expected) => expect(textsAt(text, ...path)).toEqual(expected));

  test('count UTF-16 units from 1, a BOM not included', () => {
    const { root } = documentOf('\ufeff"😀": x\r\nb: 1\r\n');
    expect(locate(root, ['😀'])).toMatchObject({ range: { line: 1, column: 7, endLine: 1, endColumn: 8 } });
    expect(locate(root, ['b'], true)).toMatchObject({ range: { line: 2, column: 1, endColumn: 2 } });
  });

  test('a path that is not in the document leads to the key of what is around it', () => {
    const { root } = documentOf('a:\n  b:\n    c: 1\n');
    expect(locate(root, ['a', 'b', 'd', 'e']).range).toMatchObject({ line: 2, column: 3, endColumn: 4 });
    expect(locate(root, ['x']).range).toMatchObject({ line: 1, column: 1 });
  });
});

describe('anchors, aliases and merge keys', () => {
  test('an alias is the value of the last anchor before it', () => {
    expect(valueOf('a: &x 1\nb: *x\nc: &x 2\nd: *x\n')).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  test('a key may have an anchor too', () => expect(valueOf('&x a: 1\nb: *x\n')).toEqual({ a: 1, b: 'a' }));

  test('<< merges mappings under keys of their own; earlier ones win', () => {
    expect(valueOf('x: &x { a: 1, b: 1 }\ny: &y { b: 2, c: 2 }\nz: { <<: [*x, *y], a: 0 }')).toMatchObject({
      z: { a: 0, b: 1, c: 2 },
    });
  });

  test('a merged value keeps the place where it was written', () => {
    expect(textsAt('x: &x { a: one }\nz: { <<: *x }', 'z', 'a')).toEqual({ key: 'a', value: 'one' });
  });

  test('"<<" in quotes is a key like others', () => expect(valueOf('"<<": 1')).toEqual({ '<<': 1 }));

  test('<< with something that is not a mapping', () =>
    expect(problemsOf('a: 1\n<<: text')).toEqual([
      'test.yaml:2:1 DOC005 The key << merges a mapping into this one, and its value is not a mapping',
    ]));
});

describe('several documents in one file', () => {
  test('are each read', () =>
    expect(read('name: a\n---\nname: b\n...\n---\nname: c\n').documents.map(({ value }) => value)).toEqual([
      { name: 'a' },
      { name: 'b' },
      { name: 'c' },
    ]));

  test('ones that are empty are none', () =>
    expect(read('---\n# nothing yet\n---\nname: a\n---\n').documents.map(({ value }) => value)).toEqual([
      { name: 'a' },
    ]));

  test('positions are those in the file', () => {
    const second = read('name: a\n---\nname: b\n').documents[1];
    expect(second && locate(second.root, ['name']).range).toMatchObject({ line: 3, column: 7 });
  });
});

describe('what cannot be read', () => {
  test.each([
    ['', 'test.yaml:1:1 DOC010 The file holds no document'],
    ['# only a comment\n\n', 'test.yaml:1:1 DOC010 The file holds no document'],
    ['---\n---\n', 'test.yaml:1:1 DOC010 The file holds no document'],
    ['\ufeff', 'test.yaml:1:1 DOC010 The file holds no document'],
    ['a: 1\na: 2\n', 'test.yaml:2:1 DOC004 Duplicate key "a"; the first one is on line 1'],
    ['{"a": 1,\n "a": 2}', 'test.yaml:2:2 DOC004 Duplicate key "a"; the first one is on line 1'],
    ['1: a\n"1": b\n', 'test.yaml:2:1 DOC004 Duplicate key "1"; the first one is on line 1'],
    ['a:\n\tb: 1\n', 'test.yaml:2:1 DOC003 The YAML is not well-formed: Tabs are not allowed as indentation'],
    ['a: [1\n', 'test.yaml:1:4 DOC002 The YAML is not well-formed: this bracket is never closed'],
    [
      'a: { b: [1] \nc: 1\n',
      'test.yaml:1:4 DOC002 The YAML is not well-formed: this bracket is never closed',
    ],
    ['a: "text\n', 'test.yaml:1:4 DOC002 The YAML is not well-formed: this quote is never closed'],
    [
      "a: x\nb: 'text\nc: y\n\n",
      'test.yaml:2:4 DOC002 The YAML is not well-formed: this quote is never closed',
    ],
    [
      '- type: github\nid: a\nname: A\nconfig:\n  a: 1\n',
      'test.yaml:2:1 DOC002 The keys below "- type" start in the column of its dash, so they are not part of the item',
    ],
    [
      'a:\n  - type: github\n  # a comment\n  id: a\n  name: A\n',
      'test.yaml:4:3 DOC002 The keys below "- type" start in the column of its dash, so they are not part of the item',
    ],
    ['a: b: c\n', 'test.yaml:1:4 DOC002 The YAML is not well-formed: Nested mappings are not allowed'],
    ['a: *x\n', 'test.yaml:1:4 DOC002 A value that begins with "*" is an alias, and there is no anchor'],
    ['a: @x\n', 'test.yaml:1:4 DOC002 The YAML is not well-formed: Plain value cannot start with reserved'],
    ['a: !vault x\n', 'test.yaml:1:4 DOC006 The YAML uses a tag'],
    ['? [a]\n: 1\n', 'test.yaml:1:3 DOC005 A key of a mapping must be a word, not a list or a mapping'],
    [': 1\n', 'test.yaml:1:1 DOC005 The key before ":" is missing'],
    ['a: b\n# c\n: d\n', 'test.yaml:3:1 DOC005 The key before ":" is missing'],
    ['a\0b', 'test.yaml:1:2 DOC008 The file holds binary data'],
    ['a: &a [*a]\n', 'test.yaml:1:8 DOC007 The alias refers to a value that contains the alias itself'],
  ])('%j', (text, expected) => {
    const [first, ...others] = problemsOf(text);
    expect(first?.startsWith(expected) ? expected : first).toBe(expected);
    expect(others).toEqual([]);
  });

  test.each([
    ['a:\n  b:\n\t- c: d\ne: f\n', ['3:1 DOC003']],
    ['a:\n\tb: 1\n  c: 2\n', ['2:1 DOC003']],
    ['a:\n\tb: 1\nc: 2\nd: @\n', ['2:1 DOC003', '4:4 DOC002']],
    ['a:\n\tb: 1\nc:\n\td: 1', ['2:1 DOC003', '4:1 DOC003']],
  ])('of %j a tab is one finding on its line, and other faults are found too', (text, expected) =>
    expect(
      problemsOf(text).map((line) => line.slice('test.yaml:'.length, 'test.yaml:1:1 DOC000'.length)),
    ).toEqual(expected),
  );

  test('every duplicate key and every wrong tag is found in one run', () =>
    expect(problemsOf('a: !x 1\nb: 1\nb: 2\nc: { d: 1, d: 2 }\n').map((line) => line.slice(0, 20))).toEqual([
      'test.yaml:1:4 DOC006',
      'test.yaml:3:1 DOC004',
      'test.yaml:4:12 DOC00',
    ]));

  test.each([
    ['Latin-1', Buffer.from('name: \xe4', 'latin1')],
    ['a truncated character', Buffer.from([0x61, 0x3a, 0x20, 0xe2, 0x82])],
  ])('%s is not UTF-8', (_name, bytes) =>
    expect(problemsOf(bytes)).toEqual(['test.yaml DOC008 The file is not text in UTF-8']),
  );

  test.each([
    ['with its mark', Buffer.from('\ufeffname: a', 'utf16le')],
    ['without', Buffer.from('name: a\n', 'utf16le')],
    ['of the other order', Buffer.from('name: a\n', 'utf16le').swap16()],
  ])('UTF-16 %s is named', (_name, bytes) =>
    expect(problemsOf(bytes)).toEqual(['test.yaml DOC008 The file is text in UTF-16, not in UTF-8']),
  );

  test('a program is binary data', () =>
    expect(problemsOf(Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(12)]))).toEqual([
      'test.yaml:1:5 DOC008 The file holds binary data',
    ]));
});

describe('files that are built to exhaust the machine', () => {
  const levels = 'abcdefghij'.split('');
  const tenTimes = (item: string): string => `[${Array(10).fill(item).join(', ')}]`;
  const laughs = levels.map(
    (name, index) => `${name}: &${name} ${tenTimes(index === 0 ? 'lol' : `*${levels[index - 1]}`)}`,
  );

  test('aliases of aliases of aliases', () =>
    expect(problemsOf(laughs.join('\n'))).toEqual([
      expect.stringMatching(
        /^test\.yaml:\d+:\d+ DOC007 The document has more than 200000 values once its aliases are expanded$/,
      ),
    ]));

  test('the same bomb in many documents of one file is one bomb', () => {
    const small = 'a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\n';
    const { diagnostics, documents } = read(Array(1000).fill(small).join('---\n'));
    expect(diagnostics.map(({ code }) => code)).toEqual(['DOC007']);
    expect(documents).toEqual([]);
  });

  test.each([150, 1_500, 20_000])('%d brackets in one another', (depth) => {
    const [problem, ...others] = problemsOf('['.repeat(depth) + ']'.repeat(depth));
    expect(problem).toMatch(/^test\.yaml:1:\d+ DOC007 The document is nested more than 100 levels deep$/);
    expect(others).toEqual([]);
  });

  test('20000 brackets that are never closed', () =>
    expect(problemsOf('a: ' + '['.repeat(20_000))).toEqual([
      'test.yaml:1:103 DOC007 The document is nested more than 100 levels deep',
    ]));

  test('20000 brackets behind a fault', () =>
    expect(problemsOf('a: b: c\nd: ' + '['.repeat(20_000))[0]).toMatch(/^test\.yaml:\d+:\d+ DOC00[27] /));

  test('a file of 10 MB', () =>
    expect(problemsOf(Buffer.alloc(10_000_000, 'a: 1\n'))).toEqual([
      'test.yaml DOC007 The file has more than 2097152 bytes, which is the most that is read',
    ]));

  test('one very long line', () => {
    const long = 'x'.repeat(1_900_000);
    expect(valueOf(`name: ${long}`)).toEqual({ name: long });
  });

  test('90000 aliases of one anchor', () =>
    expect(
      (valueOf(`a: &a 1\nb: [${Array(90_000).fill('*a').join(',')}]`) as { b: number[] }).b,
    ).toHaveLength(90_000));

  test('thousands of lines of garbage give at most 20 findings', () =>
    expect(problemsOf('] } : - ? | > \n'.repeat(5_000))).toHaveLength(20));
});
