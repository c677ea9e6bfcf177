import type { Code } from '../diagnostics/codes';
import { parseAllDocuments, visit, type Document, type YAMLError } from 'yaml';
import { TOO_DEEP } from './yaml-limits';

/** Something in a string that is not YAML. */
export interface YamlFault {
  readonly code: Code;
  /** Half-open range of UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly hint?: string;
}

/** Faults that deserve more than the parser's own sentence: its code to ours. */
const KNOWN_FAULTS: Readonly<Record<string, { code: Code; hint: string }>> = {
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

/** The most faults that are reported for a string: what comes later follows from those before. */
const FAULT_LIMIT = 20;

/** What a parser that goes on after a fault makes of a string. */
export interface YamlExamination {
  /** Everything that keeps the text from being YAML. */
  readonly faults: readonly YamlFault[];
  /**
   * The same text for parsers that are strict about white space, with everything where it was: collections in brackets are on
   * one line, because lines inside of them need no indentation to anyone else, such as JSON that was pasted behind a key;
   * tabs between words are spaces.
   */
  readonly strictText: string;
}

/** Examines a string that the parser for sound strings refuses. It takes several times as long as that one. */
export function examineYaml(text: string): YamlExamination {
  const documents = parse(text);
  const faults = documents.flatMap((document) => faultsOf(text, document)).slice(0, FAULT_LIMIT);
  return { faults, strictText: faults.length > 0 ? text : strictTextOf(text, documents) };
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

function faultsOf(text: string, document: Document.Parsed): YamlFault[] {
  const errors = withoutEchoes(text, document.errors);
  const first = errors[0] && keysBesideDash(text, errors[0]);
  // All others say of the same keys that they cannot be there.
  if (first) return [first];
  return errors.map((error) => unclosed(text, document, error) ?? faultOf(error));
}

/** The keys of an item of a list that stand below its dash instead of below its first key. */
function keysBesideDash(text: string, { code, pos }: YAMLError): YamlFault | undefined {
  if (code !== 'UNEXPECTED_TOKEN' && code !== 'BAD_INDENT') return undefined;
  const before = text.slice(0, pos[0]).split('\n');
  const lineStart = pos[0] - (before.pop() ?? '').length;
  const key = /^( *)([\w.$-]+):(?= |\r?\n|$)/.exec(text.slice(lineStart, lineStart + 200));
  if (!key) return undefined;
  const [, indentation = '', name = ''] = key;
  const dash = new RegExp(`^${indentation}- +([\\w.$-]+):`);
  const inside = new RegExp(`^(\\s*$|\\s*#|${indentation} )`);
  const item = before.findLast((line) => !inside.test(line));
  const firstKey = item === undefined ? undefined : dash.exec(item)?.[1];
  if (firstKey === undefined) return undefined;
  const start = lineStart + indentation.length;
  return {
    code: 'DOC002',
    start,
    end: start + name.length,
    message: `The keys below "- ${firstKey}" start in the column of its dash, so they are not part of the item`,
    hint: `indent ${name}, and the keys after it, by two spaces, so that they are under ${firstKey}`,
  };
}

/** A quote or bracket that is never closed; the parser finds out at the end, and what is wrong is at its beginning. */
function unclosed(
  text: string,
  document: Document.Parsed,
  { message, pos }: YAMLError,
): YamlFault | undefined {
  const isQuote = /^Missing closing ["']quote/.test(message);
  if (!isQuote && !/end with a? ?[\]}]/.test(message)) return undefined;
  let start: number | undefined;
  visit(document, {
    Scalar(_key, { type, range }) {
      if (isQuote && range && type?.startsWith('QUOTE') && range[1] === pos[0]) start = range[0];
    },
    Collection(_key, { flow, range }) {
      if (isQuote || !flow || !range) return;
      const isClosed = range[1] > range[0] + 1 && /[\]}]/.test(text.charAt(range[1] - 1));
      if (!isClosed && range[0] < pos[0] && range[1] >= pos[0]) start = range[0];
    },
  });
  if (start === undefined) return undefined;
  return {
    code: 'DOC002',
    start,
    end: start + 1,
    message: `The YAML is not well-formed: this ${isQuote ? 'quote' : 'bracket'} is never closed`,
    hint: isQuote
      ? 'close it where the value ends, or remove it; put a value with quotes in it into the other quotes'
      : 'close it where the list or mapping ends, or put a string that begins with it in quotes',
  };
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

type Span = readonly [start: number, end: number];

function strictTextOf(text: string, documents: readonly Document.Parsed[]): string {
  const scalars: Span[] = [];
  const collections: Span[] = [];
  for (const document of documents)
    visit(document, {
      Scalar(_key, { range }) {
        if (range) scalars.push([range[0], range[1]]);
      },
      Collection(_key, { flow, range }) {
        if (flow && range) collections.push([range[0], range[1]]);
      },
    });
  const parts: string[] = [];
  const inBrackets = collections.sort(byStart);
  let collection = 0;
  let done = 0;
  const blankUpTo = (end: number): void => {
    while (done < end) {
      while ((inBrackets[collection]?.[1] ?? Infinity) <= done) collection++;
      const [from, to] = inBrackets[collection] ?? [end, end];
      const isInside = from <= done;
      const stop = Math.min(end, isInside ? to : from);
      parts.push(text.slice(done, stop).replace(isInside ? LINES_AND_TABS : /\t/g, blank));
      done = stop;
    }
  };
  for (const [start, end] of scalars.sort(byStart)) {
    blankUpTo(start);
    parts.push(text.slice(done, end));
    done = Math.max(done, end);
  }
  blankUpTo(text.length);
  return parts.join('');
}

/** Line breaks and tabs, and the comments that would go on behind a line break that is gone. */
const LINES_AND_TABS = /(?<=^|\s)#[^\n]*|[\t\r\n]/g;

function blank(text: string): string {
  return ' '.repeat(text.length);
}

function byStart([a]: Span, [b]: Span): number {
  return a - b;
}

/**
 * One bracket that is open makes the parser complain once for every level, and once for every level that is too deep. A line that is
 * indented with a tab does not belong to the one before, about which and about itself it complains too.
 */
function withoutEchoes(text: string, errors: readonly YAMLError[]): YAMLError[] {
  const seen = new Set<string>();
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT').slice(0, FAULT_LIMIT);
  const ofTabs = tabs.map(({ pos: [at] }): Span => {
    const lineBefore = text.lastIndexOf('\n', text.lastIndexOf('\n', at - 1) - 1) + 1;
    const end = text.indexOf('\n', at);
    return [lineBefore, end < 0 ? text.length : end];
  });
  return errors.filter(({ code, pos }) => {
    const isOfTab = ofTabs.some(([from, to]) => from <= pos[0] && pos[0] <= to);
    if (isOfTab && code !== 'TAB_AS_INDENT') return false;
    const subject = code === 'RESOURCE_EXHAUSTION' ? code : String(pos[0]);
    return !seen.has(subject) && seen.add(subject);
  });
}

/** The parser's sentence without what it quotes from the text, which may be a secret. */
function sentence(text: string): string {
  return text
    .replace(/(?<!\s)\s+at line \d+, column \d[\s\S]*/, '')
    .replace(/(escape sequence|directive) [\s\S]*$/, '$1')
    .replace(/: [\s\S]*$/, '');
}
