import type { FrameSource, SourceLocation, SourceRange } from '../diagnostics/diagnostic';
import {
  asterisks,
  maskAssignments,
  occurrences,
  maskUnreadProgram,
  maskUnreadYaml,
  type Language,
} from './mask-text';

/** A string that the user wrote, under the name that the user gave it, with offsets that can be turned into lines. */
export class SourceFile implements FrameSource {
  #lineStarts: number[] | undefined;
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

  shownLine(number: number): string | undefined {
    const actions = this.#beforeShowing;
    this.#beforeShowing = [];
    for (const action of actions) action();
    this.#shownLines ??= this.#shownText().split('\n');
    return this.#shownLines[number - 1];
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
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= wanted) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: wanted - (starts[low] ?? 0) + 1 };
  }
}

const UNREAD = { yaml: maskUnreadYaml, typescript: maskUnreadProgram } as const;

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
