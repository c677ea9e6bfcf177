import type { Diagnostic } from '../../diagnostics/diagnostic';
import type { Style } from '../style';

/** What a command with findings has to say. */
export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  /** The files that were checked, as the user named them, those without a finding too. */
  readonly checked?: readonly string[];
  /** What programs read before the findings, by its key. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Those of them that people have not read in `before`. @default all */
  readonly unsaid?: readonly Diagnostic[];
  /** Our own words that people read before the findings. */
  readonly before?: (style: Style) => string;
  /** Our own words that people read after them when the command succeeds; nothing with --quiet. */
  readonly after?: (style: Style) => string;
  /** What they read behind those words and is shown as it is: a file, or what lines and objects have. */
  readonly verbatim?: (style: Style) => string;
  /** The same in Markdown. @default nothing */
  readonly markdown?: () => string;
}

/** An outcome with what `--severity` and `--fail-on` make of it. */
export interface Judged extends Outcome {
  /** Whether a finding fails the command. */
  readonly fails: (diagnostic: Diagnostic) => boolean;
  /** Whether any does, one that is not shown too. */
  readonly isFailure: boolean;
}

/** A form of report that `--format` names. */
export interface Reporter {
  readonly name: string;
  /** For whom it is, in `--help`. */
  readonly description: string;
  /** Whether it has the result of a command too, and not its findings alone. @default false */
  readonly hasResult?: true;
  /** What goes where findings go: to standard error for commands that have a result of their own. @default nothing */
  readonly findings?: (outcome: Judged, style: Style) => string;
  /** What goes where the result goes. */
  readonly result: (outcome: Judged, style: Style) => string | Promise<string>;
  /** Whether `--quiet` leaves the result out, but not from a file. @default false */
  readonly heedsQuiet?: true;
  /** What goes to standard output when pachkit itself fails, beside the words for people on standard error. @default nothing */
  readonly crash?: (message: string) => string;
  /** What is added to the file that a variable of the environment names. */
  readonly summary?: { readonly variable: string; readonly text: (outcome: Judged) => string };
}
