import { certainly, suggest } from '../diagnostics/suggest';
import type { Document } from '../document/document';
import {
  fromPointer,
  toPointer,
  toValue,
  type JsonValue,
  type PathStep,
  type SourceNode,
  valueNode,
} from '../document/source-node';
import { isSettingOfConnector, meantByAbsentKey } from './absent-keys';
import { schemaAt } from './schema-at';
import { standIn } from './stand-in';
import { schemaErrors, type SchemaError } from './schema-errors';

/** A document without its errors of form. */
export interface SoundPart {
  /** With what is missing at its top filled in. */
  readonly document: Document;
  /** The same with the errors read as they were probably meant; no one has checked its form. */
  readonly asMeant: Document;
  /** The same with what is missing in its sections filled in, without which it may make no cluster. */
  readonly asMeantFilledIn: () => Document;
  /** The same without values of the wrong kind, such as a string for a list, with which it may make no cluster. */
  readonly asMeantByKind: () => Document;
  /** JSON pointers of those values, in the document as it is. */
  readonly ofAnotherKind: readonly string[];
  /** JSON pointers of what was left out, in the document as it is. */
  readonly leftOut: readonly string[];
  /** Those of mappings in which something stands in for a key that they must have. */
  readonly filledIn: readonly string[];
  /** The pointer in the document as it is, for one in `document`. */
  readonly originalPath: (pointer: string) => string;
}

/** Releases to go on with where the document names none: what holds for both has nothing to do with the release. */
export interface AssumedReleases {
  readonly first: string;
  readonly second: string;
}

/** What is left out in more rounds than this leaves nothing to look at. */
const ROUND_LIMIT = 8;

/**
 * The part of a document that has the form the schema demands, so that the rest can be checked in the same run. Undefined
 * when there is none. `isUnknownRelease` says that the release has its form and is not known.
 */
export function soundPart(
  document: Document,
  releases: AssumedReleases,
  isUnknownRelease = false,
): SoundPart | undefined {
  if (!document.root.entries) return undefined;
  const leftOut = new Map<string, SchemaError | undefined>();
  if (isUnknownRelease) leftOut.set('/release', undefined);
  for (let round = 0; round < ROUND_LIMIT; round++) {
    const pruned = new Pruning(leftOut, (pointer) => topLevel(document, pointer, releases.first));
    const root = pruned.prune(document.root);
    const value = toValue(root);
    const errors = schemaErrors(value);
    if (errors.length === 0)
      return {
        document: { ...document, root, value },
        asMeant: asMeant(document, leftOut, releases.second),
        asMeantFilledIn: () => asMeant(document, leftOut, releases.second, 'filled in'),
        asMeantByKind: () => asMeant(document, leftOut, releases.second, 'by kind'),
        ofAnotherKind: [...leftOut].flatMap(([pointer, error]) =>
          error?.keyword === 'type' ? [pointer] : [],
        ),
        leftOut: [...leftOut.keys()],
        filledIn: pruned.filledIn,
        originalPath: (pointer) => toPointer(pruned.original(fromPointer(pointer))),
      };
    const known = leftOut.size;
    for (const error of errors) {
      const path = pruned.original(subjectOf(error));
      if (path.length === 0) return undefined;
      leftOut.set(toPointer(path), error);
    }
    if (leftOut.size === known) return undefined;
  }
  return undefined;
}

/** The path of what has to go so that an error goes. */
function subjectOf({ path, keyword, params, propertyName }: SchemaError): readonly string[] {
  if (propertyName !== undefined) return [...path, propertyName];
  if (keyword === 'additionalProperties') return [...path, String(params['additionalProperty'])];
  if (keyword === 'uniqueItems') return [...path, String(params['i'])];
  // What is missing in a mapping is filled in, where that can be done.
  const missing = [...path, String(params['missingProperty'])];
  return keyword === 'required' && (path.length === 0 || standIn(missing) !== undefined) ? missing : path;
}

