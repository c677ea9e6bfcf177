import { printable } from '../../diagnostics/code-frame';
import { codesOf, conditionOf } from '../attach';
import type { Arrow, Flawed, Part } from '../picture';

/** Marks of what is wrong, which say it without colour. */
const MARKS = { fine: '', warning: '▲', error: '✖' } as const;

/** `✖ DEX007 NET012`; nothing where nothing is wrong. */
export function flawLines(flawed: Flawed): string[] {
  const condition = conditionOf(flawed);
  return condition === 'fine' ? [] : [`${MARKS[condition]} ${codesOf(flawed).join(' ')}`];
}

/** What is written in the box of a part below its title. */
export function partLines(part: Part & Flawed): string[] {
  return [...part.lines, ...flawLines(part)].map(printable);
}

/** What is written at an arrow. */
export function arrowLines({ what, address, protocol, lines = [], ...arrow }: Arrow & Flawed): string[] {
  return [
    what,
    ...(address === undefined ? [] : [address]),
    ...(protocol === undefined || protocol === '' ? [] : [protocol]),
    ...lines,
    ...flawLines(arrow),
  ].map(printable);
}

/** Lines of a finding in words, for those who see the picture alone. */
export function findingText({ severity, code, message, location }: Flawed['flaws'][number]): string {
  const line = location.range === undefined ? '' : `:${location.range.line}`;
  return printable(`${MARKS[severity]} ${code} ${location.file}${line}: ${message}`);
}
