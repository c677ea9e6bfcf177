import type { Diagnostic } from '../../diagnostics/diagnostic';
import { printable } from '../../diagnostics/code-frame';
import type { Judged } from './reporter';

/** Findings as workflow commands, which GitHub Actions shows at the lines of a pull request. */
export function githubAnnotations({ diagnostics }: Judged): string {
  return diagnostics.map(annotation).join('');
}

function annotation({ code, severity, message, hint, location }: Diagnostic): string {
  const { file, range } = location;
  const properties = {
    title: code,
    file: file.replace(/^(?:\.\/)+/, ''),
    ...(range && {
      line: range.line,
      endLine: range.endLine,
      // GitHub ignores columns of a range of several lines, and refuses an end before the beginning.
      ...(range.line === range.endLine && { col: range.column, endColumn: range.endColumn }),
    }),
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
  const text = hint === undefined ? message : `${message}\nhelp: ${hint}`;
  return `::${severity} ${list.join(',')}::${data(`${text}\npachkit explain ${code}`)}\n`;
}

// As @actions/core escapes them.
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** The summary of a job, in Markdown: one row a finding. */
export function githubSummary({ diagnostics, checked = [] }: Judged): string {
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
function cell(text: string): string {
  return printable(text)
    .split(/(`[^`]*`)/)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .replaceAll('&', '&amp;')
            .replaceAll('<', '&lt;')
            .replace(/[*_[\]#~\\]/g, '\\$&'),
    )
    .join('')
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ');
}
