import { nodeAt, type PathStep, type SourceNode } from '../document/source-node';

/** The string at a path; undefined when there is none, or it is empty, or it is not a string. */
export function stringAt(root: SourceNode, path: readonly PathStep[]): string | undefined {
  const value = nodeAt(root, path)?.scalar;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whether the value at a path is `true`. */
export function isOnAt(root: SourceNode, path: readonly PathStep[]): boolean {
  return nodeAt(root, path)?.scalar === true;
}
