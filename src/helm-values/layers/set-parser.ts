import type { SourceFile } from '../../document/source-file';
import type { SourceNode } from '../../document/source-node';
import { nodeKindName } from '../../forms/kinds';
import { SetProblem } from './set-problem';

/** Reads a value that begins at an offset, and says where it ends. */
export type ReadValue = (source: SourceFile, start: number) => { node: SourceNode; end: number };

/** How one option reads its arguments. */
export interface SetSyntax {
  /** Whether no character but `=`, `.` and `[` of the path is special, and the value is all the rest. */
  readonly isLiteral: boolean;
  /** What a value means that is written between separators, with escapes resolved. */
  readonly convert: (text: string, start: number, end: number) => string | number | boolean | null;
  /** Reads values that have a syntax of their own. */
  readonly readValue?: ReadValue | undefined;
}

/** Limits of Helm: the largest index of a list, and the most names in one path. */
const LARGEST_INDEX = 65_536;
const MOST_NAMES = 30;

const COMMA_HINT =
  'a comma in a value is written `\\,`; --set-literal takes a value literally, and a file of values takes anything';

interface Word {
  /** With escapes resolved. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The character that ended it; undefined at the end of the argument. */
  readonly stop: string | undefined;
}

type Entries = Map<string, SourceNode>;

/** Whether parsing goes on, or has come to the end of the argument. */
type Outcome = 'more' | 'end';

/**
 * Lays the pairs of one argument over values. What Helm does with a pair that is incomplete is done here too: a port of
 * pkg/strvals of Helm 3.19, parser.go and literal_parser.go, that knows where everything stands.
 *
 * @throws SetProblem for what Helm refuses
 */
export function applySet(root: SourceNode, source: SourceFile, syntax: SetSyntax): SourceNode {
  const entries: Entries = new Map(root.entries);
  const parser = new SetParser(source, syntax);
  while (parser.pair(entries, 0) === 'more');
  return { ...root, entries };
}

class SetParser {
  #at = 0;

  constructor(
    private readonly source: SourceFile,
    private readonly syntax: SetSyntax,
  ) {}

