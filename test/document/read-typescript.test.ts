import fs from 'node:fs';
import path from 'node:path';
import { locate, type PathStep } from '../../src/document/source-node';
import { inShort } from '../support/input-of';
import { ProgramFolder } from '../support/program-folder';

const fixtures = path.join(__dirname, '..', 'fixtures', 'documents', 'typescript');
const programs = new ProgramFolder();
const read: ProgramFolder['read'] = (...args) => programs.read(...args);
const problemsOf = (text: string): string[] => programs.problemsOf(text);
const valuesOf = (text: string): unknown[] => programs.valuesOf(text);

describe('a program with constants, a spread, a local module and a computed mapping', () => {
  const document = read({}, fixtures).documents[0];

  test('is read', () => {
    expect(document).toMatchObject({
      file: 'pachyderm.ts',
      defaultName: 'typescript',
      value: {
        release: '2.12.0-rc.3',
        access: { via: 'proxy', host: 'localhost', port: 30080 },
        auth: {
          roleBindings: { 'group:data-science': ['projectCreator'], 'group:research': ['projectCreator'] },
        },
        identity: { connectors: [{ type: 'mockPassword', id: 'test' }] },
      },
    });
  });

  test.each<[string, PathStep[], number, string]>([
    ['a literal', ['release'], 10, "'2.12.0-rc.3'"],
    ['a constant', ['identity', 'connectors', 0, 'type'], 4, "'mockPassword'"],
    ['a spread constant', ['access', 'host'], 6, "'localhost'"],
    ['beside a spread', ['access', 'port'], 13, '30080'],
  ])('%s is where it was written', (_name, steps, line, text) => {
    if (!document) throw new Error('no document');
    const { range } = locate(document.root, steps);
    const written = fs.readFileSync(path.join(fixtures, 'pachyderm.ts'), 'utf8').split('\n')[line - 1];
    expect(range?.line).toBe(line);
    expect(written?.slice((range?.column ?? 0) - 1, (range?.endColumn ?? 0) - 1)).toBe(text);
  });

  test('what is computed points to the expression that computes it', () => {
    if (!document) throw new Error('no document');
    expect(locate(document.root, ['auth', 'roleBindings', 'group:research', 0]).range).toMatchObject({
      line: 15,
    });
  });
});

describe('what a program exports', () => {
  test.each([
    ['an object', 'export default { a: 1 };', [{ a: 1 }]],
    ['a list of clusters', 'export default [{ a: 1 }, { a: 2 }];', [{ a: 1 }, { a: 2 }]],
    [
      'a constant',
      'const c = { a: [1, null, true, "x"] };\nexport default c;',
      [{ a: [1, null, true, 'x'] }],
    ],
    ['keys without a value', 'export default { a: undefined, b: 1 };', [{ b: 1 }]],
    ['satisfies, as const and !', 'export default ({ a: 1 } as const satisfies object)!;', [{ a: 1 }]],
    [
      'an object without prototype',
      'export default Object.assign(Object.create(null), { a: 1 });',
      [{ a: 1 }],
    ],
    ['null', 'export default null;', [null]],
  ])('%s', (_name, text, values) => expect(valuesOf(text)).toEqual(values));

  test('keys are in one order, whatever order the program makes them in', () =>
    expect(Object.keys(valuesOf('export default { b: 1, a: 2, C: 3 };')[0] as object)).toEqual([
      'C',
      'a',
      'b',
    ]));

  test('items behind a spread list keep their places', () => {
    const { documents } = read({
      'a.ts':
        'const x = [1, 2];\nexport default { a: [...x,\n 3], b: [...f(),\n 4] };\nfunction f() { return [5]; }',
    });
    const lineOf = (...steps: PathStep[]): number | undefined =>
      documents[0] && locate(documents[0].root, steps).range?.line;
    expect([lineOf('a', 0), lineOf('a', 1), lineOf('a', 2), lineOf('b', 0), lineOf('b', 1)]).toEqual([
      1, 1, 3, 3, 3,
    ]);
  });

  test('plain JavaScript is read too', () => {
    expect(read({ 'a.mjs': 'export default { a: 1 };' }).documents[0]?.value).toEqual({ a: 1 });
    expect(read({ 'a.cjs': 'exports.default = { a: 1 };' }).diagnostics.map(inShort)).toEqual([]);
  });
});

