import fc from 'fast-check';
import { parse, stringify } from 'yaml';

/** A change to a document, as three numbers decide it. The same numbers always make the same change. */
export interface Mutation {
  readonly kind: string;
  readonly where: number;
  readonly what: number;
}

/** A number for a place in a list of this length. */
const pick = (number: number, length: number): number => (length === 0 ? 0 : number % length);

const CHARACTERS = [
  ...':#-?{}[]&*!|>%@`"\'\\,\t\n\r \u0000\ufeff\u2028äé😀~<=09azZ',
  '---\n',
  '\r\n',
  '${x}',
  '*a',
  '&a ',
];

/** Values of every kind, as someone might put them into any place. */
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  Infinity,
  NaN,
  '',
  ' ',
  'text',
  'Text with spaces',
  'yes',
  '30d',
  '2.2.8',
  '2.12.0-rc.3',
  '2.3.5',
  'v2.11.6',
  'https://user@pachyderm.acme.com:8443/dex/?x=1#y',
  '{}',
  '$HOME',
  '${var.x}',
  '\u0000',
  'ä€😀',
  'x'.repeat(300),
  [],
  [[]],
  ['a', 'a'],
  [null],
  {},
  { a: { b: [1, { c: null }] } },
  { env: 'NAME' },
  { file: './file' },
  { existing: { name: 'name', key: 'key' } },
  { generate: {} },
  { env: 'NAME', file: './file' },
  JSON.parse('{"__proto__":{"a":1},"constructor":2}'),
];

const KEYS = [
  'extends',
  'name',
  'id',
  'env',
  'type',
  'config',
  '__proto__',
  'constructor',
  '<<',
  '',
  'a b',
  'host',
  'enabled',
];

type Tree = { [key: string]: unknown } | unknown[];

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;
const holdsSecret = (value: unknown, secret: RegExp): boolean => secret.test(JSON.stringify(value) ?? '');

/** Every place of a tree: the mapping or list, and the key in it. */
function placesOf(tree: Tree): { parent: Tree; key: string }[] {
  return Object.entries(tree).flatMap(([key, value]) => [
    { parent: tree, key },
    ...(isTree(value) ? placesOf(value) : []),
  ]);
}

function get(parent: Tree, key: string): unknown {
  return (parent as Record<string, unknown>)[key];
}

