import type { FrameSource, SourceLocation, SourceRange } from '../diagnostics/diagnostic';
import { asterisks } from './asterisks';
import { COMMENTS, type Language } from './language';
import { maskAssignments, occurrences, maskUnreadProgram, maskUnreadYaml } from './mask-text';

/** A string that the user wrote, under the name that the user gave it, with offsets that can be turned into lines. */
export class SourceFile implements FrameSource {
  #lineStarts: number[] | undefined;
  #comments: number[] | undefined;
  #shownLines: readonly string[] | undefined;
  #isRead = false;
  #beforeShowing: (() => void)[] = [];
  readonly #hidden: (readonly [start: number, end: number])[] = [];

  constructor(
    /** As the user named it; `<stdin>` for standard input. Printed in front of every finding. */
    readonly name: string,
    readonly text: string,
    /** Absolute directory of the file; relative paths written in it start here. Never printed. */
    readonly directory: string,
    /** What the text is; it decides how secrets are found in a string that cannot be read. */
    readonly language: Language = 'yaml',
  ) {}

  /** The location of the half-open range of UTF-16 offsets. */
  locate(start: number, end: number): SourceLocation {
    return { file: this.name, range: this.#range(start, end), source: this };
  }

  /** Says that the text could be read and its secrets have been hidden, so that the rest may be shown. */
  markRead(): void {
    this.#isRead = true;
    this.#shownLines = undefined;
  }

  /** Has something done before a line is shown for the first time: most files are never shown, and it takes time. */
  beforeShowing(action: () => void): void {
    this.#beforeShowing.push(action);
  }

  /** Keeps the range of UTF-16 offsets out of everything that is shown of this file. */
  hide(start: number, end: number): void {
    this.#hidden.push([start, end]);
    this.#shownLines = undefined;
  }

  /** Keeps a string out of everything that is shown of this file; one of a few letters only where it is a word. */
  hideText(text: string): void {
    for (const [start, end] of occurrences(this.text, text)) this.hide(start, end);
  }

  /**
   * Keeps the comment out that begins at or after an offset, on the same line. Those who ask for many places of one long line
   * must not wait for a search through all of it each time.
   */
  hideCommentAfter(offset: number): void {
    const end = this.#lineEnd(offset);
    const comments = (this.#comments ??= commentsIn(this.text, this.language));
    const next = comments[firstAtLeast(comments, offset)] ?? Infinity;
    const comment = isCommentSign(this.text, offset, this.language) ? offset : next;
    if (comment < end) this.hide(comment, end);
  }

  shownLine(number: number): string | undefined {
    const actions = this.#beforeShowing;
    this.#beforeShowing = [];
    for (const action of actions) action();
    this.#shownLines ??= this.#shownText().split('\n');
    return this.#shownLines[number - 1];
  }

  #lineEnd(offset: number): number {
    const starts = (this.#lineStarts ??= lineStartsOf(this.text));
    const next = starts[firstAtLeast(starts, offset + 1)];
    return next === undefined ? this.text.length : next - 1;
  }

  #shownText(): string {
    const masked = this.#isRead ? this.text : UNREAD[this.language](this.text);
    const shown = maskAssignments(masked, this.language);
    const parts: string[] = [];
    let done = 0;
    for (const [start, end] of [...this.#hidden].sort(([a], [b]) => a - b)) {
      if (end <= done) continue;
      const from = Math.max(start, done);
      parts.push(shown.slice(done, from), asterisks(shown.slice(from, end)));
      done = end;
    }
    return parts.join('') + shown.slice(done);
  }

  #range(start: number, end: number): SourceRange {
    const from = this.#position(start);
    const to = this.#position(Math.max(start, end));
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }

  #position(offset: number): { line: number; column: number } {
    const starts = (this.#lineStarts ??= lineStartsOf(this.text));
    const wanted = Math.min(Math.max(offset, 0), this.text.length);
    const low = firstAtLeast(starts, wanted + 1) - 1;
    return { line: low + 1, column: wanted - (starts[low] ?? 0) + 1 };
  }
}

const UNREAD = { yaml: maskUnreadYaml, typescript: maskUnreadProgram, argument: maskUnreadYaml } as const;

/** The position of the first number of a rising list that is not below `least`; its length where none is. */
function firstAtLeast(numbers: readonly number[], least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function commentsIn(text: string, language: Language): number[] {
  return [...text.matchAll(new RegExp(COMMENTS[language], 'g'))].map(({ index }) => index);
}

/** A comment may follow a value at once, which only a caller that knows the end of the value can tell. */
function isCommentSign(text: string, offset: number, language: Language): boolean {
  return text.slice(offset, offset + 2).search(COMMENTS[language]) === 0;
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
