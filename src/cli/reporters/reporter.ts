import type { Diagnostic } from '../../diagnostics/diagnostic';
import type { Colors } from '../colors';

/** What a command with findings has to say. */
export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  /** What programs read before the findings, by its key. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Those of them that people have not read in `before`. @default all */
  readonly unsaid?: readonly Diagnostic[];
  /** What people read before the findings. */
  readonly before?: (colors: Colors) => string;
  /** What people read after them when no finding is an error; nothing with --quiet. */
  readonly after?: (colors: Colors) => string;
}

/** How a report is to look. */
export interface Style {
  readonly colors: Colors;
  /** Width of the terminal; missing elsewhere. */
  readonly columns?: number;
}

/** A form of report that `--format` names. */
export interface Reporter {
  readonly name: string;
  /** For whom it is, in `--help`. */
  readonly description: string;
  /** What goes where findings go: to standard error for commands that have a result of their own. */
  readonly findings: (outcome: Outcome, style: Style) => string;
  /** What goes where the result goes. */
  readonly result: (outcome: Outcome, style: Style, isQuiet: boolean) => string;
  /** What goes to standard output when pachkit itself fails, beside the words for people on standard error. */
  readonly crash: (message: string) => string;
}
