import {
  hideAll,
  hideSecretsBeforeShowing,
  hideUnknown,
  shownKey,
  showExceptSecrets,
} from '../../src/document/mask';
import { readYaml } from '../../src/document/read-yaml';
import { SourceFile } from '../../src/document/source-file';
import { nodeAt, type JsonValue, type PathStep, type SourceNode } from '../../src/document/source-node';

const linesOf = (source: SourceFile): string =>
  source.text
    .split('\n')
    .map((_, index) => source.shownLine(index + 1))
    .join('\n');

/** A YAML document as it may be shown, after something was found in it. */
function shown(text: string, find: (root: SourceNode) => void = () => undefined): string {
  const source = new SourceFile('prod.yaml', text, '/');
  const { nodes } = readYaml(source);
  for (const node of nodes) find(node);
  return linesOf(source);
}

/** Rows of a document, and what is shown of it; those of one string are shown as they are. */
type Rows = readonly (readonly [written: string, shown?: string])[];
const shownBy = (rows: Rows, find?: (root: SourceNode) => void): void =>
  test.each(rows.map(([written, masked = written]) => [written, masked]))('%s', (written, masked) =>
    expect(shown(written, find)).toBe(masked),
  );

describe('a value under a key that says secret', () => {
  shownBy([
    ['rootToken: hunter\nhost: acme', 'rootToken: ******\nhost: acme'],
    ['rootToken:\n  hunter\nhost: acme', 'rootToken:\n  ******\nhost: acme'],
    ['rootToken: |\n  one\n  two\nhost: acme', 'rootToken: *\n  ***\n  ***\nhost: acme'],
    ['rootToken: [one, two]', 'rootToken: [***, ***]'],
    ['rootToken: { one: two }', 'rootToken: { ***: *** }'],
    ['rootToken: { one: { two: three } }', 'rootToken: { ***: { ***: ***** } }'],
    ['rootToken: { one: [two] }', 'rootToken: { ***: [***] }'],
    ['a: { b: [{ rootToken: hunter }] }', 'a: { b: [{ rootToken: ****** }] }'],
    ['rootToken:\n  7', 'rootToken:\n  *'],
    ['rootToken:\n  true'],
    ['rootToken:\n  null'],
    ['rootToken: hunter # hunter', 'rootToken: ****** * ******'],
    ['rootToken: # hunter\n  a', 'rootToken: * ******\n  *'],
    ['rootToken: &hunter [a]', 'rootToken: &hunter [*]'],
    ['rootToken: &hunter 7', 'rootToken: ******* *'],
    ['rootToken :   &hunter 7', 'rootToken :   ******* *'],
    ['rootToken: true\nhost: &x acme'],
    ['host: acme # comment'],
    ['rootToken: !hunter 7', 'rootToken: ******* *'],
    ['{ rootToken: &hunter }', '{ rootToken: ******* }'],
    ['[rootToken: &hunter ]', '[rootToken: ******* ]'],
    ['- &hunter a', '- &hunter a'],
  ]);
});

describe('what may be shown under such a key: names, and keys that belong there or nearly', () => {
  shownBy([
    ['rootToken: { env: ROOT_TOKEN }'],
    ['rootToken: { file: ./root-token }'],
    ['rootToken: { existing: { name: a, key: b } }'],
    ['rootToken: { generate: { length: 32 } }'],
    ['clientSecret:\n  env: ROOT_TOKEN\n  envv: hunter', 'clientSecret:\n  env: ROOT_TOKEN\n  envv: ******'],
    ['clientSecret:\n  existng: hunter', 'clientSecret:\n  existng: ******'],
    ['clientSecret:\n  generated: hunter', 'clientSecret:\n  generated: ******'],
    ['clientSecret:\n  fil: hunter', 'clientSecret:\n  ***: ******'],
    ['clientSecret:\n  host: hunter', 'clientSecret:\n  host: ******'],
    ['clientSecret:\n  toString: hunter', 'clientSecret:\n  ********: ******'],
  ]);
});

