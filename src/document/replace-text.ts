import type { Fix } from '../diagnostics/diagnostic';
import { nodeAt, type PathStep, type SourceNode } from './source-node';

/**
 * The fix that puts `replacement` in the place of the text at `path`. Undefined where the text is not simply written there:
 * an alias, a block of lines, a string with escapes, an expression of a program.
 */
export function replaceText(
  root: SourceNode,
  path: readonly PathStep[],
  replacement: string,
  title: string,
): Fix | undefined {
  const node = nodeAt(root, path);
  if (node?.isDerived || typeof node?.scalar !== 'string') return undefined;
  const written = node.source.text.slice(node.start, node.end);
  const quote = /^(['"`])[^]*\1$/.test(written) ? written.slice(0, 1) : '';
  if (written !== quote + node.scalar + quote) return undefined;
  const { range } = node.source.locate(node.start, node.end);
  return range && { title, range, replacement: quote + replacement + quote };
}