/** What stands in for a key of the top that every document must have. */
function topLevel(document: Document, pointer: string, release: string): SourceNode | undefined {
  const scalar = pointer === '/apiVersion' ? 'pachkit/v1' : pointer === '/release' ? release : undefined;
  if (scalar === undefined) return undefined;
  return { ...placeOf(document.root, pointer.slice(1)), scalar };
}

/** Where a key and its value are; the beginning of the mapping where it has no such key. */
function placeOf({ entries, source, start }: SourceNode, key: string): SourceNode {
  const written = entries?.get(key);
  if (!written) return { source, start, end: start };
  const { keyStart, keyEnd } = written;
  const keyPlace = keyStart === undefined || keyEnd === undefined ? {} : { keyStart, keyEnd };
  return { source: written.source, start: written.start, end: written.end, ...keyPlace };
}

/** Copies a tree without what is left out. */
class Pruning {
  /** For lists that have lost items, by their path afterwards: the positions that those left over had. */
  readonly #positions = new Map<string, number[]>();
  readonly filledIn: string[] = [];

  constructor(
    private readonly leftOut: ReadonlyMap<string, unknown>,
    private readonly replacement: (pointer: string) => SourceNode | undefined,
  ) {}

  prune(root: SourceNode): SourceNode {
    const pruned = this.#visit(root, '', '');
    const entries = new Map(pruned.entries);
    for (const key of ['apiVersion', 'release']) {
      const node = this.leftOut.has(`/${key}`) ? this.replacement(`/${key}`) : undefined;
      if (node) entries.set(key, node);
    }
    return { ...pruned, entries };
  }

  original(path: readonly string[]): string[] {
    let pointer = '';
    return path.map((step) => {
      const position = this.#positions.get(pointer)?.[Number(step)];
      pointer += toPointer([step]);
      return position === undefined ? step : String(position);
    });
  }

  #visit(node: SourceNode, before: string, after: string): SourceNode {
    if (node.entries) {
      const entries = new Map<string, SourceNode>();
      for (const [key, child] of node.entries) {
        const step = toPointer([key]);
        if (!this.leftOut.has(before + step))
          entries.set(key, this.#visit(child, before + step, after + step));
      }
      this.#fillIn(node, before, entries);
      return { ...node, entries };
    }
    if (!node.items) return node;
    const items: SourceNode[] = [];
    const positions: number[] = [];
    node.items.forEach((item, index) => {
      if (this.leftOut.has(`${before}/${index}`)) return;
      items.push(this.#visit(item, `${before}/${index}`, `${after}/${items.length}`));
      positions.push(index);
    });
    if (positions.length < node.items.length) this.#positions.set(after, positions);
    return { ...node, items };
  }

  /** Puts values that are as good as any into the place of required ones that were left out. */
  #fillIn(node: SourceNode, pointer: string, entries: Map<string, SourceNode>): void {
    const path = fromPointer(pointer);
    if (path.length === 0) return;
    for (const key of (schemaAt(path)['required'] ?? []) as string[]) {
      if (entries.has(key) || !this.leftOut.has(pointer + toPointer([key]))) continue;
      const value = standIn([...path, key]);
      if (value === undefined) continue;
      entries.set(key, valueNode(value, placeOf(node, key)));
      this.filledIn.push(pointer);
    }
  }
}

/** What says that a value is of the wrong kind, not only written wrong. */
const OF_ANOTHER_KIND: ReadonlySet<string> = new Set(['type', 'required']);

