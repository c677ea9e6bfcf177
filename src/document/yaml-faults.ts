import { isPair, parseAllDocuments, visit, type Document, type Node, type YAMLError } from 'yaml';
import { TOO_DEEP } from './yaml-limits';

/** Something in a text that is not YAML. */
export interface YamlFault {
  readonly code: string;
  /** Half-open range of UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly hint?: string;
}

/** Faults that deserve more than the parser's own sentence: its code to ours. */
const KNOWN_FAULTS: Readonly<Record<string, { code: string; hint: string }>> = {
  TAB_AS_INDENT: {
    code: 'DOC003',
    hint: 'YAML is indented with spaces; replace every tab at the start of a line by two spaces',
  },
  BAD_INDENT: { code: 'DOC002', hint: 'give all keys of one mapping the same indentation' },
  MULTILINE_IMPLICIT_KEY: {
    code: 'DOC002',
    hint: 'check the indentation, and quote values that contain ": "',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    code: 'DOC002',
    hint: 'check the indentation, and quote values that contain ": "',
  },
  MISSING_CHAR: {
    code: 'DOC002',
    hint: 'close the bracket, brace or quote that was opened before, or add the missing ":" or ","',
  },
  BAD_ALIAS: { code: 'DOC002', hint: 'quote values that begin with "*"' },
  UNEXPECTED_TOKEN: {
    code: 'DOC002',
    hint: 'quote the value if it contains one of : # { } [ ] , & * ! | > % @',
  },
};

/** The most faults that are reported for a text: what comes later follows from those before. */
const FAULT_LIMIT = 20;

/** What a parser that goes on after a fault makes of a text. */
export interface YamlExamination {
  /** Everything that keeps the text from being YAML. */
  readonly faults: readonly YamlFault[];
  /**
   * The same text for parsers that are strict: no closing bracket is indented too little, as in JSON that was pasted behind
   * a key, because the bracket is on the line before. All else is where it was.
   */
  readonly strictText: string;
}

/** Examines a text that the parser for sound texts refuses. It takes several times as long as that one. */
export function examineYaml(text: string): YamlExamination {
  const documents = parse(text);
  const faults = documents
    .flatMap(({ errors }) => withoutEchoes(errors))
    .slice(0, FAULT_LIMIT)
    .map(faultOf);
  return { faults, strictText: faults.length > 0 ? text : withBracketsMovedUp(text, documents) };
}

function parse(text: string): readonly Document.Parsed[] {
  try {
    return parseAllDocuments(text, { uniqueKeys: false, prettyErrors: false, schema: 'core' });
  } catch (error) {
    // It recurses, so thousands of nested brackets exhaust the stack.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function faultOf({ code, message, pos }: YAMLError): YamlFault {
  if (code === 'RESOURCE_EXHAUSTION')
    return { code: 'DOC007', start: pos[0], end: pos[1], message: TOO_DEEP[0], hint: TOO_DEEP[1] };
  const known = KNOWN_FAULTS[code];
  return {
    code: known?.code ?? 'DOC002',
    start: pos[0],
    end: pos[1],
    message: `The YAML is not well-formed: ${sentence(message)}`,
    ...(known ? { hint: known.hint } : {}),
  };
}

/** Makes spaces of line breaks and comments between the last item of a collection in brackets and its closing bracket. */
function withBracketsMovedUp(text: string, documents: readonly Document.Parsed[]): string {
  const places: (readonly [start: number, end: number])[] = [];
  for (const document of documents)
    visit(document, {
      Collection(_key, { flow, range, items }) {
        if (flow && range) places.push([endOf(items.at(-1)) ?? range[0] + 1, range[1] - 1]);
      },
    });
  const parts: string[] = [];
  let done = 0;
  for (const [start, end] of places.sort(([a], [b]) => a - b)) {
    if (start < done || end <= start) continue;
    const between = text.slice(start, end).replace(/#[^\n]*|[\r\n]/g, (found) => ' '.repeat(found.length));
    parts.push(text.slice(done, start), between);
    done = end;
  }
  return parts.join('') + text.slice(done);
}

function endOf(item: unknown): number | undefined {
  if (!isPair<Node, Node | null>(item)) return (item as Node | undefined)?.range?.[1];
  return item.value?.range?.[1] ?? item.key.range?.[1];
}

/** One bracket that is open makes the parser complain once for every level, and once for every level that is too deep. */
function withoutEchoes(errors: readonly YAMLError[]): YAMLError[] {
  const seen = new Set<string>();
  return errors.filter(({ code, pos }) => {
    const subject = code === 'RESOURCE_EXHAUSTION' ? code : String(pos[0]);
    return !seen.has(subject) && seen.add(subject);
  });
}

/** The parser's sentence without what it quotes from the text, which may be a secret. */
function sentence(text: string): string {
  return text
    .replace(/\s+at line \d+, column \d+:?[\s\S]*$/, '')
    .replace(/(escape sequence|directive) [\s\S]*$/, '$1')
    .replace(/: [\s\S]*$/, '');
}
