import type { SourceLocation } from '../diagnostics/diagnostic';
import type { SourceFile } from './source-file';

/** A JSON value. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** One step of a path into a document: a key of a mapping or an index of a list. */
export type PathStep = string | number;

/**
 * A value together with the place where it was written. A document that extends another is one tree of nodes from
 * several files, so every node carries its own file.
 */
export interface SourceNode {
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
  /** Offsets of the key in front of the value, when the node is an entry of a mapping. */
  readonly keyStart?: number;
  readonly keyEnd?: number;
  /** Set for mappings. */
  readonly entries?: ReadonlyMap<string, SourceNode>;
  /**
   * The same as readers have it to whom the last of several values of a key counts, merged ones (`<<`) in their place among the
   * others; set where that is not the same.
   */
  readonly lastWins?: ReadonlyMap<string, SourceNode> | undefined;
  /** Set for lists. */
  readonly items?: readonly SourceNode[];
  /** Ids of inherited items that a list has lost because it replaces the inherited one: not each item of it has an id. */
  readonly replaces?: readonly string[];
  /** Set for everything else. */
  readonly scalar?: string | number | boolean | null;
  /** Whether the value follows from what is written at its place, and is not written there itself: nothing there may be rewritten. */
  readonly isDerived?: true;
  /** Path of the field in the document that has the value, or that it follows from, where that is not the path of the node. */
  readonly writtenAt?: readonly PathStep[];
}

/** Gives `mapping` a key of its own, also one that every object has by itself. */
export function setOwn<Value>(mapping: { [key: string]: Value }, key: string, value: Value): void {
  if (key === '__proto__')
    Object.defineProperty(mapping, key, { value, enumerable: true, configurable: true, writable: true });
  else mapping[key] = value;
}

/** The plain value of a node and everything under it. */
export function toValue(node: SourceNode): JsonValue {
  if (node.items) return node.items.map(toValue);
  if (!node.entries) return node.scalar ?? null;
  const value: { [key: string]: JsonValue } = {};
  node.entries.forEach((child, key) => setOwn(value, key, toValue(child)));
  return value;
}

/** Nodes with a value, all at one place. */
export function valueNode(value: JsonValue, place: SourceNode): SourceNode {
  if (Array.isArray(value)) return { ...place, items: value.map((item) => valueNode(item, place)) };
  if (value === null || typeof value !== 'object') return { ...place, scalar: value };
  const entries = Object.entries(value).map(([key, inner]) => [key, valueNode(inner, place)] as const);
  return { ...place, entries: new Map(entries) };
}

/** A mapping without keys in the place of a key that has no value: what null is to Go where it decodes a struct. */
export function emptyMapping({ scalar: _, ...place }: SourceNode): SourceNode {
  return { ...place, entries: new Map() };
}

/** The node at `path`, or undefined when the document has none there. */
export function nodeAt(root: SourceNode, path: readonly PathStep[]): SourceNode | undefined {
  let node: SourceNode | undefined = root;
  for (const step of path) {
    if (!node) return undefined;
    node = node.items ? node.items[Number(step)] : node.entries?.get(String(step));
  }
  return node;
}

/**
 * The path of the field that the user wrote for the value at `path`: `path` itself, but for values that follow from another
 * field, or that would stand among such.
 */
export function writtenPath(root: SourceNode, path: readonly PathStep[]): readonly PathStep[] {
  let node: SourceNode | undefined = root;
  let around = root;
  for (const step of path) {
    node = node.items ? node.items[Number(step)] : node.entries?.get(String(step));
    if (!node) return around.isDerived ? (around.writtenAt ?? path) : path;
    around = node;
  }
  return around.writtenAt ?? path;
}

/**
 * Where to point for a finding at `path`: at the value, or with `onKey` at its key. For a path that is not in the
 * document (a default, a missing key) it is the key of the nearest enclosing mapping that is.
 */
export function locate(root: SourceNode, path: readonly PathStep[], onKey = false): SourceLocation {
  const node = nodeAt(root, path);
  if (node) return onKey ? keyLocation(node) : node.source.locate(node.start, node.end);
  for (let length = path.length - 1; length >= 0; length--) {
    const ancestor = nodeAt(root, path.slice(0, length));
    if (ancestor) return keyLocation(ancestor);
  }
  return root.source.locate(0, 0);
}

function keyLocation(node: SourceNode): SourceLocation {
  if (node.keyStart !== undefined && node.keyEnd !== undefined)
    return node.source.locate(node.keyStart, node.keyEnd);
  const first = node.entries?.values().next().value;
  if (first?.keyStart !== undefined && first.keyEnd !== undefined && first.source === node.source)
    return first.source.locate(first.keyStart, first.keyEnd);
  return node.source.locate(node.start, Math.min(node.end, node.start + 1));
}

/** Where a finding about a path of a document is: the place in the file, and the path as a JSON pointer. */
export function placeAt(
  root: SourceNode,
  path: readonly PathStep[],
): { readonly location: SourceLocation; readonly path: string } {
  return { location: locate(root, path), path: toPointer(path) };
}

/** `['auth', 'roleBindings', 'a/b']` as the JSON pointer `/auth/roleBindings/a~1b` (RFC 6901). */
export function toPointer(path: readonly PathStep[]): string {
  return path.map((step) => `/${String(step).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

/** The steps of a JSON pointer (RFC 6901). */
export function fromPointer(pointer: string): string[] {
  return pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** The steps of a JSON pointer into a document, indexes as numbers. */
export function stepsOf(pointer: string): PathStep[] {
  return indexed(fromPointer(pointer));
}

/** Steps whose indexes are numbers: those that consist of digits. */
export function indexed(steps: readonly string[]): PathStep[] {
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** Whether a JSON pointer leads to a place or into it. */
export function isAtOrUnder(pointer: string, place: string): boolean {
  return pointer === place || pointer.startsWith(`${place}/`);
}

/** `['auth', 'roleBindings', 0]` as people write it: `auth.roleBindings[0]`. */
export function formatPath(path: readonly PathStep[]): string {
  return path
    .map((step) =>
      typeof step === 'number'
        ? `[${step}]`
        : /^[A-Za-z_][\w-]*$/.test(step)
          ? `.${step}`
          : `[${JSON.stringify(step)}]`,
    )
    .join('')
    .replace(/^\./, '');
}
