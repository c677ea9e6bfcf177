import { keyNamed } from '../../forms/keys';
import { emptyMapping, type SourceNode } from '../../document/source-node';
import type { ServerSchema } from './server-schema';

/** The key of a section that Dex decodes a name into. */
export function keyOf(written: string, { properties }: ServerSchema): string | undefined {
  return properties && keyNamed(written, properties);
}

/** The entries in the order in which Go's encoder of JSON writes them: sorted by bytes. */
export function inGoOrder(entries: SourceNode['entries']): [string, SourceNode][] {
  return [...(entries ?? [])].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** The values in the order of the file, by which places are found. */
export function inOrderOf(
  { entries }: SourceNode,
  values: ReadonlyMap<string, SourceNode>,
  schema: ServerSchema,
): Map<string, SourceNode> {
  const names = [...(entries?.keys() ?? [])].map((key) => keyOf(key, schema) ?? key);
  return new Map(
    names.flatMap((name) => {
      const value = values.get(name);
      return value ? [[name, value] as const] : [];
    }),
  );
}

/** Of every key the spelling that counts: the last one with a value. */
export function lastSpellings(
  written: readonly (readonly [string, SourceNode])[],
  schema: ServerSchema,
): ReadonlySet<string> {
  const spellings = new Map<string | undefined, string>();
  for (const [key, { scalar }] of written) {
    const name = keyOf(key, schema);
    if (scalar !== null || !spellings.has(name)) spellings.set(name, key);
  }
  return new Set(spellings.values());
}

/** Mappings in two spellings are filled one after the other, so that nothing in them is overruled. */
export function isScalarBefore({ entries }: SourceNode, key: string, last: ReadonlySet<string>): boolean {
  return entries === undefined && !last.has(key);
}

export function isOnlySpelling(key: string, { entries }: SourceNode): boolean {
  return ![...(entries?.keys() ?? [])].some(
    (other) => other !== key && other.toLowerCase() === key.toLowerCase(),
  );
}

/** What Go's decoder makes of two values of one key: mappings are filled one after the other, everything else is replaced. */
export function merged(first: SourceNode | undefined, second: SourceNode): SourceNode {
  if (!first?.entries || !second.entries) return second;
  return { ...second, entries: new Map([...first.entries, ...second.entries]) };
}

/** What null is to Go's decoder in a list or where a section decodes itself: the empty value of its kind. */
export function zeroOf(node: SourceNode, { type }: ServerSchema): SourceNode {
  if (type === 'object') return emptyMapping(node);
  return type === 'string' ? { ...node, scalar: '' } : node;
}