function set(parent: Tree, key: string, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Gives a key of a mapping another name; its place among the others stays. */
function rename(parent: Tree, key: string, name: string): void {
  if (Array.isArray(parent)) return;
  const entries = Object.entries(parent);
  for (const [each] of entries) delete parent[each];
  for (const [each, value] of entries) set(parent, each === key ? name : each, value);
}

/** A slip of the keyboard. */
function misspelt(word: string, how: number): string {
  const at = pick(how >> 2, Math.max(1, word.length));
  const [before, letter, after] = [word.slice(0, at), word.slice(at, at + 1), word.slice(at + 1)];
  const slips = [
    before + after,
    before + letter + letter + after,
    before + after.slice(0, 1) + letter + after.slice(1),
    before + (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()) + after,
  ];
  return slips[how & 3] ?? word;
}

type TreeMutation = (place: { parent: Tree; key: string }, what: number, tree: Tree, secret: RegExp) => void;

/** Changes to the tree. None of them puts a secret where no secret belongs, which no one could know to be one. */
const TREE_MUTATIONS: Readonly<Record<string, TreeMutation>> = {
  delete: ({ parent, key }) => {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  },
  misspell: ({ parent, key }, what) => rename(parent, key, misspelt(key, what)),
  retype: ({ parent, key }, what) => set(parent, key, structuredClone(VALUES[pick(what, VALUES.length)])),
  wrap: ({ parent, key }, what) =>
    set(parent, key, what % 2 === 0 ? [get(parent, key)] : { x: get(parent, key) }),
  insert: ({ parent, key }, what) => {
    const value = structuredClone(VALUES[pick(what >> 4, VALUES.length)]);
    if (Array.isArray(parent)) parent.splice(Number(key), 0, value);
    else set(parent, KEYS[pick(what, KEYS.length)] ?? '', value);
  },
  duplicate: ({ parent, key }) => {
    if (Array.isArray(parent)) parent.push(structuredClone(parent[Number(key)]));
  },
  swap: ({ parent, key }, what, tree, secret) => {
    const places = placesOf(tree);
    const other = places[pick(what, places.length)];
    if (!other) return;
    const [mine, theirs] = [get(parent, key), get(other.parent, other.key)];
    if (holdsSecret(mine, secret) || holdsSecret(theirs, secret)) return;
    set(parent, key, structuredClone(theirs));
    set(other.parent, other.key, structuredClone(mine));
  },
};

type TextMutation = (lines: string[], at: number, what: number) => void;

const alterLine = (lines: string[], at: number, alter: (line: string) => string): void => {
  lines[at] = alter(lines[at] ?? '');
};

/** Changes to the text, such as an editor or a bad merge makes. */
const TEXT_MUTATIONS: Readonly<Record<string, TextMutation>> = {
  'delete line': (lines, at) => lines.splice(at, 1),
  'duplicate line': (lines, at) => lines.splice(at, 0, lines[at] ?? ''),
  'swap lines': (lines, at) => lines.splice(at, 2, ...lines.slice(at, at + 2).reverse()),
  'indent line': (lines, at, what) =>
    alterLine(lines, at, (line) => [' ', '  ', '\t', '- '][what % 4] + line),
  'outdent line': (lines, at) => alterLine(lines, at, (line) => line.replace(/^ {1,2}/, '')),
  'insert character': (lines, at, what) =>
    alterLine(lines, at, (line) => {
      const column = pick(what >> 6, line.length + 1);
      return line.slice(0, column) + (CHARACTERS[pick(what, CHARACTERS.length)] ?? '') + line.slice(column);
    }),
  'delete character': (lines, at, what) =>
    alterLine(lines, at, (line) => {
      const column = pick(what, Math.max(1, line.length));
      return line.slice(0, column) + line.slice(column + 1);
    }),
  truncate: (lines, at, what) => {
    alterLine(lines, at, (line) => line.slice(0, pick(what, line.length + 1)));
    lines.length = at + 1;
  },
  'join lines': (lines, at) => lines.splice(at, 2, lines.slice(at, at + 2).join('')),
  'cut line': (lines, at, what) => {
    const line = lines[at] ?? '';
    const column = pick(what, line.length + 1);
    lines.splice(at, 1, line.slice(0, column), line.slice(column));
  },
};

/** Characters that make a secret something else to YAML; they are put in front of secrets themselves. */
const SECRET_MUTATIONS: Readonly<Record<string, (line: string, value: number) => string>> = {
  'tag secret': (line, at) => `${line.slice(0, at)}!${line.slice(at)}`,
  'anchor secret': (line, at) => `${line.slice(0, at)}&${line.slice(at)}`,
  'alias secret': (line, at) => `${line.slice(0, at)}*${line.slice(at)}`,
  'quote secret': (line, at) => `${line.slice(0, at)}"${line.slice(at)}`,
  'bracket secret': (line, at) => `${line.slice(0, at)}[${line.slice(at)}`,
  'block secret': (line, at) => `${line.slice(0, at)}|${line.slice(at)}`,
  'break secret': (line, at) => `${line.slice(0, at)}\n${line.slice(at)}`,
  'colon in secret': (line, at) => `${line.slice(0, at + 9)}: ${line.slice(at + 9)}`,
  'no colon': (line, at) => line.slice(0, at).replace(/:(\s*["']?)$/, '$1') + line.slice(at),
};

export const mutationKinds: readonly string[] = [
  ...Object.keys(TREE_MUTATIONS),
  ...Object.keys(TEXT_MUTATIONS),
  ...Object.keys(SECRET_MUTATIONS),
];

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...mutationKinds), where: fc.nat(), what: fc.nat() }),
  { minLength: 1, maxLength: 4 },
);

/**
 * A string after some mutations: those of the tree first, then those of the text. Lines with a secret are changed only in
 * ways that leave it recognizable as one.
 */
export function mutate(text: string, all: readonly Mutation[], secret: RegExp): string {
  let result = text;
  const ofTree = all.filter(({ kind }) => kind in TREE_MUTATIONS);
  if (ofTree.length > 0) {
    const tree = parse(text) as Tree;
    for (const { kind, where, what } of ofTree) {
      const places = placesOf(tree);
      const place = places[pick(where, places.length)];
      if (place) TREE_MUTATIONS[kind]?.(place, what, tree, secret);
    }
    // As JSON, or as YAML without anchors for what happens to be equal.
    result =
      (ofTree[0]?.what ?? 0) % 5 === 0
        ? JSON.stringify(tree, null, 2)
        : stringify(tree, { aliasDuplicateObjects: false });
  }
  for (const { kind, where, what } of all) {
    const lines = result.split('\n');
    const withSecret = lines.flatMap((line, index) => (secret.test(line) ? [index] : []));
    const onSecret = SECRET_MUTATIONS[kind];
    if (onSecret) {
      const at = withSecret[pick(where, withSecret.length)];
      const line = lines[at ?? 0] ?? '';
      if (at !== undefined) lines[at] = onSecret(line, line.search(secret));
    } else {
      const at = pick(where, lines.length);
      const isNear = withSecret.some((each) => Math.abs(each - at) <= 2);
      if (!isNear) TEXT_MUTATIONS[kind]?.(lines, at, what);
    }
    result = lines.join('\n');
  }
  return result;
}
