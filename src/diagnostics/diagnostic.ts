import type { Code } from './codes';

/** How bad a finding is: an error stops synthesis, a warning does not. */
export type Severity = 'error' | 'warning';

/** A half-open range in a source text. Lines and columns count from 1, columns in UTF-16 code units. */
export interface SourceRange {
  /** Line of the first character. */
  readonly line: number;
  /** Column of the first character. */
  readonly column: number;
  /** Line of the end. */
  readonly endLine: number;
  /** Column after the last character. */
  readonly endColumn: number;
}

/** Where a finding is: a file as the user named it and, when known, the range inside it. */
export interface SourceLocation {
  /** The file as the user named it; for props of a construct its path in the tree. */
  readonly file: string;
  /** The range in the file; missing when the finding is about all of it. */
  readonly range?: SourceRange;
  /** The text that `range` points into; code frames are cut from it. Never serialized. */
  readonly source?: FrameSource;
}

/** A string that code frames are cut from. */
export interface FrameSource {
  /** A line, counted from 1, as it may be shown: every secret in it is replaced by asterisks, columns stay. */
  shownLine(number: number): string | undefined;
}

/** One replacement that fixes a finding safely; applied by `pachkit validate --fix`. */
export interface Fix {
  /** What the replacement does, as an imperative sentence. */
  readonly title: string;
  /** What is replaced. */
  readonly range: SourceRange;
  /** What it is replaced by. */
  readonly replacement: string;
}

/**
 * A finding about the user's input. Findings are data: they are collected, sorted and printed at the very end,
 * and no function of the library throws for a mistake of the user's.
 */
export interface Diagnostic {
  /** Stable code such as `SCH003`; `pachkit explain CODE` prints its page. */
  readonly code: Code;
  /** Whether it stops synthesis. */
  readonly severity: Severity;
  /** What is wrong and what happens because of it, without a full stop. Never holds a secret value. */
  readonly message: string;
  /** Where it is. */
  readonly location: SourceLocation;
  /** The path of the value in the document, as a JSON pointer; empty for the whole document. */
  readonly path: string;
  /** How to fix it. */
  readonly hint?: string;
  /** A replacement that fixes it safely. */
  readonly fix?: Fix;
  /** Parts of the message for those who say it in other words. Never printed: they may hold what the message leaves out. */
  readonly data?: Readonly<Record<string, string | number | boolean>>;
  /** The clusters that it is about, when it is in a base that several documents of one run extend. */
  readonly clusters?: readonly string[];
}

/** A value together with what was found on the way to it. `value` is missing when there is nothing to go on with. */
export interface Result<T> {
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Whether any finding stops synthesis. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

/** Sorts findings by file, position, severity and code, so that the same input always prints the same report. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compare(a.location.file, b.location.file) ||
      compare(a.location.range?.line ?? 0, b.location.range?.line ?? 0) ||
      compare(a.location.range?.column ?? 0, b.location.range?.column ?? 0) ||
      compare(a.severity, b.severity) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

/** Code-unit order: the same in every locale. */
export function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
