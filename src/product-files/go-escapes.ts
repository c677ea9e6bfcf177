import type { Diagnostic } from '../diagnostics/diagnostic';
import { surrogateEscape } from '../document/go-yaml';
import { toPointer, type PathStep, type SourceNode } from '../document/source-node';

/**
 * Strings in double quotes that every product's reader refuses, though JSON permits them: go-yaml takes no escape of half a
 * UTF-16 pair, such as JSON writers make of emoji.
 */
export function* unreadableEscapes(node: SourceNode, path: readonly PathStep[] = []): Iterable<Diagnostic> {
  const { source, start, end, keyStart, keyEnd } = node;
  if (keyStart !== undefined && keyEnd !== undefined) yield* report(source, keyStart, keyEnd, path);
  if (typeof node.scalar === 'string') yield* report(source, start, end, path);
  for (const [key, child] of node.entries ?? []) yield* unreadableEscapes(child, [...path, key]);
  for (const [index, item] of (node.items ?? []).entries()) yield* unreadableEscapes(item, [...path, index]);
}

function* report(
  source: SourceNode['source'],
  start: number,
  end: number,
  path: readonly PathStep[],
): Iterable<Diagnostic> {
  const escape = surrogateEscape(source.text, start, end);
  if (escape)
    yield {
      code: 'FIL014',
      severity: 'error',
      message:
        'The escape stands for half of a UTF-16 pair, and the whole file is refused: `yaml: found invalid Unicode character escape code`',
      location: source.locate(...escape),
      path: toPointer(path),
      hint: 'write the character itself, or as \\U and eight hexadecimal digits',
    };
}
