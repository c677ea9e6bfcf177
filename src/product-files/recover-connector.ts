import { isConnectorType } from '../connectors/connector-types';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { SourceFile } from '../document/source-file';
import type { SourceNode } from '../document/source-node';
import { readRange } from './embedded-text';
import type { RecoveredFile } from './product-file';

/** A connector file has about ten lines; a string with more than this is something else. */
const LINE_LIMIT = 200;

const HINT = 'this follows from the lost nesting: do first what the finding FIL001 says';

const PAIR = /^([ \t]*)(["']?)([A-Za-z_][\w-]*)\2[ \t]*:(?=[ \t]|$)[ \t]*/;
const ITEM = /^[ \t]*-[ \t]+/;

/**
 * The connector behind a string that is neither YAML nor JSON because the nesting of its settings, and perhaps its braces,
 * got lost when it was copied: a list of `key: value` lines. Undefined when the text does not look like that.
 */
export function recoverConnector(source: SourceFile): RecoveredFile | undefined {
  const lines = linesOf(source.text);
  if (lines.length > LINE_LIMIT) return undefined;
  const entries = new Map<string, SourceNode>();
  const diagnostics: Diagnostic[] = [];
  let last: string | undefined;
  for (const { start, text } of lines) {
    const pair = PAIR.exec(text);
    const key = pair?.[3];
    if (pair && key !== undefined) {
      last = key;
      if (!entries.has(key)) entries.set(key, pairNode(source, start, text, pair));
    } else if (ITEM.test(text) && last !== undefined) {
      const item = itemNode(source, start, text);
      const owner = entries.get(last);
      if (owner && item && (owner.items ?? owner.scalar === null))
        entries.set(last, { ...placeOf(owner), items: [...(owner.items ?? []), item] });
      else diagnostics.push(orphan(source, start, text, last));
    }
  }
  const type = entries.get('type')?.scalar;
  const looksLikeConnector = typeof type === 'string' && isConnectorType(type) && entries.has('id');
  if (!looksLikeConnector || entries.has('config') || entries.has('apiVersion')) return undefined;
  return { source, roots: [{ source, start: 0, end: source.text.length, entries }], diagnostics, hint: HINT };
}

interface Line {
  readonly start: number;
  /** Without its end, and without what only JSON in one piece would have around it. */
  readonly text: string;
}

function linesOf(text: string): Line[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const here = { start, text: line.trimEnd() };
    start += line.length + 1;
    return here;
  });
}

function pairNode(source: SourceFile, start: number, text: string, pair: RegExpExecArray): SourceNode {
  const [whole, indent = '', quote = '', key = ''] = pair;
  const keyStart = start + indent.length;
  const keyEnd = keyStart + key.length + 2 * quote.length;
  const from = start + whole.length;
  // The comma after a JSON value separates it from the next; in YAML it would be a part of the value.
  const to = start + (quote === '"' ? text.replace(/,$/, '') : text).length;
  const value = from < to ? readRange(source, from, to) : undefined;
  const place = { source, start: from, end: Math.max(from, to), keyStart, keyEnd };
  if (from >= to) return { ...place, scalar: null };
  return value ? { ...value, ...place } : { ...place, scalar: source.text.slice(from, to) };
}

function itemNode(source: SourceFile, start: number, text: string): SourceNode | undefined {
  const marker = ITEM.exec(text)?.[0].length ?? 0;
  return readRange(source, start + marker, start + text.length);
}

function placeOf({ source, start, end, keyStart, keyEnd }: SourceNode): SourceNode {
  return {
    source,
    start,
    end,
    ...(keyStart === undefined || keyEnd === undefined ? {} : { keyStart, keyEnd }),
  };
}

function orphan(source: SourceFile, start: number, text: string, last: string): Diagnostic {
  return {
    code: 'DOC002',
    severity: 'error',
    message: `The YAML is not well-formed: the item of a list stands below \`${last}\`, which has a value already`,
    location: source.locate(start + text.search(/\S/), start + text.length),
    path: '',
    hint: 'write the line of the key that the list belongs to before it, such as `scopes:`',
  };
}
