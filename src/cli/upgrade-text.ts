import { printable } from '../diagnostics/code-frame';
import type { ReleaseDifference } from '../upgrade/difference';
import type { ChangedObject, UpgradeAdvice } from '../upgrade/advice';
import type { Style as TextStyle } from './style';
import { fitted } from './wrap';

/** How advice is to look. */
interface Style extends TextStyle {
  /** Whether every field and what does not touch the cluster is shown. */
  readonly all: boolean;
}

/** What an upgrade changes, for whom, and in which order it is done. */
export function upgradeText(advice: UpgradeAdvice, style: Style): string {
  const { colors } = style;
  const { name, from, to, differences, meanings } = advice;
  const touching = differences.filter(({ concerns }) => concerns);
  const others = differences.filter(({ concerns, audience }) => !concerns && audience !== 'chart');
  const chart = differences.filter(({ audience }) => audience === 'chart');
  const of = (audience: ReleaseDifference['audience']): ReleaseDifference[] =>
    touching.filter((each) => each.audience === audience);
  return [
    `${colors.bold(`${name}: ${from} → ${to}`)}\n`,
    section('what people notice', [...meanings.map(entryOf), ...of('users').map(entryOf)], style),
    section('what changes for those who run it', of('operators').map(entryOf), style),
    section('secrets that move', advice.moves.map(moveLine), style),
    section('what must be kept', advice.kept.map(keptLine), style),
    objectSection(advice.objects, style),
    ...(style.all
      ? [
          section('what does not touch this cluster', others.map(entryOf), style),
          section('for those who render the official chart', chart.map(entryOf), style),
        ]
      : []),
    section(
      'in this order',
      advice.steps.map(({ text, commands }) => ({ text, ...(commands === undefined ? {} : { commands }) })),
      style,
      true,
    ),
    hidden(others.length + chart.length, style),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** One thing that is said, and what is to be done or typed because of it. */
interface Entry {
  readonly text: string;
  readonly todo?: string;
  readonly commands?: readonly string[];
}

function entryOf({ text, todo }: Entry): Entry {
  return { text, ...(todo === undefined ? {} : { todo }) };
}

function moveLine({ from, to }: UpgradeAdvice['moves'][number]): Entry {
  const target = to === undefined ? 'gone: the newer release has no use for it' : `${to.name} ${to.key}`;
  return { text: `${from.name} ${from.key} → ${target}` };
}

function keptLine({ field, file, places }: UpgradeAdvice['kept'][number]): Entry {
  const where = places.map(({ name, key }) => `Secret ${name}, key ${key}`).join('; ');
  const from = file === undefined ? 'follows from secrets.seed' : `is in ${file} beside the document`;
  return { text: `${field}: ${from}${where === '' ? '' : `, and is in ${where}`}` };
}

function objectSection(objects: readonly ChangedObject[], style: Style): string {
  if (objects.length === 0) return '';
  const { colors } = style;
  const marks = { create: colors.green('+'), update: colors.yellow('~'), delete: colors.red('-') };
  const lines = objects.flatMap(({ object, action, fields, because, restarts }) => {
    const amount =
      action === 'update' ? `: ${fields.length} ${fields.length === 1 ? 'field' : 'fields'}` : '';
    const reasons = because.length === 0 ? '' : ` (${because.join(', ')})`;
    const head = fitted(`${printable(object)}${amount}${restarts ? ', restarts' : ''}${reasons}`, 4, style);
    return [
      `  ${marks[action]} ${head}\n`,
      ...(style.all ? fields.map(({ path }) => `      ${printable(path)}\n`) : []),
    ];
  });
  return `${colors.bold('objects that change')}\n${lines.join('')}`;
}

function section(title: string, entries: readonly Entry[], style: Style, isNumbered = false): string {
  if (entries.length === 0) return '';
  const { colors } = style;
  const lines = entries.flatMap(({ text, todo, commands = [] }, index) => [
    `  ${isNumbered ? `${index + 1}.` : '-'} ${fitted(printable(text), isNumbered ? 5 : 4, style)}\n`,
    ...(todo === undefined ? [] : [`    ${colors.green(fitted(printable(todo), 4, style))}\n`]),
    ...commands.map((command) => `       ${colors.green(printable(command))}\n`),
  ]);
  return `${colors.bold(title)}\n${lines.join('')}`;
}

function hidden(amount: number, { all, colors }: Style): string {
  if (all || amount === 0) return '';
  return colors.dim(
    `${amount} further ${amount === 1 ? 'difference does' : 'differences do'} not touch this cluster; --all shows ${amount === 1 ? 'it' : 'them'}, and every field\n`,
  );
}
