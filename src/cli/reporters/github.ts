import type { Diagnostic } from '../../diagnostics/diagnostic';
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
