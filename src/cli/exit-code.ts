import { factsOf } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';

/** What the program says with its exit code. */
export const ExitCode = {
  fine: 0,
  /** The input has errors. */
  findings: 1,
  /** A file or the output could not be read or written, or the command line is wrong. */
  usage: 2,
  /** A cluster, the network or another program that the command needs failed. */
  environment: 3,
  /** What runs, or what is compared, differs from the document. */
  drift: 16,
  /** Someone left the questions with Ctrl-C or Escape; as what a shell makes of SIGINT. */
  cancelled: 130,
  /** pachkit itself failed: a bug. Nothing is known about the input. The number is `EX_SOFTWARE` of sysexits(3). */
  bug: 70,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** What errors say of a run, by the exit of their codes; the first that applies is said. */
const BY_EXIT = [
  ['environment', ExitCode.environment],
  ['usage', ExitCode.usage],
] as const;

/**
 * The exit code that findings call for.
 *
 * @param failOn `warning` where a warning alone is not fine either
 */
export function exitCodeOf(diagnostics: readonly Diagnostic[], failOn?: unknown): ExitCode {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0)
    return failOn === 'warning' && diagnostics.length > 0 ? ExitCode.findings : ExitCode.fine;
  const [, code] = BY_EXIT.find(([exit]) => errors.some((error) => factsOf(error.code).exit === exit)) ?? [];
  return code ?? ExitCode.findings;
}
