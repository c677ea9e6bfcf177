import type { Diagnostic } from '../diagnostics/diagnostic';
import { hideSecrets } from '../document/mask';
import { readYaml } from '../document/read-yaml';
import { SourceFile } from '../document/source-file';
import type { SourceNode } from '../document/source-node';

/** What a text that is the value of a key holds, when that is YAML or JSON itself. */
export interface EmbeddedDocument {
  readonly root?: SourceNode;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the YAML or JSON in a text value. Places are those in the file for a block text (`|`), whose lines stand in the
 * file as they are; for a text in quotes every place is that of the whole value.
 */
export function readEmbedded(node: SourceNode, text: string): EmbeddedDocument {
  const { source } = node;
  const isBlock = source.text.startsWith('|', node.start);
  const body = isBlock ? source.text.indexOf('\n', node.start) + 1 : 0;
  const inner = isBlock
    ? onlyRange(source, body, node.end)
    : new SourceFile(source.name, text, source.directory);
  const { nodes, diagnostics } = readYaml(inner);
  const root = nodes[0];
  const place = isBlock ? undefined : { start: node.start, end: node.end };
  const here = root && moved(root, source, place);
  if (here) hideSecrets(here);
  const location = source.locate(node.start, node.end);
  return {
    ...(here ? { root: here } : {}),
    diagnostics: isBlock ? diagnostics : diagnostics.map((each) => ({ ...each, location })),
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
