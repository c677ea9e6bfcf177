import type { Difference } from '../cluster/live';
import { printable } from '../diagnostics/code-frame';
import type { Colors } from './colors';
import type { Style } from './style';
import { printWidth, wrap } from './wrap';

type Change = Difference['changes'][number];
type Field = Change['fields'][number];

const MARKS: Readonly<
  Record<
    Exclude<Change['action'], 'none'> | 'import',
    readonly [mark: string, color: 'green' | 'yellow' | 'red' | 'dim']
  >
> = {
  create: ['+', 'green'],
  update: ['~', 'yellow'],
  replace: ['±', 'yellow'],
  delete: ['-', 'red'],
  keep: ['=', 'dim'],
  import: ['<', 'yellow'],
};

/** Longest line of a value, in characters. */
const LINE_LIMIT = 200;

/** Most fields of an object, and lines of a field, that are shown. */
const MOST = 60;

/** A table of what happens, the fields that change, and what it means. */
export function differenceText(difference: Difference, { colors, columns }: Style): string {
  const { name, namespace, context, changes, meanings } = difference;
  const shown = changes.filter(({ action }) => action !== 'none');
  const place = `namespace ${namespace}${context === undefined ? '' : `, context ${context}`}`;
  const lines = [`${colors.bold(name)}  ${colors.dim(printable(place))}`];
  if (shown.length > 0) lines.push(...table(shown, colors));
  for (const change of shown) lines.push(...details(change, colors));
  if (meanings.length > 0) {
    lines.push('', colors.bold('what it means'));
    for (const { text, todo } of meanings) {
      lines.push(...bullet(text, columns));
      if (todo !== undefined) lines.push(`    ${colors.green(printable(todo))}`);
    }
  }
  lines.push('', differenceSummary(difference));
  return `${lines.join('\n')}\n`;
}

/** A mark for what happens to something, with its name: `~ update `. */
export function actionMark(action: keyof typeof MARKS, colors: Colors): string {
  const [mark, color] = MARKS[action];
  return colors[color](`${mark} ${action.padEnd(7)}`);
}

function table(changes: readonly Change[], colors: Colors): string[] {
  const rows = changes.map((change) => ({
    action: change.action,
    object: `${change.kind}/${change.name}`,
    note: noteOf(change),
  }));
  const width = Math.max(...rows.map(({ object }) => object.length));
  return rows.map(({ action, object, note }) => {
    return `  ${actionMark(action as keyof typeof MARKS, colors)}  ${printable(object.padEnd(width))}  ${printable(note)}`.trimEnd();
  });
}

/** What is to be known of a change beside what it is. */
export function noteOf({ restarts, reason }: Change): string {
  return [...(restarts ? ['restart'] : []), ...(reason === undefined ? [] : [reason])].join('; ');
}

function details({ kind, name, fields, conflicts }: Change, colors: Colors): string[] {
  if (fields.length === 0 && conflicts.length === 0) return [];
  const shown = fields.slice(0, MOST);
  const more = fields.length - shown.length;
  return [
    '',
    colors.bold(printable(`${kind}/${name}`)),
    ...shown.flatMap((field) => fieldLines(field, colors)),
    ...(more > 0 ? [`  … and ${more} more fields`] : []),
    ...conflicts.map(({ manager, field }) =>
      colors.yellow(printable(`  ! ${field} is also managed by ${manager}, with another value`)),
    ),
  ];
}

/** What a field was and is going to be. */
export function fieldLines({ path, before, after, lines, secret }: Field, colors: Colors): string[] {
  const name = `  ${printable(path)}`;
  if (secret !== undefined) return [`${name}  ${colors.yellow(`(secret, ${secret})`)}`];
  if (lines !== undefined) {
    const shown = lines.slice(0, MOST);
    return [
      name,
      ...shown.map((line) => `    ${paint(line, colors)}`),
      ...(shown.length < lines.length ? ['    …'] : []),
    ];
  }
  return [
    name,
    ...(before === undefined ? [] : [`    ${paint(`- ${before}`, colors)}`]),
    ...(after === undefined ? [] : [`    ${paint(`+ ${after}`, colors)}`]),
  ];
}

function paint(line: string, colors: Colors): string {
  const text = printable(line.length > LINE_LIMIT ? `${line.slice(0, LINE_LIMIT)}…` : line);
  if (line.startsWith('+')) return colors.green(text);
  return line.startsWith('-') ? colors.red(text) : text;
}

function bullet(text: string, columns: number | undefined): string[] {
  if (columns === undefined) return [`  - ${printable(text)}`];
  return wrap(printable(text), 4, printWidth(columns)).replace(/^ {4}/, '  - ').split('\n');
}

/** How many objects change in which way. */
export function differenceSummary({ changes: all }: Pick<Difference, 'changes'>): string {
  const changes = all.filter(({ action }) => action !== 'none');
  const unchanged = all.length - changes.length;
  const adopted = all.filter(({ adopts }) => adopts).length;
  const count = (action: Change['action'], word: string): string[] => {
    const amount = changes.filter((change) => change.action === action).length;
    return amount === 0 ? [] : [`${amount} to ${word}`];
  };
  const restarts = changes.filter(
    ({ restarts: restarting, action }) => restarting && action !== 'create',
  ).length;
  const parts = [
    ...count('create', 'create'),
    ...count('update', 'update'),
    ...count('replace', 'replace'),
    ...count('delete', 'delete'),
    ...(restarts === 0 ? [] : [`${restarts} to restart`]),
    ...(changes.some(({ action }) => action === 'keep')
      ? [`${changes.filter(({ action }) => action === 'keep').length} kept`]
      : []),
  ];
  const first = parts.length === 0 ? 'no differences' : parts.join(', ');
  const marks = adopted === 0 ? '' : `; ${adopted} were not made by pachkit deploy`;
  return `${first}, ${unchanged} unchanged${marks}`;
}
