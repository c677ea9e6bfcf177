import type { SourceLocation } from './diagnostic';

/** Widest part of a source line that is shown, in characters. */
const WIDTH = 100;

/** A code frame in parts, so that anyone who prints it can colour the parts. */
export interface CodeFrame {
  /** The line before the finding, when there is one that is not blank. */
  readonly before?: { readonly number: number; readonly text: string };
  readonly line: { readonly number: number; readonly text: string };
  /** White space as wide as what is before the finding in `line.text`. */
  readonly indentation: string;
  /** Width of the finding, in columns of a terminal. */
  readonly caretLength: number;
}

/** The lines around a location, long ones trimmed around the finding; undefined when the location has no range. */
export function codeFrame(location: SourceLocation): CodeFrame | undefined {
  const { range, source } = location;
  if (!range || !source) return undefined;
  const line = source.shownLine(range.line) ?? '';
  const start = Math.min(range.column - 1, line.length);
  const end = range.endLine > range.line ? line.length : range.endColumn - 1;
  const offset = line.length > WIDTH && start > WIDTH * 0.7 ? start - Math.floor(WIDTH / 2) : 0;
  const shown = trim(line, offset);
  const caretStart = start - offset + (offset > 0 ? 1 : 0);
  const length = Math.max(1, Math.min(end, line.length) - start);
  const cut = shown.slice(caretStart, caretStart + Math.min(length, WIDTH - (start - offset)));
  const marked = range.endLine > range.line ? cut.trimEnd() : cut;
  const previous = trim(source.shownLine(range.line - 1) ?? '', 0);
  return {
    ...(previous.trim() === '' ? {} : { before: { number: range.line - 1, text: previous } }),
    line: { number: range.line, text: shown },
    indentation: shown
      .slice(0, caretStart)
      .replace(WIDE, '\u3000')
      .replace(/[^\u3000]/g, ' '),
    caretLength: Math.max(1, marked.replace(WIDE, '  ').length),
  };
}

/** Characters of one UTF-16 unit that take two columns of a terminal, as the ideographic space U+3000 does. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

/** A line without its end, with a space for a tab, so that columns can be counted in it. */
function plain(line: string): string {
  return printable(line.replace(/\r$/, '').replace(/\t/g, ' '));
}

/** A string whose control characters cannot change what a terminal shows; one character for each stays in its place. */
export function printable(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

/** The part of a line that is shown. Cut first: lines may be long, and have a finding in every word. */
function trim(line: string, offset: number): string {
  const cut = plain(line.slice(offset, offset + WIDTH));
  return `${offset > 0 ? '…' : ''}${cut}${offset + WIDTH < line.length ? '…' : ''}`;
}
