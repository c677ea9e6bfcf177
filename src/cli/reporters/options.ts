import path from 'node:path';
import { targetOf } from '../../files/replace-file';
import type { CommandOption, CommandOptions, GatheredOption } from '../command';
import type { Host } from '../host';
import { isFolder } from '../../files/is-folder';

/** A report that was asked for: its form and where it goes; without a file, to the terminal. */
export interface ReportRequest {
  readonly format?: string;
  readonly file?: string;
}

/** Where reports go and what is in them, as commands with findings take it; `format` is the option of all commands. */
export function reportOptions({ default: standard, ...format }: CommandOption): readonly CommandOption[] {
  return [
    {
      ...format,
      description: `${format.description}; may be given several times, with --output (default: ${String(standard)})`,
      gathers: true,
    },
    {
      flags: '--output <file>',
      description: 'write the report of the --format before it into a file',
      gathers: true,
    },
    {
      flags: '--severity <severity>',
      description: 'report errors only, or warnings too',
      choices: ['error', 'warning'],
      default: 'warning',
    },
    {
      flags: '--fail-on <severity>',
      description: 'findings that make the exit code 1',
      choices: ['error', 'warning'],
      default: 'error',
    },
  ];
}

/** The reports that are asked for. Each `--output` belongs to the `--format` before it, or else to the next. */
export function requestsOf(options: CommandOptions): readonly ReportRequest[] {
  const { format } = options;
  if (typeof format === 'string') return [{ format }];
  const requests: { format?: string; file?: string }[] = [];
  for (const { option, text } of gathered(options)) {
    const last = requests.at(-1);
    const joins = last !== undefined && (option === 'format' ? last.format : last.file) === undefined;
    const part = option === 'format' ? { format: text } : { file: text };
    if (joins) Object.assign(last, part);
    else requests.push(part);
  }
  return requests.length === 0 ? [{}] : requests;
}

function gathered({ format, output }: CommandOptions): readonly GatheredOption[] {
  return [format, output].find((value): value is readonly GatheredOption[] => Array.isArray(value)) ?? [];
}

/**
 * Why reports cannot be written as they are asked for; undefined when they can. Looked at before the command does anything.
 *
 * @param files what the command reads, which no report may replace
 */
export function reportProblem(
  host: Host,
  files: readonly string[],
  options: CommandOptions,
): string | undefined {
  const requests = requestsOf(options);
  const formless = requests.find(({ format, file }) => format === undefined && file !== undefined);
  if (formless?.file !== undefined)
    return `--output ${formless.file} has no --format; write for example --format sarif --output ${formless.file}`;
  if (requests.filter(({ file }) => file === undefined).length > 1)
    return 'one report can go to the terminal; give the others an --output each';
  const target = (file: string): string => targetOf(path.resolve(host.directory, file));
  const inputs = files.filter((file) => file !== '-').map(target);
  const places = requests.flatMap(({ file }) => (file === undefined ? [] : [file]));
  const targets = places.map(target);
  for (const [index, file] of places.entries()) {
    const target = targets[index] ?? file;
    if (inputs.includes(target))
      return `--output ${file} is a file to check; name another one for the report`;
    if (targets.indexOf(target) !== index) return `two reports go to ${file}; name a file for each`;
    const folder = path.dirname(target);
    if (!isFolder(folder))
      return `--output ${file} is in a folder that does not exist; create ${path.dirname(file)} first`;
    if (isFolder(target)) return `--output ${file} is a folder; name a file in it`;
  }
  return undefined;
}
