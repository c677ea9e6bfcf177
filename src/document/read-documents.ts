import path from 'node:path';
import type { Diagnostic, SourceLocation } from '../diagnostics/diagnostic';
import type { Document } from './document';
import type { DocumentInput } from './input';
import { mergeNodes } from './merge';
import { placeOf, readSource } from './read-source';
import { readYaml } from './read-yaml';
import { nodeAt, toValue, type SourceNode } from './source-node';

/** How far `extends` may reach: a base of a base of a base … */
const EXTENDS_LIMIT = 20;

/**
 * Reads one file, YAML, JSON or TypeScript, and everything it extends. A YAML file may hold several documents,
 * separated by `---`; each is a cluster of its own. `-` is standard input.
 */
export function readDocuments(
  fileName: string,
  input: DocumentInput,
): { documents: Document[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const { absolute, shownName, isStandardInput } = placeOf(fileName, input);
  const nodes = readFile(absolute, shownName, isStandardInput, input, { file: shownName }, diagnostics);
  if (!nodes) return { documents: [], diagnostics };

  const directory = path.dirname(absolute);
  const documents: Document[] = [];
  for (const node of nodes) {
    const root = applyExtends(node, directory, shownName, [absolute], input, diagnostics);
    if (root)
      documents.push({
        file: shownName,
        directory,
        defaultName: nameOf(absolute),
        root,
        value: toValue(root),
      });
  }
  return { documents, diagnostics };
}

function nameOf(absolute: string): string {
  const base = path.basename(absolute).replace(/\.(ya?ml|json|[cm]?[jt]s)$/i, '');
  // Every directory may have its own pachyderm.yaml; then the directory tells the clusters apart.
  const name = /^(pachyderm|pachkit|cluster|index)$/i.test(base)
    ? path.basename(path.dirname(absolute)) || base
    : base;
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .slice(0, 63)
      .replace(/^-+|-+$/g, '') || 'pachyderm'
  );
}

function readFile(
  absolute: string,
  shownName: string,
  isStandardInput: boolean,
  input: DocumentInput,
  referredFrom: SourceLocation,
  diagnostics: Diagnostic[],
): SourceNode[] | undefined {
  const { source, diagnostics: problems } = readSource(
    absolute,
    shownName,
    isStandardInput,
    input,
    referredFrom,
  );
  diagnostics.push(...problems);
  if (!source) return undefined;

  const read =
    source.language === 'typescript'
      ? // Loaded on use: it brings a TypeScript parser along, which is as large as all the rest of this stage.
        (require('./read-typescript') as typeof import('./read-typescript')).readTypeScript(source, absolute)
      : readYaml(source);
  for (const problem of read.diagnostics) diagnostics.push(problem);
  if (read.diagnostics.some(({ severity }) => severity === 'error')) return undefined;
  if (read.nodes.length > 0) return read.nodes;
  diagnostics.push({
    code: 'DOC010',
    severity: 'error',
    message: 'The file holds no document',
    location: source.locate(0, 0),
    path: '',
    hint: 'write one, or let pachkit do it: pachkit init my-cluster',
  });
  return undefined;
}

function applyExtends(
  node: SourceNode,
  directory: string,
  shownName: string,
  chain: readonly string[],
  input: DocumentInput,
  diagnostics: Diagnostic[],
): SourceNode | undefined {
  const extending = nodeAt(node, ['extends']);
  if (!node.entries || !extending) return node;
  const names = extending.items ?? [extending];
  // An empty list extends nothing; the schema says that it must not be empty.
  if (names.length === 0) return node;
  const fail = (at: SourceNode, message: string, hint: string): undefined => {
    const location = at.source.locate(at.start, at.end);
    diagnostics.push({ code: 'DOC011', severity: 'error', message, location, path: '/extends', hint });
    return undefined;
  };

  let base: SourceNode | undefined;
  let failed = false;
  for (const item of names) {
    const name = item.scalar;
    if (typeof name !== 'string') {
      fail(item, 'extends takes the path of a document, or a list of paths', 'write: extends: ./base.yaml');
      failed = true;
      continue;
    }
    const absolute = path.resolve(directory, name);
    if (chain.includes(absolute) || chain.length > EXTENDS_LIMIT) {
      fail(
        item,
        `The document extends itself: ${[...chain, absolute].map((file) => path.basename(file)).join(' → ')}`,
        'remove one extends of the circle',
      );
      failed = true;
      continue;
    }
    // Shown the way the extending document was named, so that nothing absolute appears that the user did not write.
    const shown =
      shownName === '<stdin>' || path.isAbsolute(name) ? name : path.join(path.dirname(shownName), name);
    const location = item.source.locate(item.start, item.end);
    const nodes = readFile(absolute, shown, false, input, location, diagnostics);
    const first = nodes?.[0];
    if (!nodes || !first) {
      failed = true;
      continue;
    }
    if (nodes.length > 1) {
      fail(
        item,
        `${name} holds ${nodes.length} documents; only a file with one can be extended`,
        'move the base into a file of its own',
      );
      failed = true;
      continue;
    }
    const resolved = applyExtends(
      first,
      path.dirname(absolute),
      shown,
      [...chain, absolute],
      input,
      diagnostics,
    );
    if (!resolved) failed = true;
    else base = base ? mergeNodes(base, resolved) : resolved;
  }
  if (failed || !base) return undefined;
  // A base says what its own files are relative to with its own extends; the extending document keeps only its own.
  return mergeNodes(withoutName(base), node);
}

/** A name is never inherited: two clusters that extend one base must not end up with one name. */
function withoutName(node: SourceNode): SourceNode {
  if (!node.entries) return node;
  const entries = new Map(node.entries);
  entries.delete('name');
  entries.delete('extends');
  return { ...node, entries };
}
