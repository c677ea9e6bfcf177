import { printable } from '../diagnostics/code-frame';
import type { Answer } from '../who/answer';
import type { BoundSubject, ClusterWho, Way } from '../who/who';
import type { Style } from './style';
import { fitted } from './wrap';

/** Columns before what is said. */
const INDENT = 12;

type Row = readonly [label: string, text: string];

/** Who gets into a cluster, as whom: a block for each connector, then the role bindings. */
export function whoText({ name, ways, bindings, notes }: ClusterWho, style: Style): string {
  const { colors } = style;
  const blocks = [
    ...ways.map(
      (way) => `${colors.bold(printable(`${way.id} (${way.type})`))}\n${rowLines(rowsOf(way), style)}`,
    ),
    ...(bindings === undefined || bindings.length === 0
      ? []
      : [`${colors.bold('role bindings')}\n${bindings.map((each) => bindingLine(each, style)).join('')}`]),
    ...(notes.length === 0
      ? []
      : [
          `${colors.bold('notes')}\n${notes.map((note) => `${fitted(`  ${printable(note)}`, 2, style)}\n`).join('')}`,
        ]),
  ];
  return `${colors.bold(name)}: ${ways.length} ${ways.length === 1 ? 'way' : 'ways'} to log in\n\n${blocks.join('\n')}`;
}

function rowsOf({ admitted, user, groups }: Way): Row[] {
  return [
    ['who', admitted],
    ['subject', `${user.subject}: ${user.from}`],
    ['verified', user.verified],
    ...(user.keepsCapitals
      ? ([['case', 'as the provider has it: pachd compares subjects letter by letter']] as const)
      : []),
    ['groups', groups.subjects.length === 0 ? 'none' : groups.subjects.join(', ')],
    ['', groups.from],
    ...(groups.needs === undefined || groups.subjects.length === 0
      ? []
      : ([['needs', groups.needs]] as const)),
    ...(groups.limit === undefined || groups.subjects.length === 0
      ? []
      : ([['limit', groups.limit]] as const)),
  ];
}

function bindingLine({ subject, roles, through, note, matchesNoOne }: BoundSubject, style: Style): string {
  const mark = matchesNoOne ? style.colors.yellow('!') : style.colors.green('✓');
  const by = through.length > 0 ? `through ${through.join(', ')}` : note;
  return `  ${mark} ${fitted(printable(`${subject}: ${roles.join(', ') || 'no roles'}; ${by}`), 4, style)}\n`;
}

/** Who one person becomes. */
export function answerText(answer: Answer & { readonly name: string }, style: Style): string {
  const { colors } = style;
  const head = colors.bold(printable(`${answer.name}: through ${answer.through}`));
  const notes = answer.notes.map((note): Row => ['note', note]);
  if (answer.refused !== undefined)
    return `${head}\n${rowLines([['refused', `\`${answer.refused}\``], ...notes], style)}`;
  return `${head}\n${rowLines(
    [
      ['subject', answer.subject ?? ''],
      ['verified', answer.isVerified === true ? 'yes' : 'no'],
      ['groups', answer.groups.join(', ') || 'none'],
      ['roles', answer.roles.map(({ role, through }) => `${role} (${through})`).join(', ') || 'none'],
      ...answer.near.map(({ sent, written }): Row => [
        '!',
        `'${written}' is bound, and this is '${sent}': not the same to pachd`,
      ]),
      ...notes,
    ],
    style,
  )}`;
}

function rowLines(rows: readonly Row[], style: Style): string {
  return rows
    .map(([label, text]) => `  ${label.padEnd(INDENT - 2)}${fitted(printable(text), INDENT, style)}\n`)
    .join('');
}
