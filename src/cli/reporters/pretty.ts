import { codeFrame, printable } from '../../diagnostics/code-frame';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import type { Style } from '../style';
import { fitted } from '../wrap';

/**
 * Findings for people: message, place, code frame, help. Ends in a count; empty when there is nothing to say. Messages are
 * broken into lines on a terminal, whose columns are `columns`, and nowhere else: there a line is a finding.
 */
export function pretty(diagnostics: readonly Diagnostic[], style: Style): string {
  if (diagnostics.length === 0) return '';
  return `${diagnostics.map((diagnostic) => finding(diagnostic, style)).join('\n')}\n${count(diagnostics, style)}\n`;
}

function finding(diagnostic: Diagnostic, style: Style): string {
  const { colors } = style;
  const fit = (text: string, indent: number): string => fitted(printable(text), indent, style);
  const paint = diagnostic.severity === 'error' ? colors.red : colors.yellow;
  const { range } = diagnostic.location;
  const file = printable(diagnostic.location.file);
  const place = range ? `${file}:${range.line}:${range.column}` : file;
  const title = `${diagnostic.severity} ${diagnostic.code}`;
  const message = fit(`${title}: ${diagnostic.message}`, 2).slice(title.length);
  const lines = [`${colors.bold(paint(title))}${colors.bold(message)}`, `  ${colors.cyan('at')} ${place}`];
  if (diagnostic.clusters) lines.push(`  in ${inClusters(diagnostic.clusters)}`);
  const frame = codeFrame(diagnostic.location);
  if (frame) {
    const width = String(frame.line.number).length;
    const row = (number: number | '', text: string): string =>
      `  ${colors.dim(`${String(number).padStart(width)} |`)} ${text}`.trimEnd();
    if (frame.before) lines.push(row(frame.before.number, frame.before.text));
    lines.push(row(frame.line.number, frame.line.text));
    lines.push(row('', frame.indentation + paint('^'.repeat(frame.caretLength))));
  }
  if (diagnostic.hint !== undefined) lines.push(`  ${colors.green('help:')} ${fit(diagnostic.hint, 8)}`);
  return `${lines.join('\n')}\n`;
}

/** The most clusters that are named. */
const NAMED_CLUSTERS = 5;

function inClusters(clusters: readonly string[]): string {
  const named = clusters.slice(0, NAMED_CLUSTERS).map(printable).join(', ');
  const others = clusters.length - NAMED_CLUSTERS;
  return `${clusters.length} clusters: ${named}${others > 0 ? ` and ${others} more` : ''}`;
}

function count(diagnostics: readonly Diagnostic[], { program = 'pachkit' }: Style): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const parts = [plural(errors, 'error'), plural(warnings, 'warning')].filter((part) => part !== '');
  return `${parts.join(', ')}; ${program} explain ${diagnostics[0]?.code ?? 'CODE'} explains the first`;
}

function plural(amount: number, noun: string): string {
  return amount === 0 ? '' : `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