  /** One name of a path, and what follows it, into the mapping that it is in. */
  pair(entries: Entries, depth: number): Outcome {
    const key = this.#word(this.syntax.isLiteral ? '=[.' : '=[,.');
    switch (key.stop) {
      case undefined:
        if (key.text === '') return 'end';
        throw this.#problem(
          key,
          `${quoted(key)} has no value`,
          `key ${goQuoted(key)} has no value`,
          COMMA_HINT,
        );
      case ',':
        throw this.#problem(
          key,
          `${quoted(key)} has no value`,
          `key ${goQuoted(key)} has no value (cannot end with ,)`,
          COMMA_HINT,
        );
      case '[':
        return this.#list(entries, key, depth);
      case '.':
        return this.#mapping(entries, key, depth);
      default: {
        const { node, outcome } = this.#value(key);
        set(entries, key, node);
        return outcome;
      }
    }
  }

  #mapping(entries: Entries, key: Word, depth: number): Outcome {
    if (depth + 1 > MOST_NAMES)
      throw this.#problem(
        key,
        `the path has more than ${MOST_NAMES} names`,
        `value name nested level is greater than maximum supported nested level of ${MOST_NAMES}`,
      );
    const existing = entries.get(key.text);
    if (existing && !existing.entries) throw this.#wrongKind(key, existing, 'mapping');
    const inner: Entries = new Map(existing?.entries);
    const outcome = this.pair(inner, depth + 1);
    if (outcome === 'more' && inner.size === 0)
      throw this.#problem(key, `${quoted(key)} has no value`, `key map ${goQuoted(key)} has no value`);
    if (inner.size > 0) set(entries, key, { ...(existing ?? this.#place(key)), entries: inner });
    return outcome;
  }

  #list(entries: Entries, key: Word, depth: number): Outcome {
    const index = this.#index();
    const existing = entries.get(key.text);
    if (existing && !existing.items) throw this.#wrongKind(key, existing, 'list');
    const items = [...(existing?.items ?? [])];
    const outcome = this.#item(items, index, depth);
    set(entries, key, { ...(existing ?? this.#place(key)), items });
    return outcome;
  }

  /** What follows the index of a list, into the list. Helm drops an item that has nothing at the very end of an argument. */
  #item(items: SourceNode[], index: Word & { readonly value: number }, depth: number): Outcome {
    const { value: position } = index;
    if (position < 0)
      throw this.#problem(index, 'an index cannot be negative', `negative ${position} index not allowed`);
    const rest = this.#word('[.=');
    if (rest.text !== '')
      throw this.#problem(
        rest,
        'between an index and what follows it stands something',
        `unexpected data at end of array index: ${goQuoted(rest)}`,
        'write `NAME[0]=VALUE` or `NAME[0].KEY=VALUE`',
      );
    if (rest.stop === undefined) return 'end';
    if (rest.stop === '=') {
      const { node } = this.#value(index);
      this.#setItem(items, index, node);
      return 'more';
    }
    const existing = items[position];
    if (rest.stop === '[') {
      const next = this.#index();
      const isNothing = existing === undefined || existing.scalar === null;
      if (!isNothing && !existing.items) throw this.#wrongKind(index, existing, 'list');
      const inner = [...(existing?.items ?? [])];
      const list = { ...(isNothing ? this.#place(index) : existing), items: inner };
      delete (list as { scalar?: unknown }).scalar;
      if (existing?.items) items[position] = list;
      if (this.#item(inner, next, depth) === 'end') return 'end';
      this.#setItem(items, index, list);
      return 'more';
    }
    const inner: Entries = new Map(existing?.entries);
    const mapping = { ...(existing?.entries ? existing : this.#place(index)), entries: inner };
    if (existing) items[position] = mapping;
    if (this.pair(inner, depth) === 'end') return 'end';
    this.#setItem(items, index, mapping);
    return 'more';
  }

  #setItem(items: SourceNode[], index: Word & { readonly value: number }, node: SourceNode): void {
    if (index.value > LARGEST_INDEX)
      throw this.#problem(
        index,
        `an index cannot be greater than ${LARGEST_INDEX}`,
        `index of ${index.value} is greater than maximum supported index of ${LARGEST_INDEX}`,
      );
    // Helm fills the gap with null.
    while (items.length < index.value) items.push({ ...this.#place(index), scalar: null });
    items[index.value] = node;
  }

  /** The index after an opening bracket. */
  #index(): Word & { readonly value: number } {
    const word = this.#word(']');
    if (word.stop === undefined)
      throw this.#problem(
        word,
        'the bracket is not closed',
        'error parsing index: EOF',
        'close it: `NAME[0]=VALUE`',
      );
    if (!/^[-+]?\d+$/.test(word.text) || !Number.isSafeInteger(Number(word.text)))
      throw this.#problem(
        word,
        'the index of a list is not a whole number',
        `error parsing index: strconv.Atoi: parsing ${goQuoted(word)}: invalid syntax`,
        'brackets hold a position, such as `NAME[0]=VALUE`; for a key write a dot in front of it',
      );
    return { ...word, value: Number(word.text) };
  }

  /** The value behind `=`, with the place of the name that it belongs to. */
  #value(key: Word): { readonly node: SourceNode; readonly outcome: Outcome } {
    const named = { source: this.source, keyStart: key.start, keyEnd: key.end };
    const { readValue, isLiteral } = this.syntax;
    const start = this.#at;
    if (readValue) {
      if (this.#isNothing()) return { node: { ...named, start, end: start, scalar: null }, outcome: 'more' };
      const { node, end } = readValue(this.source, this.#at);
      this.#at = end;
      this.#isNothing();
      return { node: { ...node, ...named }, outcome: 'more' };
    }
    if (isLiteral) return { node: { ...named, ...this.#scalar(this.#word('')) }, outcome: 'more' };
    if (start >= this.source.text.length)
      return { node: { ...named, start, end: start, scalar: '' }, outcome: 'end' };
    if (this.source.text[start] !== '{')
      return { node: { ...named, ...this.#scalar(this.#word(',')) }, outcome: 'more' };
    this.#at += 1;
    const items = this.#listInBraces(start);
    return { node: { ...named, start, end: this.#at, items }, outcome: 'more' };
  }

  /** `a,b}`, and the comma behind it. */
  #listInBraces(start: number): SourceNode[] {
    const items: SourceNode[] = [];
    for (;;) {
      const word = this.#word(',}');
      if (word.stop === undefined)
        throw this.#problem(
          { ...word, start },
          'the list does not end',
          "list must terminate with '}'",
          'close it with `}`',
        );
      items.push(this.#scalar(word));
      if (word.stop !== '}') continue;
      if (this.source.text[this.#at] === ',') this.#at += 1;
      return items;
    }
  }

  #scalar({ text, start, end }: Word): SourceNode {
    return { source: this.source, start, end, scalar: this.syntax.convert(text, start, end) };
  }

  /** Whether nothing but blanks stands before the next comma or the end, with the blanks and the comma read. */
  #isNothing(): boolean {
    const { text } = this.source;
    while (/^\s$/.test(text.charAt(this.#at))) this.#at += 1;
    if (this.#at < text.length && text[this.#at] !== ',') return false;
    this.#at += 1;
    return true;
  }

  /** All up to one of these characters, which is read too. */
  #word(stops: string): Word {
    const { text } = this.source;
    const start = this.#at;
    let read = '';
    while (this.#at < text.length) {
      const character = text.charAt(this.#at++);
      if (stops.includes(character)) return { text: read, start, end: this.#at - 1, stop: character };
      if (character === '\\' && !this.syntax.isLiteral) {
        read += text.charAt(this.#at);
        this.#at += 1;
      } else read += character;
    }
    this.#at = text.length;
    return { text: read, start, end: text.length, stop: undefined };
  }

  #place({ start, end }: Word): SourceNode {
    return { source: this.source, start, end, keyStart: start, keyEnd: end };
  }

  #wrongKind(key: Word, existing: SourceNode, wanted: 'mapping' | 'list'): SetProblem {
    const name = /^\d/.test(key.text) ? `item ${key.text}` : quoted(key);
    return this.#problem(
      key,
      `${name} is ${existing.scalar === null ? 'null' : nodeKindName(existing)} in the values before it, and not a ${wanted}`,
      `unable to parse key: interface conversion: interface {} is ${goType(existing)}, not ${GO_TYPES[wanted]}`,
      wanted === 'list'
        ? 'set all of it, or a key of it'
        : 'set all of it, or remove it from the values before',
    );
  }

  #problem(
    { start, end }: Word | { start: number; end: number },
    reason: string,
    says: string,
    hint?: string,
  ): SetProblem {
    return new SetProblem(reason, start, end, says, hint);
  }
}

/** Helm sets nothing under an empty name. */
function set(entries: Entries, key: Word, node: SourceNode): void {
  if (key.text !== '') entries.set(key.text, node);
}

function quoted({ text }: Word): string {
  return `\`${text}\``;
}

/** As Go's %q quotes what may be in a name. */
function goQuoted({ text }: Word): string {
  return JSON.stringify(text);
}

const GO_TYPES = { mapping: 'map[string]interface {}', list: '[]interface {}' } as const;

function goType({ entries, items, scalar, source }: SourceNode): string {
  if (entries) return GO_TYPES.mapping;
  if (items) return GO_TYPES.list;
  if (scalar === null || scalar === undefined) return 'nil';
  // Files and --set-json are JSON to Helm.
  if (typeof scalar === 'number') return /^--set(?!-)/.test(source.name) ? 'int64' : 'float64';
  return typeof scalar === 'boolean' ? 'bool' : 'string';
}