/** The document with slips of the keyboard corrected, as far as they have one likely meaning, and everything else as it is. */
function asMeant(
  document: Document,
  leftOut: ReadonlyMap<string, SchemaError | undefined>,
  release: string,
  way?: 'filled in' | 'by kind',
): Document {
  const isLeftOut = (path: readonly PathStep[]): boolean => {
    const pointer = toPointer(path);
    const keyword = leftOut.get(pointer)?.keyword ?? '';
    if (way !== 'by kind' || !OF_ANOTHER_KIND.has(keyword)) return false;
    // A required key that was left out for its value is not missing.
    return keyword !== 'required' || ![...leftOut.keys()].some((other) => other.startsWith(`${pointer}/`));
  };
  const visit = (node: SourceNode, path: readonly PathStep[]): SourceNode => {
    if (node.items) {
      const items = node.items.map((item, index) => [item, [...path, index]] as const);
      return {
        ...node,
        items: items.filter(([, place]) => !isLeftOut(place)).map(([item, place]) => visit(item, place)),
      };
    }
    if (!node.entries) return { ...node, scalar: meantValue(node, leftOut.get(toPointer(path)), path) };
    const entries = new Map<string, SourceNode>();
    const settings = new Map<string, SourceNode>();
    for (const [key, child] of node.entries) {
      const error = leftOut.get(toPointer([...path, key]));
      const name = error?.keyword === 'additionalProperties' ? meantKey(key, path) : key;
      if (isLeftOut([...path, key]) || isNoneOfItsValues(child, error, [...path, key])) continue;
      if (name !== undefined && (name === key || !node.entries.has(name)))
        entries.set(name, visit(child, [...path, key]));
      else if (name === undefined && isSettingOfConnector(path, key)) settings.set(key, child);
    }
    if (settings.size > 0) entries.set('config', withSettings(entries.get('config') ?? node, settings));
    if (way === 'filled in') fillIn(node, path.map(String), entries);
    return { ...node, entries };
  };
  const root = visit(document.root, []);
  const entries = new Map(root.entries);
  for (const key of ['apiVersion', 'release']) {
    const node = leftOut.has(`/${key}`) ? topLevel(document, `/${key}`, release) : undefined;
    if (node) entries.set(key, node);
  }
  const whole = { ...root, entries };
  return { ...document, root: whole, value: toValue(whole) };
}

/** Puts values of a word of their own into the place of required ones that are missing. */
function fillIn(node: SourceNode, path: readonly string[], entries: Map<string, SourceNode>): void {
  if (path.length === 0) return;
  for (const key of (schemaAt(path)['required'] ?? []) as string[]) {
    const value = entries.has(key) ? undefined : standIn([...path, key], 'filled-in');
    if (value !== undefined) entries.set(key, valueNode(value, placeOf(node, key)));
  }
}

/** The settings of a connector with those that stand beside them. */
function withSettings(
  { source, start, end, entries }: SourceNode,
  settings: ReadonlyMap<string, SourceNode>,
): SourceNode {
  return { source, start, end, entries: new Map([...settings, ...(entries ?? [])]) };
}

function meantKey(key: string, path: readonly PathStep[]): string | undefined {
  const known = Object.keys(schemaAt(path.map(String))['properties'] ?? {});
  const [instead, ...others] = meantByAbsentKey(path.map(String), key);
  return certainly(key, known) ?? suggest(key, known) ?? (others.length === 0 ? instead : undefined);
}

/** Whether a field has a value that it does not take and that resembles none of those: no one knows what it makes of the rest. */
function isNoneOfItsValues(
  node: SourceNode,
  error: SchemaError | undefined,
  path: readonly PathStep[],
): boolean {
  if (error?.keyword !== 'enum') return false;
  const values = schemaAt(path.map(String))['enum'];
  return Array.isArray(values) && !values.includes(meantValue(node, error, path));
}

function meantValue(
  { scalar = null }: SourceNode,
  error: SchemaError | undefined,
  path: readonly PathStep[],
): Exclude<JsonValue, JsonValue[] | { [key: string]: JsonValue }> {
  const values = error && schemaAt(path.map(String))['enum'];
  if (!Array.isArray(values) || typeof scalar !== 'string') return scalar;
  return suggest(scalar, values.map(String)) ?? scalar;
}
