import type { ColorChoice } from './colors';
import type { ExitCode } from './exit-code';
import type { Host } from './host';

/** An option of a command, as commander takes it. */
export interface CommandOption {
  /** `--out <dir>` */
  readonly flags: string;
  readonly description: string;
  readonly default?: string;
  readonly choices?: readonly string[];
  /** Whether the command does not run without it. */
  readonly isRequired?: true;
  /** Whether it may be given several times; its value is a list then. */
  readonly repeats?: true;
  /**
   * Whether it may be given several times and its order among others of the kind counts: the value of each of them is the
   * same list of `GatheredOption`.
   */
  readonly gathers?: true;
}

/** An option as it was given, in a list of several. */
export interface GatheredOption {
  /** Name of the option without dashes. */
  readonly option: string;
  readonly text: string;
}

/** Options that every command has. */
export interface CommonOptions {
  readonly color: ColorChoice;
  readonly quiet: boolean;
}

export type CommandOptions = CommonOptions & Readonly<Record<string, unknown>>;

/** A command of the program: what the command line says about it, and how its code is loaded. */
export interface CommandEntry {
  readonly name: string;
  /** `<file...>`, `[dir]` … in commander's notation. */
  readonly arguments: string;
  /** What an argument takes, by its name in the notation, where that is a word of a list. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  readonly summary: string;
  /** What the command really does, step by step, with examples; shown by `--help`. */
  readonly description: string;
  readonly options: readonly CommandOption[];
  load(): Promise<(host: Host, args: readonly string[], options: CommandOptions) => Promise<ExitCode>>;
}