describe('what is no reference, but a secret where one belongs', () => {
  shownBy([
    ['rootToken:\n  env: hunter2', 'rootToken:\n  env: *******'],
    ['rootToken:\n  env: client-secret', 'rootToken:\n  env: *************'],
    ['rootToken:\n  env: a.b', 'rootToken:\n  env: ***'],
    [`rootToken:\n  env: ${'A'.repeat(64)}`],
    [`rootToken:\n  env: ${'A'.repeat(65)}`, `rootToken:\n  env: ${'*'.repeat(65)}`],
    ['rootToken:\n  env: 7', 'rootToken:\n  env: *'],
    ['rootToken:\n  env: [HUNTER]', 'rootToken:\n  env: [******]'],
    ['rootToken:\n  file: hunter2', 'rootToken:\n  file: *******'],
    ['rootToken:\n  file: |\n    ./a\n    hunter', 'rootToken:\n  file: *\n    ***\n    ******'],
    [`rootToken:\n  file: /${'a'.repeat(199)}`],
    [`rootToken:\n  file: /${'a'.repeat(200)}`, `rootToken:\n  file: ${'*'.repeat(201)}`],
    ['rootToken:\n  existing: hunter', 'rootToken:\n  existing: ******'],
    ['rootToken:\n  generate: hunter', 'rootToken:\n  generate: ******'],
    ['rootToken:\n  existing: { name: a, hunter: b }', 'rootToken:\n  existing: { name: a, ******: * }'],
    [
      'rootToken:\n  existing: { name: a, rootToken: b }',
      'rootToken:\n  existing: { name: a, *********: * }',
    ],
    // These are words of secrets, and elsewhere mean nothing.
    ['host:\n  env: hunter2\n  existing: { a: b }'],
  ]);
});

describe('a string that is YAML or JSON itself, with a secret that its lines do not show', () => {
  shownBy([
    [
      `x: "{\\"rootToken\\": \\"a, {hunter}\\"}"`,
      `x: ${'*'.repeat(24)} ${'*'.repeat(13)}`.replace(/.*/, () =>
        masked(`x: "{\\"rootToken\\": \\"a, {hunter}\\"}"`),
      ),
    ],
    ['x: \'{"rootToken":\n  "hunter"}\'\ny: z', 'x: **************\n  **********\ny: z'],
    ['x: >-\n  {"rootToken":\n  "hunter"}\ny: z', 'x: **\n  *************\n  *********\ny: z'],
    ['x: |\n  rootToken: hunter\n  host: acme', 'x: |\n  rootToken: ******\n  host: acme'],
    ['x: "host: acme\\n"'],
    [
      'x: >-\n  {"rootToken":\n  "hunter", "clientSecret": "abc"}',
      'x: **\n  *************\n  ********* *************** ******',
    ],
    [
      String.raw`a: 'c:\d'` + "\nx: 'rootToken: pachd, host: pachd'",
      String.raw`a: 'c:\d'` + "\nx: 'rootToken: *****, host: pachd'",
    ],
    ['a: 7'],
    ['x: "rootToken\\nhunter"'],
    ["x: 'rootToken: hunter'", "x: 'rootToken: *******"],
    ['x: rootToken=hunter', 'x: rootToken=******'],
  ]);

  const ESCAPED = String.raw`x: '{"tokens": ["hun\u0074er"], "host": "acme"}'`;
  describe('in a list, or deeper', () =>
    shownBy([
      [
        `x: '{"tokens": ["hunter", "two"], "host": "acme"}'`,
        `x: '{"tokens": ["******", "***"], "host": "acme"}'`,
      ],
      [`x: '[{ "tokens": [["hunter"]] }]'`, `x: '[{ "tokens": [["******"]] }]'`],
      [
        `x: '  {"token": {"of": "hunter", "to": [null, true, 7]}}'`,
        `x: '  {"token": {"of": "******", "to": [null, true, 7]}}'`,
      ],
      [`x: 'tokens: [hunter, acme]'`, `x: 'tokens: [******, ****]'`],
      [`x: '"tokens": {of: hunter}'`, `x: '"tokens": {of: ******}'`],
      [`x: "'tokens':  [hunter]"`, `x: "'tokens':  [******]"`],
      [`x: '- tokens: [hunter]'`, `x: '- tokens: [******]'`],
      [
        'x: |\n  tokens:\n    - hunter\n    - two\n  host: acme',
        'x: |\n  tokens:\n    - ******\n    - ***\n  host: acme',
      ],
      ['x: |\n  token:\n    of: hunter\n  host: acme', 'x: |\n  token:\n    of: ******\n  host: acme'],
      // What of it names a variable or a file is shown as everywhere.
      [
        `x: '{"token": {"env": "TOKEN", "of": "hunter"}}'`,
        `x: '{"token": {"env": "TOKEN", "of": "******"}}'`,
      ],
      [`x: '{"token": {"file": "./token"}, "env": "TOKEN"}'`],
      [`x: '{"token": {"env": "not a name"}}'`, `x: '{"token": {"env": "*** * ****"}}'`],
      [`x: '{"token": {"name": "TOKEN"}}'`, `x: '{"token": {"name": "*****"}}'`],
      [`x: '{"hosts": ["hunter", {"name": "two"}]}'`],
      [`x: 'hosts: [hunter]'`],
      [`x: 'tokens: [2001-01-01]'`, `x: 'tokens: [**********]'`],
      // Where it is written otherwise than it reads, no one can tell where it ends.
      [ESCAPED, masked(ESCAPED)],
    ]));

  describe('with a fault in it, everything up to the next line that looks like a key', () =>
    shownBy([
      [`x: '{"tokens": ["hunter", "two"],}'`, `x: '{"tokens": ********** *********`],
      [`x: '  [{"tokens": ["hunter"]},]'`, `x: '  [{"tokens": **************`],
      [`x: 'tokens: [hunter'`, `x: 'tokens: ********`],
      [`x: 'tokens: {hunter: two'`, `x: 'tokens: ******** ****`],
      [
        'x: |\n  tokens:\n    - hunter\n   - two\n  host: acme',
        'x: |\n  tokens:\n    * ******\n   * ***\n  host: acme',
      ],
      ['x: |\n  tokens: [hunter,\n  two\n  host: acme', 'x: |\n  tokens: ********\n  ***\n  host: acme'],
      [`x: '{"host": "acme",}'`],
    ]));

  function masked(text: string): string {
    return text.slice(0, 3) + text.slice(3).replace(/\S/g, '*');
  }
});

