import type { Fix } from '../diagnostics/diagnostic';
import { formatPath, nodeAt, type PathStep, type SourceNode } from './source-node';

/**
 * The fix that removes a key and its value from a mapping whose entries have lines of their own. A mapping that would be left
 * empty goes with it. Comments above stay. Undefined where the entry shares a line with others, stands in another file than
 * `file`, or is written elsewhere, as behind an alias.
 */
export function removeEntry(root: SourceNode, path: readonly PathStep[], file: string): Fix | undefined {
  const parent = nodeAt(root, path.slice(0, -1));
  const node = nodeAt(root, path);
  if (!parent?.entries || node?.keyStart === undefined || node.source.name !== file) return undefined;
  if (parent.entries.size === 1 && path.length > 1) return removeEntry(root, path.slice(0, -1), file);
  const { text } = node.source;
  const start = text.lastIndexOf('\n', node.keyStart - 1) + 1;
  const last = lastCharacter(text, node.keyStart, node.end);
  const lineEnd = text.indexOf('\n', last);
  const end = lineEnd < 0 ? text.length : lineEnd + 1;
  const isAlone =
    /^ *$/.test(text.slice(start, node.keyStart)) && /^[ \t]*(#.*)?\r?\n?$/.test(text.slice(last, end));
  if (!isAlone || node.end < node.keyStart) return undefined;
  const { range } = node.source.locate(start, end);
  return range && { title: `Remove ${formatPath(path)}`, range, replacement: '' };
}

/** The offset behind the last character of a value that is not white space. */
function lastCharacter(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && /\s/.test(text.charAt(last - 1))) last--;
  return last;
}
