import { codes } from '../diagnostics/codes';
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

/** The exit code that findings call for. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return ExitCode.fine;
  return errors.some(({ code }) => codes[code].exit === 'usage') ? ExitCode.usage : ExitCode.findings;
}