describe('a file that may be shown', () => {
  test('is masked when it is shown for the first time, not before', () => {
    const source = new SourceFile('prod.yaml', 'rootToken: [hunter]', '/');
    const { nodes } = readYaml(new SourceFile('prod.yaml', source.text, '/'));
    const hide = jest.spyOn(source, 'hide');
    showExceptSecrets(
      source,
      nodes.map((node) => inFile(source, node)),
    );
    expect(hide).not.toHaveBeenCalled();
    expect(source.shownLine(1)).toBe('rootToken: [******]');
  });

  test('is masked in what one reader has in the place of what others have', () => {
    const text = '{ rootToken: [hunter], host: acme }\n{ rootToken: [two], host: acme }';
    const source = new SourceFile('values.yaml', text, '/');
    const [first, last] = text.split('\n').map((line) => {
      const offset = text.indexOf(line);
      const { nodes } = readYaml(new SourceFile('values.yaml', ' '.repeat(offset) + line, '/'));
      return inFile(source, nodes[0] as SourceNode);
    });
    source.markRead();
    hideSecretsBeforeShowing({ ...(first as SourceNode), lastWins: last?.entries });
    expect(source.shownLine(1)).toBe('{ rootToken: [******], host: acme }');
    expect(source.shownLine(2)).toBe('{ rootToken: [***], host: acme }');
  });

  const inFile = (source: SourceFile, node: SourceNode): SourceNode => ({
    ...node,
    source,
    ...(node.entries
      ? { entries: new Map([...node.entries].map(([key, child]) => [key, inFile(source, child)])) }
      : {}),
    ...(node.items ? { items: node.items.map((item) => inFile(source, item)) } : {}),
  });
});

describe('what nothing is known of', () => {
  const at =
    (...path: PathStep[]) =>
    (root: SourceNode): void =>
      hideAll(nodeAt(root, path) ?? root);

  describe('is hidden, keys apart', () => {
    shownBy(
      [
        ['foo: bar', 'foo: ***'],
        ['foo: # bar\n  7', 'foo: * ***\n  *'],
        ['foo: bar # bar', 'foo: *** * ***'],
        ['foo: { bar: [baz] }', 'foo: { bar: [***] }'],
        ['foo: { bar: { rootToken: { hunter: a } } }', 'foo: { bar: { rootToken: { ******: * } } }'],
        ['foo: { env: ROOT_TOKEN }'],
        ['foo: { existing: { name: a, hunter: b } }', 'foo: { existing: { name: a, ******: * } }'],
        ['foo: !bar 7', 'foo: **** *'],
        ['foo: true'],
        ['foo: null'],
      ],
      at('foo'),
    );
  });

  test('only where it is', () => expect(shown('a: b\nfoo: bar', at('foo'))).toBe('a: b\nfoo: ***'));

  test('secrets alone are hidden where it is known', () =>
    expect(shown('a: b\nrootToken: c', hideSecretsBeforeShowing)).toBe('a: b\nrootToken: *'));
});

