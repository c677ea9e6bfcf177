import type { SourceNode } from './source-node';

/**
 * What `extends` does: `over` is laid over `base`. Mappings merge key by key, lists whose items all have an `id`, or the name
 * of a provider or a preset that is the id without one, merge by id, everything else is replaced. A `null` in `over` takes away
 * what `base` has there.
 * Every value of the result keeps the file and the place where it was written.
 */
export function mergeNodes(base: SourceNode, over: SourceNode): SourceNode {
  if (base.entries && over.entries) return { ...over, entries: mergeEntries(base.entries, over.entries) };
  if (base.items && over.items && hasIds(base.items)) {
    if (hasIds(over.items)) return { ...over, items: mergeItems(base.items, over.items, mergeNodes) };
    const kept = idsIn(over.items);
    const lost = idsIn(base.items).filter((id) => !kept.includes(id));
    if (over.items.length > 0 && lost.length > 0) return { ...over, replaces: lost };
  }
  return over;
}

/** `base` with what `over` has and it has not; what both have is that of `base`. */
export function addNodes(base: SourceNode, over: SourceNode): SourceNode {
  if (base.entries && over.entries) {
    const entries = new Map(base.entries);
    for (const [key, value] of over.entries) {
      const own = entries.get(key);
      entries.set(key, own ? addNodes(own, value) : value);
    }
    return { ...base, entries };
  }
  if (!base.items || !over.items || !hasIds(base.items) || !hasIds(over.items)) return base;
  return { ...base, items: mergeItems(base.items, over.items, addNodes) };
}

function mergeEntries(
  base: ReadonlyMap<string, SourceNode>,
  over: ReadonlyMap<string, SourceNode>,
): ReadonlyMap<string, SourceNode> {
  const entries = new Map(base);
  for (const [key, value] of over) {
    const inherited = entries.get(key);
    if (value.scalar === null && inherited) entries.delete(key);
    else entries.set(key, inherited ? mergeNodes(inherited, value) : value);
  }
  return entries;
}

function mergeItems(
  base: readonly SourceNode[],
  over: readonly SourceNode[],
  merge: typeof mergeNodes,
): readonly SourceNode[] {
  const items = [...base];
  for (const item of over) {
    const at = items.findIndex((other) => idOf(other) === idOf(item));
    const inherited = items[at];
    if (inherited) items[at] = merge(inherited, item);
    else items.push(item);
  }
  return items;
}

/** An empty list has none: laid over another it replaces that, which is how a document does without what it inherits. */
function hasIds(items: readonly SourceNode[]): boolean {
  return items.length > 0 && items.every((item) => idOf(item) !== undefined);
}

function idsIn(items: readonly SourceNode[]): string[] {
  return items.map(idOf).filter((id) => id !== undefined);
}

function idOf(item: SourceNode): string | undefined {
  const id = (item.entries?.get('id') ?? item.entries?.get('provider') ?? item.entries?.get('preset'))
    ?.scalar;
  return typeof id === 'string' ? id : undefined;
}
