import fs from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { replaceFile } from '../../files/replace-file';
import { writeFailure } from '../../files/system-error';
import { colorsFor } from '../colors';
import type { CommandOption, CommandOptions } from '../command';
import { ExitCode, exitCodeOf } from '../exit-code';
import { OutputFailure, type Host } from '../host';
import { asTyped } from '../program-name';
import { styleOf, type Style } from '../style';
import { write, type Stream } from '../tell';
import { githubAnnotations } from './github';
import { gitlab } from './gitlab';
import { json } from './json';
import { junit } from './junit';
import { findingsMarkdown, markdown } from './markdown';
import { reportOptions, requestsOf } from './options';
import { pretty } from './pretty';
import type { Judged, Outcome, Reporter } from './reporter';
import { sarif } from './sarif';

/** Every form of report; the first is the default. */
export const reporters: readonly Reporter[] = [
  {
    name: 'pretty',
    hasResult: true,
    description: 'for people',
    findings: findingsText,
    heedsQuiet: true,
    result: ({ isFailure, after, verbatim }, style) =>
      isFailure ? '' : `${words(after, style)}${verbatim?.(style) ?? ''}`,
  },
  {
    name: 'json',
    hasResult: true,
    description: 'for programs',
    result: ({ diagnostics, data }) => json(diagnostics, data),
    crash: (message) => json([], { bug: message }),
  },
  { name: 'sarif', description: 'for code scanning', result: sarif },
  { name: 'junit', description: 'as tests', result: junit },
  {
    name: 'github',
    description: 'as annotations of GitHub Actions',
    result: githubAnnotations,
    summary: { variable: 'GITHUB_STEP_SUMMARY', text: findingsMarkdown },
  },
  { name: 'gitlab', description: 'for Code Quality of GitLab', result: gitlab },
  { name: 'markdown', description: 'for a comment', result: markdown },
];

const [DEFAULT] = reporters as readonly [Reporter, ...Reporter[]];

function formatOption(forms: readonly Reporter[]): CommandOption {
  return {
    flags: '--format <format>',
    description: `how to report: ${forms.map(({ name, description }) => `${name} ${description}`).join(', ')}`,
    choices: forms.map(({ name }) => name),
    default: DEFAULT.name,
  };
}

/** Of commands that have a result beside their findings. */
export const FORMAT_OPTION = formatOption(reporters.filter(({ hasResult }) => hasResult));

/** Of commands whose result is also for comments on changes. */
export const COMMENT_FORMAT_OPTION = formatOption(
  reporters.filter(({ hasResult, name }) => hasResult === true || name === 'markdown'),
);

/** Of commands whose findings are all that programs want of them. */
export const FINDINGS_OPTION = formatOption(reporters);

/** The same, for several reports in one run. */
export const REPORT_OPTIONS = reportOptions(FINDINGS_OPTION);

/**
 * Writes what a command has to say, in every form and place that the user asked for.
 *
 * @returns the exit code that the findings call for
 */
export async function report(
  host: Host,
  options: CommandOptions,
  outcome: Outcome,
  streams: { readonly findings: Stream; readonly result: Stream },
): Promise<ExitCode> {
  const style = (stream: Stream): Style => styleOf(host, options.color, stream);
  const exitCode = exitCodeOf(outcome.diagnostics, options['failOn']);
  const judged = judge(outcome, options, exitCode !== ExitCode.fine);
  for (const { format, file } of requestsOf(options)) {
    const reporter = reporterNamed(format);
    if (reporter.summary) appendSummary(host, reporter.summary.variable, reporter.summary.text(judged));
    if (file === undefined) {
      write(host, streams.findings, reporter.findings?.(judged, style(streams.findings)) ?? '');
      if (isResultShown(reporter, options))
        write(host, streams.result, await reporter.result(judged, style(streams.result)));
    } else {
      const plain: Style = { colors: colorsFor(host, 'never', 'stdout') };
      const text = `${reporter.findings?.(judged, plain) ?? ''}${await reporter.result(judged, plain)}`;
      writeReport(host, file, text);
    }
  }
  return exitCode;
}

/** Whether anyone is told the result of a command: people who ask for quiet are not. */
export function hasReader(options: CommandOptions): boolean {
  return requestsOf(options).some(
    ({ format, file }) => file !== undefined || isResultShown(reporterNamed(format), options),
  );
}

function isResultShown({ heedsQuiet }: Reporter, { quiet }: CommandOptions): boolean {
  return heedsQuiet !== true || !quiet;
}

/** An outcome as `--severity` lets it be seen. */
function judge(outcome: Outcome, options: CommandOptions, isFailure: boolean): Judged {
  const isShown = ({ severity }: Diagnostic): boolean =>
    options['severity'] !== 'error' || severity === 'error';
  const unsaid = outcome.unsaid?.filter(isShown);
  return {
    ...outcome,
    diagnostics: outcome.diagnostics.filter(isShown),
    ...(unsaid && { unsaid }),
    fails: ({ severity }) => severity === 'error' || options['failOn'] === 'warning',
    isFailure,
  };
}

function writeReport(host: Host, file: string, text: string): void {
  try {
    replaceFile(path.resolve(host.directory, file), text, 0o644);
  } catch (error) {
    throw new OutputFailure(`${file} cannot be written: ${writeFailure(error)}`);
  }
}

/** Other steps of a job add to the same file. */
function appendSummary(host: Host, variable: string, text: string): void {
  const file = host.environment[variable] ?? '';
  if (file === '') return;
  try {
    fs.appendFileSync(path.resolve(host.directory, file), text);
  } catch (error) {
    throw new OutputFailure(`${variable}=${file} cannot be written: ${writeFailure(error)}`);
  }
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

/** Findings for people, after what they read before them. */
export function findingsText(
  { diagnostics, unsaid = diagnostics, before }: Pick<Outcome, 'diagnostics' | 'unsaid' | 'before'>,
  style: Style,
): string {
  return `${words(before, style)}${pretty(unsaid, style)}`;
}

function words(say: Outcome['before'], style: Style): string {
  return asTyped(say?.(style) ?? '', style.program);
}
