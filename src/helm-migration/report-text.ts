import { printable } from '../diagnostics/code-frame';
import { FATES, type Fate, type ReportEntry } from './report';
import type { NeededVariable } from './secrets';

/** What a report is about. */
export interface Reported {
  readonly report: readonly ReportEntry[];
  readonly variables: readonly NeededVariable[];
  /** What holds a secret in plain text. */
  readonly plainFields: readonly string[];
}

/** What differs between the reports of an import and of an export. */
export interface ReportWords {
  /** What is counted. */
  readonly one: string;
  readonly many: string;
  /** Before what the variables have to be set. */
  readonly before: string;
  /** What the secrets in plain text are in. */
  readonly made: string;
}

/** Words of an import. */
export const IMPORT_WORDS: ReportWords = {
  one: 'value',
  many: 'values',
  before: 'pachkit synth',
  made: 'the document',
};

/** Words of an export. */
export const EXPORT_WORDS: ReportWords = {
  one: 'field',
  many: 'fields',
  before: 'envsubst and helm',
  made: 'the values',
};

/** The report for people: how many there are, then each under what became of it. */
export function reportText(
  { report, variables, plainFields }: Reported,
  { one, many, before, made }: ReportWords = IMPORT_WORDS,
): string {
  const set = report.filter(({ location }) => location !== undefined).length;
  const lines = [`${set} ${set === 1 ? one : many} set`];
  for (const [fate, heading] of Object.entries(FATES) as [Fate, string][]) {
    const entries = report.filter((entry) => entry.fate === fate);
    if (entries.length > 0)
      lines.push('', `${heading} (${entries.length})`, ...entries.map((entry) => `  ${line(entry)}`));
  }
  if (variables.length > 0) {
    lines.push('', `secrets to set before ${before}`);
    for (const { name, field, from } of variables)
      lines.push(
        `  ${name}  ${field}${from ? `; in the cluster it is in the Secret ${from.name}, key ${from.key}` : ''}`,
      );
  }
  if (plainFields.length > 0)
    lines.push(
      '',
      `in plain text in ${made} (${plainFields.length})`,
      ...plainFields.map((field) => `  ${field}`),
    );
  return `${lines.join('\n')}\n`;
}

function line({ path, field, message, location }: ReportEntry): string {
  const place = location?.range ? `${printable(location.file)}:${location.range.line}  ` : '';
  const to = field === undefined ? '' : ` → ${field}`;
  return `${place}${printable(path)}${to}${message === undefined ? '' : `: ${printable(message)}`}`;
}

/** What became of the values or fields that something was made of. */
export interface MigrationReport {
  readonly report: readonly {
    /** Its path in the values, such as `pachd.replicas`. */
    readonly path: string;
    readonly fate: Fate;
    /** The field of the document that says it now. */
    readonly field?: string;
    readonly message?: string;
    readonly file?: string;
    readonly line?: number;
  }[];
  /** Environment variables that secrets are read from. */
  readonly variables: readonly {
    readonly name: string;
    readonly field: string;
    readonly secret?: NonNullable<NeededVariable['from']>;
  }[];
  /** What holds a secret in plain text. */
  readonly plainSecrets: readonly string[];
}

/** What became of a value, for programs. */
export function entryJson({ location, ...entry }: ReportEntry): MigrationReport['report'][number] {
  return {
    ...entry,
    ...(location ? { file: location.file, ...(location.range && { line: location.range.line }) } : {}),
  };
}

/** The report for programs. */
export function reportJson({ report, variables, plainFields }: Reported): MigrationReport {
  return {
    report: report.map(entryJson),
    variables: variables.map(({ name, field, from }) => ({ name, field, ...(from ? { secret: from } : {}) })),
    plainSecrets: plainFields,
  };
}
