import type { SourceNode } from '../../document/source-node';
import type { SourceFile } from '../../document/source-file';
import { SetProblem } from './set-problem';

/** A number of JSON, and the words that are values. */
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const WORD = /true|false|null/y;

/** A token of JSON, behind blanks. */
const TOKEN = /[ \t\r\n]*("(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+)/y;

/** The JSON value that begins at an offset of an argument, and where it ends: what follows need not be JSON. */
export function readJsonValue(source: SourceFile, start: number): { node: SourceNode; end: number } {
  const end = endOfValue(source.text, start);
  const written = source.text.slice(start, end);
  try {
    JSON.parse(written);
  } catch {
    throw new SetProblem('the value is not valid JSON', start, end);
  }
  return { node: new Reader(source, start, end).value(), end };
}

function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  if (first === '{' || first === '[') return endOfBrackets(text, start);
  NUMBER.lastIndex = start;
  const number = NUMBER.exec(text);
  if (number) {
    const next = text[NUMBER.lastIndex];
    const [, fraction, exponent] = number;
    const isCut =
      exponent === undefined && (next === 'e' || next === 'E' || (next === '.' && fraction === undefined));
    if (!isCut && Number.isFinite(Number(number[0]))) return NUMBER.lastIndex;
  }
  WORD.lastIndex = start;
  if (!number && WORD.test(text)) return WORD.lastIndex;
  throw new SetProblem('the value is not valid JSON', start, text.length);
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++)
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  throw new SetProblem('a string of JSON does not end', start, text.length);
}

function endOfBrackets(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at) - 1;
    else if (character === '{' || character === '[') depth += 1;
    else if ((character === '}' || character === ']') && --depth === 0) return at + 1;
  }
  throw new SetProblem('brackets of JSON are not closed', start, text.length);
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Reads JSON that is known to be well-formed, with the place of each value. */
class Reader {
  constructor(
    private readonly source: SourceFile,
    private at: number,
    end: number,
  ) {
    this.text = source.text.slice(0, end);
  }

  /** The argument up to the end of the value. */
  private readonly text: string;

  value(key?: Token): SourceNode {
    const { text, start, end } = this.#next();
    const { source } = this;
    const place = { source, start, ...(key ? { keyStart: key.start, keyEnd: key.end } : {}) };
    if (text === '{') return { ...place, entries: this.#entries(), end: this.at };
    if (text === '[') return { ...place, items: this.#items(), end: this.at };
    const scalar = JSON.parse(text) as string | number | boolean | null;
    if (typeof scalar === 'number' && !Number.isFinite(scalar))
      throw new SetProblem('a number is larger than any that Helm can hold', start, end);
    return { ...place, scalar, end };
  }

  #entries(): Map<string, SourceNode> {
    const entries = new Map<string, SourceNode>();
    for (let token = this.#next(); token.text !== '}'; token = this.#next()) {
      const key = token.text === ',' ? this.#next() : token;
      this.#next();
      entries.set(JSON.parse(key.text) as string, this.value(key));
    }
    return entries;
  }

  #items(): SourceNode[] {
    const items: SourceNode[] = [];
    for (let token = this.#peek(); token.text !== ']'; token = this.#peek()) {
      if (token.text === ',') this.#next();
      items.push(this.value());
    }
    this.#next();
    return items;
  }

  #peek(): Token {
    const { at } = this;
    const token = this.#next();
    this.at = at;
    return token;
  }

  #next(): Token {
    TOKEN.lastIndex = this.at;
    const text = TOKEN.exec(this.text)?.[1] ?? ']';
    const end = TOKEN.lastIndex;
    this.at = end;
    return { text, start: end - text.length, end };
  }
}
