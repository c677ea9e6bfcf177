import { printable } from '../diagnostics/code-frame';
import type { Origin, Cause } from '../why/ask';
import type { Style } from './style';
import { fitted } from './wrap';

/** Columns before what is said of a cause. */
const INDENT = 14;

/** Where fields come from: a block for each. */
export function whyText(answers: readonly Origin[], style: Style): string {
  return answers.map((answer) => block(answer, style)).join('\n');
}

function block({ object, field, value, causes }: Origin, style: Style): string {
  const { colors } = style;
  const shown = value === undefined ? '' : ` = ${colors.cyan(printable(JSON.stringify(value)))}`;
  const lines = causes.flatMap((cause) => {
    const [label, text] = rowOf(cause);
    return `  ${colors.bold(label.padEnd(INDENT - 2))}${fitted(printable(text), INDENT, style)}\n`;
  });
  return `${printable(object)} ${colors.bold(printable(field))}${shown}\n${lines.join('')}`;
}

function rowOf(cause: Cause): readonly [label: string, text: string] {
  switch (cause.kind) {
    case 'line':
      return ['document', `${cause.file}:${cause.line} ${cause.field}: ${cause.text}`];
    case 'existence':
      return ['there by', `${cause.file}:${cause.line} ${cause.field}: ${cause.text}`];
    case 'default':
      return ['left out', cause.text === '' ? cause.field : `${cause.field}: ${cause.text}`];
    case 'derivation':
      return ['derived', `${cause.name}: ${cause.text}`];
    case 'release':
      return [
        'release',
        `${cause.file}:${cause.line} ${cause.text}; ${cause.others
          .map(
            ({ release, value }) =>
              `${value === undefined ? 'another or none' : JSON.stringify(value)} in ${release}`,
          )
          .join(', ')}`,
      ];
    case 'fixed':
      return ['fixed', cause.text];
  }
}