describe('what is wrong with a program', () => {
  test.each([
    [
      'export default { a: 1 ;',
      'a.ts:1:23 DOC009 The document does not compile: Expected "}" but found something else',
    ],
    [
      'const ä = "ä"; const b = ;\nexport default {};',
      'a.ts:1:26 DOC009 The document does not compile: Unexpected ";"',
    ],
    [
      "import { x } from './nowhere';\nexport default { x };",
      'a.ts:1:19 DOC009 The document does not compile: Could not resolve "./nowhere"',
    ],
    [
      '// one\n\nconst answer = (): number => {\n  throw new Error("no\\nway");\n};\nexport default { a: answer() };',
      'a.ts:4:1 DOC009 The document throws when it is run: Error: no',
    ],
    [
      "const host = 'port'; throw new Error(`no ${host} ` + (host ? 'at all' : ''));\nexport default {};",
      'a.ts:1:1 DOC009 The document throws when it is run: Error: no **** at all',
    ],
    [
      "const a: Record<string, () => number> = {};\nexport default { function: a['function']() };",
      'a.ts:2:1 DOC009 The document throws when it is run: TypeError: a.function is not a function',
    ],
    [
      "import { existingSecret } from 'pachkit';\n\nexport default { a: existingSecret('a', 'b') };",
      'a.ts:3:1 DOC009 The document takes existingSecret from pachkit, and a document can take defineCluster alone',
    ],
    ['throw "text";\nexport default {};', 'a.ts:1:1 DOC009 The document throws when it is run: text'],
    [
      "import x from 'a-package-that-is-not-installed';\nexport default { x };",
      /^a\.ts:1:1 DOC009 The document throws when it is run: Error: Cannot find module 'a-package-that-is-not-installed'/,
    ],
    ['export const a = 1;', 'a.ts:1:1 DOC009 The document has no default export'],
    ['', 'a.ts:1:1 DOC009 The document has no default export'],
    ['export default [];', 'a.ts:1:1 DOC010 The file holds no document'],
    [
      'export default {\n  a: { b: () => 1 },\n};',
      'a.ts:2:11 DOC009 The value at a.b is a function, which a document cannot hold',
    ],
    [
      'export default { a: [1n] };',
      'a.ts:1:22 DOC009 The value at a[0] is a bigint, which a document cannot hold',
    ],
    [
      'export default { a: new Date(0) };',
      'a.ts:1:21 DOC009 The value at a is a Date, which a document cannot hold',
    ],
    [
      'export default { a: new Map() };',
      'a.ts:1:21 DOC009 The value at a is a Map, which a document cannot hold',
    ],
    [
      'export default () => ({});',
      'a.ts:1:16 DOC009 The value at the top is a function, which a document cannot hold',
    ],
    [
      'export default (async () => ({}))();',
      'a.ts:1:16 DOC009 The value at the top is a Promise, which a document cannot hold',
    ],
    [
      'export default { get a(): number { throw new Error("secret"); } };',
      'a.ts:1:1 DOC009 The document throws when its values are read: Error',
    ],
    [
      'const a: object[] = [];\na.push(a);\nexport default { a };',
      'a.ts:1:21 DOC007 The value at a[0] contains itself',
    ],
    [
      'let a: unknown = 1;\nfor (let i = 0; i < 40; i++) a = [a, a];\nexport default { a };',
      'a.ts:1:18 DOC007 The document has more than 200000 values',
    ],
    [
      'let a: unknown = 1;\nfor (let i = 0; i < 20000; i++) a = [a];\nexport default { a };',
      'a.ts:1:18 DOC007 The document is nested more than 100 levels deep',
    ],
  ])('%j', (text, expected) => {
    const [problem, ...others] = problemsOf(text);
    if (typeof expected === 'string') expect(problem).toBe(expected);
    else expect(problem).toMatch(expected);
    expect(others).toEqual([]);
  });

  test('an error in a module that it imports names that module', () => {
    const { diagnostics } = read({
      'a.ts': "import { x } from './b';\nexport default { x };",
      'b.ts': '\n\nexport const x = ;',
    });
    expect(diagnostics.map(inShort)).toEqual([
      'a.ts:1:1 DOC009 The document does not compile: Unexpected ";" (b.ts, line 3)',
    ]);
  });

  test('an exception in a module that it imports points to the call', () => {
    const { diagnostics } = read({
      'a.ts': "import { f } from './b';\n\nexport default { a: f() };",
      'b.ts': 'export function f(): never {\n  throw new TypeError("no");\n}',
    });
    expect(diagnostics.map(inShort)).toEqual([
      'a.ts:3:1 DOC009 The document throws when it is run: TypeError: no',
    ]);
  });
});
