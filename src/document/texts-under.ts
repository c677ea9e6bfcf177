import type { PathStep, SourceNode } from './source-node';

/** A string somewhere in a tree. */
export interface TextPlace {
  readonly path: readonly PathStep[];
  readonly text: string;
}

/** Every text at and under `node`, keys not among them. */
export function textsUnder(node: SourceNode, path: readonly PathStep[] = []): readonly TextPlace[] {
  const found: TextPlace[] = [];
  collect(node, path, found);
  return found;
}

/** Files have thousands of strings, for which generators within generators are slow. */
function collect(
  { entries, items, scalar }: SourceNode,
  path: readonly PathStep[],
  found: TextPlace[],
): void {
  entries?.forEach((child, key) => collect(child, [...path, key], found));
  items?.forEach((child, index) => collect(child, [...path, index], found));
  if (typeof scalar === 'string') found.push({ path, text: scalar });
}
