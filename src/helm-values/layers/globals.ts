import type { SourceNode } from '../../document/source-node';
import { laidOver } from './lay-over';

/** Whether the chart of a dependency reads a value of `global`, such as `['postgresql', 'postgresqlHost']`. */
export type ReadsGlobal = (path: readonly string[]) => boolean;

/**
 * The values of a dependency with the `global` of the chart that depends on it, as Helm hands it down (coalesceGlobals): it goes
 * over that of the dependency, mappings merge, and where only one of the two is a mapping that of the dependency stays.
 */
export function withGlobals(values: SourceNode, parent: SourceNode, reads: ReadsGlobal): SourceNode {
  const over = parent.entries?.get('global');
  const own = values.entries?.get('global');
  if (!over?.entries || (own && !own.entries)) return values;
  const entries = new Map(own?.entries);
  for (const [key, value] of over.entries) {
    const known = entries.get(key);
    const read = readPart(value, [key], reads);
    if (read && (!known || (known.entries === undefined) === (read.entries === undefined)))
      entries.set(key, known ? laidOver(known, read) : read);
  }
  if (entries.size === 0 && !own) return values;
  return { ...values, entries: new Map(values.entries).set('global', { ...(own ?? over), entries }) };
}

/** A value without what is there for other charts; undefined where nothing is left. */
function readPart(value: SourceNode, path: readonly string[], reads: ReadsGlobal): SourceNode | undefined {
  if (!reads(path)) return undefined;
  if (!value.entries) return value;
  const entries = new Map<string, SourceNode>();
  for (const [key, inner] of value.entries) {
    const part = readPart(inner, [...path, key], reads);
    if (part) entries.set(key, part);
  }
  return { ...value, entries };
}
