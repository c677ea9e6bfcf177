import type { Diagnostic, SourceLocation } from '../diagnostics/diagnostic';
import type { DocumentInput } from './input';
import { readSource, type FilePlace } from './read-source';
import { readYaml } from './read-yaml';
import type { SourceNode } from './source-node';

/** The documents of one file that can be had, without what they extend. */
export function readFile(
  place: FilePlace,
  input: DocumentInput,
  referredFrom: SourceLocation,
): { nodes: readonly SourceNode[]; diagnostics: Diagnostic[] } {
  const { source, diagnostics } = readSource(place, input, referredFrom);
  if (!source) return { nodes: [], diagnostics };
  const read =
    source.language === 'typescript'
      ? // Loaded on use: it brings a TypeScript parser along, which is as large as all the rest of this stage.
        (require('./read-typescript') as typeof import('./read-typescript')).readTypeScript(
          source,
          place.absolute,
        )
      : readYaml(source);
  for (const problem of read.diagnostics) diagnostics.push(problem);
  if (read.nodes.length === 0 && read.diagnostics.length === 0)
    diagnostics.push({
      code: 'DOC010',
      severity: 'error',
      message: 'The file holds no document',
      location: source.locate(0, 0),
      path: '',
      hint: 'write one, or let pachkit do it: pachkit init my-cluster',
    });
  return { nodes: read.nodes, diagnostics };
}
