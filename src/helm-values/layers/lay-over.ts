import type { SourceNode } from '../../document/source-node';

/** As Helm lays values over others: mappings merge, everything else replaces; null stays, for it takes the chart's default away. */
export function laidOver(base: SourceNode, over: SourceNode): SourceNode {
  if (!base.entries || !over.entries) return over;
  const entries = new Map(base.entries);
  for (const [key, value] of over.entries) {
    const inherited = entries.get(key);
    entries.set(key, inherited ? laidOver(inherited, value) : value);
  }
  return { ...over, entries };
}
