import { printable } from '../../diagnostics/code-frame';
import type { Judged } from './reporter';

/** A report for a comment or a page: findings, and the result of a command that has one in Markdown. */
export function markdown(judged: Judged): string {
  const result = judged.isFailure ? '' : (judged.markdown?.() ?? '');
  return result !== '' && judged.diagnostics.length === 0 ? result : `${findingsMarkdown(judged)}${result}`;
}

/** Findings in Markdown, as for the summary of a job: one row a finding. */
export function findingsMarkdown({ diagnostics, checked = [] }: Judged): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const files = new Set([...checked, ...diagnostics.map(({ location }) => location.file)]).size;
  const warnings = diagnostics.length - errors;
  const head = `### pachkit: ${amount(errors, 'error')}, ${amount(warnings, 'warning')} in ${amount(files, 'file')}\n\n`;
  if (diagnostics.length === 0) return head;
  const rows = diagnostics.map(
    ({ code, severity, message, hint, location: { file, range } }) =>
      `| ${severity} | ${code} | ${cell(range ? `${file}:${range.line}` : file)} | ${cell(message)}${hint === undefined ? '' : `<br>${cell(hint)}`} |\n`,
  );
  return `${head}| | code | place | what is wrong, and how to fix it |\n| --- | --- | --- | --- |\n${rows.join('')}\n`;
}

function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A string in a table of Markdown; code stays code, everything else is text. */
export function cell(text: string): string {
  return printable(text)
    .split(/((?<!`)`[^`]+`(?!`))/)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .replaceAll('&', '&amp;')
            .replaceAll('<', '&lt;')
            .replace(/[`*_[\]#~\\]/g, '\\$&'),
    )
    .join('')
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ');
}
