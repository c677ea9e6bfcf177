import {
  COLLECTION_STYLE,
  EVENT_ID,
  getScalarValue,
  SCALAR_STYLE,
  type AliasEvent,
  type Event,
  type MappingEvent,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import type { Code } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { shownKey } from './mask';
import type { SourceFile } from './source-file';
import { toValue, type SourceNode } from './source-node';
import { DEPTH_LIMIT, NODE_LIMIT, TOO_DEEP, TOO_MANY } from './yaml-limits';
import { plainValue, standardTag, taggedValue, type Scalar } from './yaml-scalars';

const TAG = [
  'The YAML uses a tag, a word that begins with "!", that means nothing here',
  'remove the tag, or quote the value if it begins with "!"; secrets are written as mappings such as { env: NAME }',
] as const;

/** Says what is wrong in the half-open range of UTF-16 offsets. */
export type ReportProblem = (
  code: Code,
  start: number,
  end: number,
  message: string,
  hint?: string,
  data?: Diagnostic['data'],
) => void;

/** One node for each document among the events, but for documents of comments alone. */
export function buildNodes(
  source: SourceFile,
  events: readonly Event[],
  problem: ReportProblem,
): SourceNode[] {
  return new NodeBuilder(source, events, problem).documents();
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** A value that aliases may stand for. */
interface Anchored {
  /** Missing as long as the value is being read, and when it could not be. */
  node?: SourceNode | undefined;
  isRead: boolean;
  /** Nodes in it, once aliases are expanded. */
  nodes: number;
  /** Levels in it. */
  levels: number;
}

/** The key in front of a value. */
interface Key {
  readonly start: number;
  readonly end: number;
  /** Missing for keys that are no words. */
  readonly text: string | undefined;
  readonly isMerge: boolean;
}

/** Reads the events of one file. The limit on nodes is for all of its documents together. */
class NodeBuilder {
  /** The event that is read next. */
  #next = 0;
  /** Where the part of the text ends that has been read. */
  #position = 0;
  #nodes = 0;
  #level = 0;
  #deepestLevel = 0;
  #gaveUp = false;
  #anchors = new Map<string, Anchored>();

  constructor(
    private readonly source: SourceFile,
    private readonly events: readonly Event[],
    private readonly problem: ReportProblem,
  ) {}

  documents(): SourceNode[] {
    const nodes: SourceNode[] = [];
    while (this.#next < this.events.length && !this.#gaveUp) {
      this.#anchors = new Map();
      this.#next += 1;
      const first = this.events[this.#next];
      const isEmpty =
        first?.type === EVENT_ID.SCALAR && first.valueStart < 0 && first.anchorStart < 0 && isPlain(first);
      if (isEmpty) this.#next += 1;
      else {
        const node = this.#value();
        if (node) nodes.push(node);
      }
      this.#next += 1;
    }
    return nodes;
  }

  #value(key?: Key): SourceNode | undefined {
    const event = this.events[this.#next++];
    if (!event || this.#gaveUp || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP)
      return undefined;
    const place = this.#placeOf(event, key);
    if (this.#nodes >= NODE_LIMIT) return this.#giveUp(place, ...TOO_MANY);
    this.#nodes += 1;
    this.#level += 1;
    this.#deepestLevel = Math.max(this.#deepestLevel, this.#level);
    const node =
      event.type === EVENT_ID.ALIAS
        ? this.#aliased(event, place)
        : event.anchorStart < 0
          ? this.#content(event, place)
          : this.#anchored(event, place);
    this.#level -= 1;
    return node;
  }

  #content(
    event: ScalarEvent | SequenceEvent | MappingEvent,
    place: Mutable<SourceNode>,
  ): SourceNode | undefined {
    if (event.type === EVENT_ID.SCALAR) {
      place.scalar = this.#scalar(event);
      return place;
    }
    const isMapping = event.type === EVENT_ID.MAPPING;
    if (event.tagStart >= 0 && !isCollectionTag(this.#tagOf(event), isMapping ? 'map' : 'seq'))
      this.problem('DOC006', event.tagStart, event.tagEnd, ...TAG, { tag: this.#tagOf(event) });
    // The parser says where a collection begins, and nothing of where it ends.
    const bracket = event.style === COLLECTION_STYLE.FLOW ? this.source.text[event.start] : undefined;
    const closing = bracket === '{' ? '}' : bracket === '[' && !isMapping ? ']' : undefined;
    this.#position = closing === undefined ? event.start : event.start + 1;
    if (isMapping) this.#readEntries(place);
    else place.items = this.#items(closing === undefined);
    this.#next += 1;
    if (closing !== undefined) this.#position = this.#behind(closing);
    place.end = this.#position;
    return place;
  }

  #anchored(
    event: ScalarEvent | SequenceEvent | MappingEvent,
    place: Mutable<SourceNode>,
  ): SourceNode | undefined {
    const anchored: Anchored = { isRead: false, nodes: 0, levels: 0 };
    this.#anchors.set(this.source.text.slice(event.anchorStart, event.anchorEnd), anchored);
    const [nodes, deepestLevel] = [this.#nodes, this.#deepestLevel];
    this.#deepestLevel = this.#level;
    const node = this.#content(event, place);
    anchored.node = node;
    anchored.isRead = true;
    anchored.nodes = this.#nodes - nodes;
    anchored.levels = this.#deepestLevel - this.#level;
    this.#deepestLevel = Math.max(deepestLevel, this.#deepestLevel);
    return node;
  }

  #aliased(event: AliasEvent, place: SourceNode): SourceNode | undefined {
    const anchored = this.#anchors.get(this.source.text.slice(event.anchorStart, event.anchorEnd));
    if (!anchored) {
      this.problem(
        'DOC002',
        place.start,
        place.end,
        'A value that begins with "*" is an alias, and there is no anchor of its name before it',
        'quote the value if it is a string that begins with "*"',
      );
      return undefined;
    }
    if (!anchored.isRead) {
      this.problem(
        'DOC007',
        place.start,
        place.end,
        'The alias refers to a value that contains the alias itself',
      );
      return undefined;
    }
    if (this.#nodes + anchored.nodes > NODE_LIMIT) return this.#giveUp(place, ...TOO_MANY);
    if (this.#level + anchored.levels > DEPTH_LIMIT) return this.#giveUp(place, ...TOO_DEEP);
    this.#nodes += anchored.nodes;
    this.#deepestLevel = Math.max(this.#deepestLevel, this.#level + anchored.levels);
    if (!anchored.node) return undefined;
    const { entries, lastWins, items, scalar = null } = anchored.node;
    if (entries) return lastWins ? { ...place, entries, lastWins } : { ...place, entries };
    return items ? { ...place, items } : { ...place, scalar };
  }

  #scalar(event: ScalarEvent): Scalar {
    const text = getScalarValue(this.source.text, event);
    if (event.tagStart < 0) return isPlain(event) ? plainValue(text) : text;
    const value = taggedValue(text, this.#tagOf(event));
    if (value === undefined)
      this.problem('DOC006', event.tagStart, event.tagEnd, ...TAG, { tag: this.#tagOf(event) });
    return value === undefined ? text : value;
  }

  #items(isBlock: boolean): SourceNode[] {
    const items: SourceNode[] = [];
    while (!this.#isAtEnd()) {
      if (isBlock) this.#position = this.#behindDash();
      const item = this.#value();
      if (item) items.push(item);
    }
    return items;
  }

  #readEntries(place: Mutable<SourceNode>): void {
    const entries = new Map<string, SourceNode>();
    place.entries = entries;
    const merged: SourceNode[] = [];
    let lastWins: Map<string, SourceNode> | undefined;
    while (!this.#isAtEnd()) {
      const key = this.#key();
      this.#position = this.#behindColon();
      const value = this.#value(key);
      if (key.text === undefined) continue;
      if (key.isMerge) {
        const mappings = this.#mergedMappings(key, value);
        merged.push(...mappings);
        lastWins = mergedInto(lastWins ?? new Map(entries), mappings);
        continue;
      }
      const first = entries.get(key.text);
      if (value && (first || lastWins)) (lastWins ??= new Map(entries)).set(key.text, value);
      if (first) this.#reportDuplicate(key, key.text, first, value);
      else if (value) entries.set(key.text, value);
    }
    for (const mapping of merged)
      for (const [key, value] of mapping.entries ?? []) if (!entries.has(key)) entries.set(key, value);
    if (lastWins && ![...lastWins].every(([key, value]) => entries.get(key) === value))
      place.lastWins = lastWins;
  }

  #reportDuplicate({ start, end }: Key, key: string, first: SourceNode, value: SourceNode | undefined): void {
    const { range } = this.source.locate(first.keyStart ?? 0, first.keyEnd ?? 0);
    const firstLine = range?.line ?? 1;
    this.problem(
      'DOC004',
      start,
      end,
      `Duplicate key "${shownKey(key)}"; the first one is on line ${firstLine}`,
      'keep one of the two',
      {
        duplicateKey: key,
        firstLine,
        isSame: value !== undefined && JSON.stringify(toValue(value)) === JSON.stringify(toValue(first)),
      },
    );
  }

  #key(): Key {
    const event = this.events[this.#next];
    if (event?.type !== EVENT_ID.SCALAR) {
      const place = this.#value();
      const [start, end] = [place?.start ?? this.#position, place?.end ?? this.#position];
      const message = 'A key of a mapping must be a word, not a list or a mapping';
      this.problem('DOC005', start, end, message, 'check the indentation; "? " starts such a key');
      return { start, end, text: undefined, isMerge: false };
    }
    this.#next += 1;
    if (event.valueStart < 0 && event.anchorStart < 0) this.#position = this.#colon();
    const start = this.#startOf(event);
    const end = this.#endOf(event);
    this.#position = end;
    if (event.valueStart < 0 && isPlain(event)) {
      const message = 'The key before ":" is missing';
      this.problem('DOC005', start, end, message, 'write the key, or remove the line');
      return { start, end, text: undefined, isMerge: false };
    }
    // As it is written: 1.0 and 0x10 are strings here, as in JSON.
    const text = getScalarValue(this.source.text, event);
    if (event.anchorStart >= 0)
      this.#anchors.set(this.source.text.slice(event.anchorStart, event.anchorEnd), {
        node: { source: this.source, start, end, scalar: this.#scalar(event) },
        isRead: true,
        nodes: 1,
        levels: 0,
      });
    return { start, end, text, isMerge: text === '<<' && isPlain(event) };
  }

  /** The mappings behind a key `<<`. */
  #mergedMappings(key: Key, value: SourceNode | undefined): readonly SourceNode[] {
    const mappings = value?.items ?? (value ? [value] : []);
    if (mappings.some(({ entries }) => !entries))
      this.problem(
        'DOC005',
        key.start,
        key.end,
        'The key << merges a mapping into this one, and its value is not a mapping',
        'name an anchor of a mapping: <<: *defaults',
      );
    return mappings;
  }

  #isAtEnd(): boolean {
    const event = this.events[this.#next];
    return !event || event.type === EVENT_ID.POP || this.#gaveUp;
  }

  /** Where a value is. The end of a collection is not known before it has been read. */
  #placeOf(event: ScalarEvent | SequenceEvent | MappingEvent | AliasEvent, key?: Key): Mutable<SourceNode> {
    const start = this.#startOf(event);
    const end = event.type === EVENT_ID.SCALAR || event.type === EVENT_ID.ALIAS ? this.#endOf(event) : start;
    this.#position = end;
    const { source } = this;
    return key ? { source, start, end, keyStart: key.start, keyEnd: key.end } : { source, start, end };
  }

  #startOf(event: ScalarEvent | SequenceEvent | MappingEvent | AliasEvent): number {
    if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
    if (event.type !== EVENT_ID.SCALAR) return event.start;
    const behindProperties = Math.max(this.#position, event.anchorEnd, event.tagEnd);
    if (event.valueStart < 0) return behindProperties;
    if (isPlain(event)) return event.valueStart;
    if (isQuoted(event)) return event.valueStart - 1;
    const header = /^(?:[^#|>]|#[^\n]*\n)*(?=[|>])/.exec(
      this.source.text.slice(behindProperties, event.valueStart),
    );
    return header ? behindProperties + header[0].length : event.valueStart;
  }

  #endOf(event: ScalarEvent | AliasEvent): number {
    if (event.type === EVENT_ID.ALIAS) return event.anchorEnd;
    if (event.valueStart < 0) return Math.max(this.#position, event.anchorEnd, event.tagEnd);
    return isQuoted(event) ? event.valueEnd + 1 : event.valueEnd;
  }

  /** Where the closing bracket of a collection in brackets ends. */
  #behind(bracket: string): number {
    const { text } = this.source;
    for (let at = this.#position; at < text.length; at++) {
      if (text[at] === bracket) return at + 1;
      if (text[at] === '#') at = lineEnd(text, at);
    }
    return this.#position;
  }

  /** Where the dash of the next item of a list ends. */
  #behindDash(): number {
    const { text } = this.source;
    let at = this.#position;
    while (at < text.length && text[at] !== '-') at = text[at] === '#' ? lineEnd(text, at) : at + 1;
    return Math.min(at + 1, text.length);
  }

  /** Where the colon after a key is; keys in brackets may have none. */
  #colon(): number {
    if (this.source.text[this.#position] === ':') return this.#position;
    BEFORE_COLON.lastIndex = this.#position;
    return BEFORE_COLON.test(this.source.text) ? BEFORE_COLON.lastIndex : this.#position;
  }

  #behindColon(): number {
    const colon = this.#colon();
    return this.source.text[colon] === ':' ? colon + 1 : this.#position;
  }

  #tagOf({ tagStart, tagEnd }: { tagStart: number; tagEnd: number }): string {
    return this.source.text.slice(tagStart, tagEnd);
  }

  #giveUp({ start, end }: SourceNode, message: string, hint: string): undefined {
    this.#gaveUp = true;
    this.problem('DOC007', start, end, message, hint);
    return undefined;
  }
}

/** The entries with those of mappings merged over them, of which the first counts. */
function mergedInto(
  entries: Map<string, SourceNode>,
  mappings: readonly SourceNode[],
): Map<string, SourceNode> {
  for (const mapping of [...mappings].reverse())
    for (const [key, value] of mapping.lastWins ?? mapping.entries ?? []) entries.set(key, value);
  return entries;
}

/** White space and comments. */
const BEFORE_COLON = /(?:\s|#[^\n]*\n)*(?=:)/y;

function isPlain({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.PLAIN;
}

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}

function isCollectionTag(tag: string, kind: 'map' | 'seq'): boolean {
  return tag === '!' || standardTag(tag) === kind;
}

/** Where the line of a place ends: before its line break, or at the end of the text. */
export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
