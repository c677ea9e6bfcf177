import type { Diagnostic } from '../diagnostics/diagnostic';
import { surrogateEscape } from '../document/go-yaml';
import { toPointer, type PathStep, type SourceNode } from '../document/source-node';

/**
 * Strings in double quotes that every product's reader refuses, though JSON permits them: go-yaml takes no escape of half a
 * UTF-16 pair, such as JSON writers make of emoji.
 */
export function unreadableEscapes(root: SourceNode): Diagnostic[] {
  const found: Diagnostic[] = [];
  const path: PathStep[] = [];
  const look = (source: SourceNode['source'], start: number, end: number): void => {
    const escape = surrogateEscape(source.text, start, end);
    if (escape) found.push(unreadable(source.locate(...escape), path));
  };
  const visit = (node: SourceNode): void => {
    const { source, start, end, keyStart, keyEnd } = node;
    if (keyStart !== undefined && keyEnd !== undefined) look(source, keyStart, keyEnd);
    if (typeof node.scalar === 'string') look(source, start, end);
    node.entries?.forEach(visitAt);
    node.items?.forEach(visitAt);
  };
  const visitAt = (node: SourceNode, step: PathStep): void => {
    path.push(step);
    visit(node);
    path.pop();
  };
  visit(root);
  return found;
}

function unreadable(location: Diagnostic['location'], path: readonly PathStep[]): Diagnostic {
  return {
    code: 'FIL014',
    severity: 'error',
    message:
      'The escape stands for half of a UTF-16 pair, and the whole file is refused: `yaml: found invalid Unicode character escape code`',
    location,
    path: toPointer(path),
    hint: 'write the character itself, or as \\U and eight hexadecimal digits',
  };
}
