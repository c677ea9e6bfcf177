import type { PathStep, SourceNode } from './source-node';

/** A string somewhere in a tree. */
export interface TextPlace {
  readonly path: readonly PathStep[];
  readonly text: string;
}

/** Every text at and under `node`, keys not among them. */
export function* textsUnder(node: SourceNode, path: readonly PathStep[] = []): Iterable<TextPlace> {
  for (const [key, child] of node.entries ?? []) yield* textsUnder(child, [...path, key]);
  for (const [index, child] of (node.items ?? []).entries()) yield* textsUnder(child, [...path, index]);
  if (typeof node.scalar === 'string') yield { path, text: node.scalar };
}
