import type { Diagnostic, SourceLocation } from '../diagnostics/diagnostic';
import { hideSecretsBeforeShowing } from '../document/mask';
import { readYaml } from '../document/read-yaml';
import { SourceFile } from '../document/source-file';
import type { SourceNode } from '../document/source-node';
import { asYaml11 } from '../document/yaml-1-1';

/** What a string that is the value of a key holds, when that is YAML or JSON itself. */
export interface EmbeddedDocument {
  /** One for each document in the text. */
  readonly roots: readonly SourceNode[];
  readonly diagnostics: readonly Diagnostic[];
  /** The text, as far as possible as it is written in the file. */
  readonly text: string;
  /** Where a part of `text` was written. */
  readonly locate: (start: number, end: number) => SourceLocation;
}

/**
 * Reads the YAML or JSON in a string value, which its reader takes for YAML 1.1. Places are those in the file for a block text
 * (`|`), whose lines stand in the file as they are; for a string in quotes, or one that was decoded, every place is that of the
 * whole value.
 */
export function readEmbedded(node: SourceNode, text: string): EmbeddedDocument {
  const { source } = node;
  const isBlock =
    source.language !== 'argument' && source.text.startsWith('|', node.start) && text === node.scalar;
  if (!isBlock) return readElsewhere(node, text);
  const block = readBlock(node);
  // Documents are separated at the beginning of a line, which is indented in the file.
  const isSeveral = block.diagnostics.length > 0 && /^---/m.test(text);
  return isSeveral ? readElsewhere(node, text) : block;
}

function readBlock({ source, start, end }: SourceNode): EmbeddedDocument {
  const body = source.text.indexOf('\n', start) + 1;
  const { nodes, diagnostics } = readYaml(onlyRange(source, body, end));
  const roots = nodes.map((root) => moved(root, source, undefined));
  for (const root of roots) hideSecretsBeforeShowing(root);
  return {
    roots,
    diagnostics,
    text: source.text.slice(body, end),
    locate: (from, to) => source.locate(body + from, body + to),
  };
}

function readElsewhere({ source, start, end }: SourceNode, text: string): EmbeddedDocument {
  const { nodes, diagnostics } = readYaml(new SourceFile(source.name, text, source.directory));
  const roots = nodes.map((root) => moved(asYaml11(root), source, { start, end }));
  for (const root of roots) hideSecretsBeforeShowing(root);
  // Which parts of a string that cannot be read are secrets is not known.
  if (diagnostics.length > 0) source.hide(start, end);
  const location = source.locate(start, end);
  return {
    roots,
    diagnostics: diagnostics.map((each) => ({ ...each, location })),
    text,
    locate: () => location,
  };
}

/** The value that stands in a range of a file; undefined when there is none, or it is not well-formed. */
export function readRange(source: SourceFile, start: number, end: number): SourceNode | undefined {
  const { nodes, diagnostics } = readYaml(onlyRange(source, start, end));
  const root = diagnostics.length === 0 ? nodes[0] : undefined;
  return root && moved(root, source, undefined);
}

/** The file with blanks in place of everything else, so that offsets stay. */
function onlyRange(source: SourceFile, start: number, end: number): SourceFile {
  const before = source.text.slice(0, start).replace(/[^\n]/g, ' ');
  return new SourceFile(source.name, before + source.text.slice(start, end), source.directory);
}

/** The same tree in another file with the same text. */
export function movedTo(node: SourceNode, source: SourceFile): SourceNode {
  return moved(node, source, undefined);
}

/** The tree in another file, and with a place of its own when it has none there. */
function moved(node: SourceNode, source: SourceFile, place: Place | undefined): SourceNode {
  const { entries, items, scalar } = node;
  const here = place ? { ...place, source } : { ...node, source };
  if (entries)
    return {
      ...here,
      entries: new Map([...entries].map(([key, child]) => [key, moved(child, source, place)])),
    };
  if (items) return { ...here, items: items.map((item) => moved(item, source, place)) };
  return { ...here, scalar: scalar ?? null };
}

interface Place {
  readonly start: number;
  readonly end: number;
}
