import type { Fix } from '../diagnostics/diagnostic';

/** The text after all fixes, which are in the order of their places; undefined when two of them are about the same place. */
export function withFixes(text: string, fixes: readonly Fix[]): string | undefined {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = (line: number, column: number): number => (starts[line - 1] ?? text.length) + column - 1;
  let result = text;
  let limit = text.length;
  for (const { range, replacement } of [...fixes].reverse()) {
    const start = offset(range.line, range.column);
    const end = offset(range.endLine, range.endColumn);
    if (end > limit || start > end) return undefined;
    result = result.slice(0, start) + replacement + result.slice(end);
    limit = start;
  }
  return result;
}
