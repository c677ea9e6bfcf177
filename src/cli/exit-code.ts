import type { Diagnostic } from '../diagnostics/diagnostic';

/** What the program says with its exit code. */
export const ExitCode = {
  fine: 0,
  /** The input has errors. */
  findings: 1,
  /** A file or the output could not be read or written, or the command line is wrong. */
  usage: 2,
  /** pachkit itself failed: a bug. Nothing is known about the input. */
  bug: 3,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Codes of findings that are not about what the input says but about reading and writing at all. */
const USAGE_CODES = /^(DOC001|FIL013|FIX001|OUT\d+|SEC00[235]|SEC010)$/;

/** The exit code that findings call for. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return ExitCode.fine;
  return errors.some(({ code }) => USAGE_CODES.test(code)) ? ExitCode.usage : ExitCode.findings;
}
