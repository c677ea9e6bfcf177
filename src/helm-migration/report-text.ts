import { printable } from '../diagnostics/code-frame';
import type { ImportedDocument } from './import-values';
import { FATES, type Fate, type ReportEntry } from './report';

/** The report for people: how many values there are, then each under what became of it. */
export function reportText({ report, variables, plainFields }: ImportedDocument): string {
  const set = report.filter(({ location }) => location !== undefined).length;
  const lines = [`${set} ${set === 1 ? 'value' : 'values'} set`];
  for (const [fate, heading] of Object.entries(FATES) as [Fate, string][]) {
    const entries = report.filter((entry) => entry.fate === fate);
    if (entries.length > 0)
      lines.push('', `${heading} (${entries.length})`, ...entries.map((entry) => `  ${line(entry)}`));
  }
  if (variables.length > 0) {
    lines.push('', 'secrets to set before pachkit synth');
    for (const { name, field, from } of variables)
      lines.push(
        `  ${name}  ${field}${from ? `; in the cluster it is in the Secret ${from.name}, key ${from.key}` : ''}`,
      );
  }
  if (plainFields.length > 0)
    lines.push(
      '',
      `in plain text in the document (${plainFields.length})`,
      ...plainFields.map((field) => `  ${field}`),
    );
  return `${lines.join('\n')}\n`;
}

function line({ path, field, message, location }: ReportEntry): string {
  const place = location?.range ? `${printable(location.file)}:${location.range.line}  ` : '';
  const to = field === undefined ? '' : ` → ${field}`;
  return `${place}${printable(path)}${to}${message === undefined ? '' : `: ${printable(message)}`}`;
}

/** The report for programs. */
export function reportJson({ report, variables, plainFields }: ImportedDocument): Record<string, unknown> {
  return {
    report: report.map(({ location, ...entry }) => ({
      ...entry,
      ...(location ? { file: location.file, line: location.range?.line } : {}),
    })),
    variables: variables.map(({ name, field, from }) => ({ name, field, ...(from ? { secret: from } : {}) })),
    plainSecrets: plainFields,
  };
}
