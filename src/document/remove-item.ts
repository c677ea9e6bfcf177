import type { Fix } from '../diagnostics/diagnostic';
import { nodeAt, type PathStep, type SourceNode } from './source-node';

/** Removes an item of a list in brackets; nothing is offered for lists in other forms. */
export function removeItem(root: SourceNode, path: readonly PathStep[], title: string): Fix | undefined {
  const index = path.at(-1);
  const items = nodeAt(root, path.slice(0, -1))?.items;
  if (!items || typeof index !== 'number') return undefined;
  const item = items[index];
  const next = items[index + 1];
  const previous = items[index - 1];
  if (!item || item.isDerived) return undefined;
  const { source } = item;
  const [start, end, between] = next
    ? [item.start, next.start, [item.end, next.start]]
    : [previous?.end ?? item.start, item.end, [previous?.end ?? item.start, item.start]];
  const [from = 0, to = 0] = between;
  if (!/^\s*,\s*$/.test(source.text.slice(from, to))) return undefined;
  const { range } = source.locate(start, end);
  return range && { title, range, replacement: '' };
}