describe('a key that is not known', () => {
  test.each([
    ['hosst', 'hosst'],
    ['x.y_z-a/$b@c+d', 'x.y_z-a/$b@c+d'],
    ['größe', 'größe'],
    ['rootToken hunter2', 'rootToken …'],
    ['rootToken:hunter2', 'rootToken …'],
    ['"hunter2', '…'],
    [' hunter2', '…'],
    ['a'.repeat(60), 'a'.repeat(60)],
    ['a'.repeat(61), `${'a'.repeat(60)} …`],
  ])('%s is shown as %s', (key, expected) => expect(shownKey(key)).toBe(expected));

  const unknown =
    (key: string, meant?: string) =>
    (root: SourceNode): void =>
      hideUnknown(nodeAt(root, [key]) ?? root, key, meant);

  test.each<[string, string, string | undefined, string]>([
    ['hosst: acme', 'hosst', undefined, 'hosst: ****'],
    ['"hosst": acme', 'hosst', undefined, '"hosst": ****'],
    ["it's hunter: acme", "it's hunter", undefined, 'it** ******: ****'],
    ['{ "root hunter": acme }', 'root hunter', undefined, '{ "root *******: **** }'],
    ['hosst: acme', 'hosst', 'host', 'hosst: acme'],
    ['tokn: acme', 'tokn', 'token', 'tokn: ****'],
    ['xyz: acme', 'xyz', 'rootToken', 'xyz: ****'],
    ['licenseKy: [acme]', 'licenseKy', 'host', 'licenseKy: [****]'],
    ['root hunter: acme', 'root hunter', undefined, 'root ******: ****'],
    ['"root hunter": acme', 'root hunter', undefined, '"root *******: ****'],
    ["'root hunter': acme", 'root hunter', undefined, "'root *******: ****"],
  ])('in %s: %s, meant %s', (text, key, meant, expected) =>
    expect(shown(text, unknown(key, meant))).toBe(expected),
  );
});

describe('a program', () => {
  /** What a program exports: the values of a program have no place in it. */
  function exported(text: string, value: JsonValue): SourceFile {
    const source = new SourceFile('prod.ts', text, '/', 'typescript');
    showExceptSecrets(source, [nodeOf(source, value)]);
    return source;
  }

  function nodeOf(source: SourceFile, value: JsonValue): SourceNode {
    const place = { source, start: 0, end: 0 };
    if (Array.isArray(value)) return { ...place, items: value.map((item) => nodeOf(source, item)) };
    if (typeof value !== 'object' || value === null) return { ...place, scalar: value };
    const entries = Object.entries(value).map(([key, child]) => [key, nodeOf(source, child)] as const);
    return { ...place, entries: new Map(entries) };
  }

  test.each<[string, string, JsonValue, string]>([
    ['its secrets', "const a = 'hunter';", { rootToken: 'hunter' }, "const a = '******';"],
    ['those in lists', "const a = ['hunter'];", { rootToken: ['hunter'] }, "const a = ['******'];"],
    ['those in mappings', "const a = 'hunter';", { rootToken: { x: 'hunter' } }, "const a = '******';"],
    ['those deep inside', "const a = 'hunter';", { a: [{ rootToken: 'hunter' }] }, "const a = '******';"],
    ['no other strings', "const a = 'acme';", { host: 'acme' }, "const a = 'acme';"],
    ['no references', "const a = 'TOKEN';", { rootToken: { env: 'TOKEN' } }, "const a = 'TOKEN';"],
    [
      'no names of Secrets',
      "const a = 'pachyderm';",
      { rootToken: { existing: { name: 'pachyderm' } } },
      "const a = 'pachyderm';",
    ],
    [
      'what is no reference',
      "const a = 'hunter2';",
      { rootToken: { env: 'hunter2' } },
      "const a = '*******';",
    ],
    ['variables elsewhere', "const a = 'TOKEN';", { x: { env: 'TOKEN' } }, "const a = 'TOKEN';"],
    ['no numbers', 'const a = 7;', { rootToken: 7 }, 'const a = 7;'],
  ])('hides %s', (_title, text, value, expected) => expect(linesOf(exported(text, value))).toBe(expected));

  test('hides every string that nothing is known of', () => {
    const source = new SourceFile('prod.ts', "const a = 'acme';", '/', 'typescript');
    source.markRead();
    hideAll(nodeOf(source, { host: ['acme'] }));
    expect(linesOf(source)).toBe("const a = '****';");
  });

  test('but no words of a YAML document', () =>
    expect(shown('a: hunter\nrootToken: hunter')).toBe('a: hunter\nrootToken: ******'));
});
