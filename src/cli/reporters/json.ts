import type { Code } from '../../diagnostics/codes';
import type { Diagnostic } from '../../diagnostics/diagnostic';

/** A finding as other programs read it. */
export interface JsonDiagnostic {
  readonly code: Code;
  readonly severity: string;
  readonly message: string;
  readonly file: string;
  /** Counted from 1; missing when the finding is about the whole file. */
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** JSON pointer of the value. */
  readonly path: string;
  readonly hint?: string;
  /** Names of the clusters that it is about, for a finding in a base of several. */
  readonly clusters?: readonly string[];
  /** The command that prints the page of the code. */
  readonly docs: string;
}

export function toJson(diagnostic: Diagnostic): JsonDiagnostic {
  const { code, severity, message, location, path, hint, clusters } = diagnostic;
  return {
    code,
    severity,
    message,
    file: location.file,
    ...location.range,
    path,
    ...(hint === undefined ? {} : { hint }),
    ...(clusters === undefined ? {} : { clusters }),
    docs: `pachkit explain ${code}`,
  };
}

/** Findings and whatever else a command reports, as one JSON document. */
export function json(
  diagnostics: readonly Diagnostic[],
  more: Readonly<Record<string, unknown>> = {},
): string {
  return `${JSON.stringify({ ...more, diagnostics: diagnostics.map(toJson) }, null, 2)}\n`;
}
