import type { SourceNode } from '../document/source-node';
import { wrongTag } from '../document/yaml-1-1';

/** Something that Go's YAML 1.1 (gopkg.in/yaml.v2) refuses in a string that YAML 1.2 allows. Half-open range of offsets. */
export interface GoYamlFault {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly hint: string;
}

/** The first character behind the backslash, in double quotes. */
const ESCAPES = '0abt\tnvfre "\'\\N_LPxuU\r\n';

/** How many digits of a code point follow. */
const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * What keeps Go from reading a string.
 *
 * @param text what the places of `roots` are in
 */
export function* goYamlFaults(text: string, roots: readonly SourceNode[]): Iterable<GoYamlFault> {
  yield* directives(text);
  const quoted: [number, number][] = [];
  const opaque: [number, number][] = [];
  for (const root of roots) collect(root, text, quoted, opaque);
  for (const [start, end] of quoted) yield* escapes(text, start, end);
  for (const root of roots) yield* tags(root);
  yield* tabs(text, opaque);
}

function* directives(text: string): Iterable<GoYamlFault> {
  const [head = ''] = /^(?:[ \t]*(?:[#%].*)?\r?\n)*%.*/.exec(text) ?? [];
  for (const { 0: line, 1: name = '', 2: version = '', index } of head.matchAll(
    /^%([^\s#]*)(?:[ \t]+([^\s#]*))?.*/gm,
  )) {
    if (name === 'TAG') continue;
    const place = { start: index, end: index + line.length, hint: 'remove the line' };
    if (name !== 'YAML')
      yield {
        ...place,
        message: `Dex knows no directive %${name}: \`error converting YAML to JSON: yaml: found unknown directive name\``,
      };
    else if (version !== '1.1')
      yield {
        ...place,
        message: `Dex reads YAML 1.1 and refuses a file that says it is ${version}: \`error converting YAML to JSON: yaml: found incompatible YAML document\``,
      };
  }
}

/** Values that are not what their tag says. */
function* tags(node: SourceNode): Iterable<GoYamlFault> {
  for (const child of node.entries?.values() ?? []) yield* tags(child);
  for (const item of node.items ?? []) yield* tags(item);
  const wrong = wrongTag(node);
  if (!wrong) return;
  const { tag, resolved } = wrong;
  yield {
    start: node.start,
    end: node.end,
    message: `The tag !!${tag} is on a value of another kind: \`error converting YAML to JSON: yaml: cannot decode !!${resolved} … as a !!${tag}\``,
    hint: 'remove the tag',
  };
}

/** Strings in double quotes; and everything in which a tab at the beginning of a line is nothing special. */
function collect(
  node: SourceNode,
  text: string,
  quoted: [number, number][],
  opaque: [number, number][],
): void {
  const { start, end, keyStart, keyEnd, entries, items, scalar } = node;
  if (keyStart !== undefined && keyEnd !== undefined && text[keyStart] === '"')
    quoted.push([keyStart, keyEnd]);
  const first = text.charAt(start);
  if (typeof scalar === 'string' && first === '"') quoted.push([start, end]);
  if (typeof scalar === 'string' && /["'|>]/.test(first)) opaque.push([start, end]);
  if ((entries ?? items) !== undefined && /[{[]/.test(first)) opaque.push([start, end]);
  for (const child of entries?.values() ?? []) collect(child, text, quoted, opaque);
  for (const item of items ?? []) collect(item, text, quoted, opaque);
}

/** The first of them: Go stops there. */
function* escapes(text: string, start: number, end: number): Iterable<GoYamlFault> {
  for (let at = start + 1; at < end; at++) {
    if (text[at] !== '\\') continue;
    const letter = text.charAt(at + 1);
    const digits = DIGITS[letter] ?? 0;
    const code = Number.parseInt(text.slice(at + 2, at + 2 + digits), 16);
    const place = { start: at, end: at + 2 + digits };
    if (!ESCAPES.includes(letter)) {
      yield {
        ...place,
        message: `Dex reads YAML 1.1, JSON too, which has no \\${letter}: \`error converting YAML to JSON: yaml: found unknown escape character\``,
        hint: letter === '/' ? 'write / without a backslash' : 'write the character itself',
      };
      return;
    }
    if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
      yield {
        ...place,
        message:
          'Dex reads YAML 1.1, JSON too, which has no halves of characters: `error converting YAML to JSON: yaml: found invalid Unicode character escape code`',
        hint: 'write the character itself, in Python with json.dumps(…, ensure_ascii=False)',
      };
      return;
    }
    at += 1;
  }
}

/** Lines that are blank or a comment, with a tab in front of it where the indentation is. */
const TAB = /^( *)\t[ \t]*(#.*)?\r?$/gm;

function* tabs(text: string, opaque: readonly (readonly [number, number])[]): Iterable<GoYamlFault> {
  if (!text.includes('\t')) return;
  for (const { 0: line, 1: blanks = '', index } of text.matchAll(TAB)) {
    if (opaque.some(([start, end]) => start < index && index < end)) continue;
    // A value without quotes may go on, and then the tab is a blank in it.
    if (blanks.length > indentationBefore(text, index)) continue;
    yield {
      start: index + blanks.length,
      end: index + line.length,
      message:
        'Dex refuses a tab at the beginning of a line, in front of a comment and in a blank line too: `error converting YAML to JSON: yaml: … found a tab character that violates indentation`',
      hint: 'replace the tab by spaces, or empty the line',
    };
  }
}

/** The column of the key in the last line that has one; where there is none, a tab is refused in any column. */
function indentationBefore(text: string, index: number): number {
  const line = text
    .slice(0, index)
    .split('\n')
    .findLast((each) => /^\s*[^\s#]/.test(each));
  if (line === undefined || /["'\]}][ \t]*(#.*)?$|:[ \t]*(#.*)?$/.test(line)) return Infinity;
  return /^ *(- +)*/.exec(line)?.[0].length ?? 0;
}
