import { colorsFor } from '../colors';
import type { CommandOption, CommandOptions } from '../command';
import { ExitCode, exitCodeOf } from '../exit-code';
import type { Host } from '../host';
import { json } from './json';
import { pretty } from './pretty';
import type { Outcome, Reporter, Style } from './reporter';

/** Every form of report; the first is the default. */
export const reporters: readonly Reporter[] = [
  {
    name: 'pretty',
    description: 'for people',
    findings: ({ diagnostics, unsaid = diagnostics, before }, { colors, columns }) =>
      `${before?.(colors) ?? ''}${pretty(unsaid, colors, columns)}`,
    result: ({ diagnostics, after }, { colors }, isQuiet) =>
      isQuiet || exitCodeOf(diagnostics) !== ExitCode.fine ? '' : (after?.(colors) ?? ''),
    crash: () => '',
  },
  {
    name: 'json',
    description: 'for programs',
    findings: () => '',
    result: ({ diagnostics, data }) => json(diagnostics, data),
    crash: (message) => json([], { bug: message }),
  },
];

const [DEFAULT] = reporters as readonly [Reporter, ...Reporter[]];

export const FORMAT_OPTION: CommandOption = {
  flags: '--format <format>',
  description: `how to report: ${reporters.map(({ description }) => description).join(' or ')}`,
  choices: reporters.map(({ name }) => name),
  default: DEFAULT.name,
};

type Stream = 'stdout' | 'stderr';

/**
 * Writes what a command has to say, in the form that the user asked for.
 *
 * @returns the exit code that the findings call for
 */
export function report(
  host: Host,
  options: CommandOptions,
  outcome: Outcome,
  streams: { readonly findings: Stream; readonly result: Stream },
): ExitCode {
  const { findings, result } = reporterNamed(options['format']);
  const style = (stream: Stream): Style => {
    const columns = host.columns(stream);
    return {
      colors: colorsFor(host, options.color, stream),
      ...(columns === undefined ? {} : { columns }),
    };
  };
  write(host, streams.findings, findings(outcome, style(streams.findings)));
  write(host, streams.result, result(outcome, style(streams.result), options.quiet));
  return exitCodeOf(outcome.diagnostics);
}

/** The reporter that the arguments ask for, as far as they can be told without the command: it failed. */
export function reporterIn(args: readonly string[]): Reporter {
  const at = args.indexOf('--format');
  const joined = args.find((arg) => arg.startsWith('--format='));
  return reporterNamed(joined?.slice('--format='.length) ?? (at < 0 ? undefined : args[at + 1]));
}

function reporterNamed(name: unknown): Reporter {
  return reporters.find((reporter) => reporter.name === name) ?? DEFAULT;
}

function write(host: Host, stream: Stream, text: string): void {
  if (text === '') return;
  if (stream === 'stdout') host.writeOut(text);
  else host.writeError(text);
}
