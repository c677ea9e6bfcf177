import path from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { Bases } from './bases';
import { clusterName, type Document } from './document';
import type { DocumentInput } from './input';
import { readFile } from './read-nodes';
import { placeOf } from './read-source';
import { toValue } from './source-node';
import { withoutAround } from '../forms/trim';

/**
 * Reads one file, YAML, JSON or TypeScript, and everything it extends. A YAML file may hold several documents,
 * separated by `---`; each is a cluster of its own. `-` is standard input. Bases are kept in `bases`, so that files that
 * extend the same ones read those once.
 */
export function readDocuments(
  fileName: string,
  input: DocumentInput,
  bases = new Bases(input),
): { documents: Document[]; diagnostics: Diagnostic[] } {
  const place = placeOf(fileName, input);
  const { nodes, diagnostics } = readFile(place, input, { file: place.shownName });
  const directory = path.dirname(place.absolute);
  const documents: Document[] = [];
  const defaultName = nameOf(place.absolute);
  for (const node of nodes) {
    const {
      node: root,
      lacksBase = false,
      diagnostics: problems,
      bases: below = [],
    } = bases.resolve(node, place);
    const document = {
      file: place.shownName,
      directory,
      defaultName,
      root,
      value: toValue(root),
      lineage: { file: place.absolute, bases: below },
      lacksBase,
    };
    const clusters = [clusterName(document)];
    for (const problem of problems) diagnostics.push({ ...problem, clusters });
    documents.push(document);
  }
  return { documents, diagnostics };
}

function nameOf(absolute: string): string {
  const base = path.basename(absolute).replace(/\.(ya?ml|json|[cm]?[jt]s)$/i, '');
  // Every directory may have its own pachyderm.yaml; then the directory tells the clusters apart.
  const name = /^(pachyderm|pachkit|cluster|index)$/i.test(base)
    ? path.basename(path.dirname(absolute)) || base
    : base;
  return clusterNameFrom(name);
}

/** A valid name of a cluster that is as close to the string as can be. */
export function clusterNameFrom(text: string): string {
  const words = text
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .slice(0, 63);
  return withoutAround(words, '-') || 'pachyderm';
}
