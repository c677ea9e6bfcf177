import type { SourceNode } from '../document/source-node';
import { From, Unchanged, type Derived, type DerivedSettings } from './provider';

/** The nodes of derived settings: each at the field that it follows from, and without one at the line that names the provider. */
export function derivedNode(value: Derived, place: SourceNode, fields: SourceNode): SourceNode | undefined {
  if (value === undefined) return undefined;
  if (value instanceof Unchanged) return fields.entries?.get(value.field);
  if (value instanceof From)
    return derivedNode(value.value, placeOf(fields.entries?.get(value.field) ?? place), fields);
  const here = placeOf(place);
  if (Array.isArray(value)) {
    const items = (value as readonly Derived[]).flatMap((item) => derivedNode(item, place, fields) ?? []);
    return { ...here, items };
  }
  if (value === null || typeof value !== 'object') return { ...here, scalar: value };
  const entries = Object.entries(value as DerivedSettings).flatMap(([key, inner]) => {
    const node = derivedNode(inner, place, fields);
    return node === undefined ? [] : [[key, node] as const];
  });
  return { ...here, entries: new Map(entries) };
}

/** Where a node is, as the place of another: what is derived is not written there, and no fix rewrites it. */
export function placeOf({ source, start, end, keyStart, keyEnd, writtenAt }: SourceNode): SourceNode {
  const key = keyStart === undefined || keyEnd === undefined ? {} : { keyStart, keyEnd };
  return { source, start, end, ...key, ...(writtenAt === undefined ? {} : { writtenAt }), isDerived: true };
}

/** A copy with another value at a path of keys; mappings that are missing on the way are at `place`. */
export function withValueAt(
  node: SourceNode,
  [key, ...rest]: readonly string[],
  place: SourceNode,
  changed: (value: SourceNode | undefined) => SourceNode,
): SourceNode {
  if (key === undefined || !node.entries) return node;
  const inner = node.entries.get(key);
  const value =
    rest.length === 0
      ? changed(inner)
      : withValueAt(inner ?? { ...place, entries: new Map() }, rest, place, changed);
  return { ...node, entries: new Map(node.entries).set(key, value) };
}
