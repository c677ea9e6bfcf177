import { printable } from '../diagnostics/code-frame';
import type { Examination } from '../doctor/examine-files';
import type { Status } from '../doctor/hop';
import type { SeenHop } from '../doctor/run-hops';
import type { Style as TextStyle } from './style';
import { fitted } from './wrap';

/** How an examination is to look. */
interface Style extends TextStyle {
  /** Whether only what is wrong is printed. */
  readonly isQuiet: boolean;
}

const MARKS: Readonly<Record<Status, readonly [mark: string, color: 'green' | 'red' | 'yellow' | 'dim']>> = {
  ok: ['✓', 'green'],
  failed: ['✗', 'red'],
  warning: ['!', 'yellow'],
  skipped: ['-', 'dim'],
  planned: ['?', 'dim'],
};

/** Columns before what was seen: the mark and the name of a hop. */
const INDENT = 18;

/** What was seen at every hop, one line each; below what is wrong what happens because of it, and the fix. */
export function examinationText({ name, sections }: Examination, style: Style): string {
  const { colors, isQuiet } = style;
  const lines: string[] = [];
  for (const { name: section, about, hops } of sections) {
    const shown = isQuiet ? hops.filter(({ status }) => status === 'failed' || status === 'warning') : hops;
    if (shown.length === 0) continue;
    lines.push(`${colors.bold(section)}${about === '' ? '' : `  ${colors.dim(printable(about))}`}`);
    for (const hop of shown) lines.push(...hopLines(hop, style));
  }
  if (lines.length === 0) return '';
  const all = sections.flatMap(({ hops }) => hops);
  const counts = (['ok', 'warning', 'failed', 'skipped', 'planned'] as const)
    .map((status) => [status, all.filter((hop) => hop.status === status).length] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${MARKS[status][0]}`);
  const code = all.find(({ status }) => status === 'failed')?.fault?.code;
  const explain = code === undefined ? '' : `; pachkit explain ${code} explains the first ✗`;
  return `${lines.join('\n')}\n${colors.bold(name)}: ${counts.join(', ')}${explain}\n`;
}

function hopLines({ name, status, seen, fault }: SeenHop, style: Style): string[] {
  const { colors } = style;
  const [mark, color] = MARKS[status];
  const fit = (text: string): string => fitted(text, INDENT, style);
  const first = `  ${colors[color](mark)} ${name.padEnd(INDENT - 4)}${fit(printable(seen))}`;
  if (!fault) return [color === 'dim' ? colors.dim(first) : first];
  const indent = ' '.repeat(INDENT);
  return [
    first,
    `${indent}${fit(`${fault.code}: ${printable(fault.effect)}`)}`,
    `${indent}${colors.green('fix:')} ${fit(printable(fault.hint))}`,
  ];
}
