import { printable } from '../../diagnostics/code-frame';
import { conditionOf } from '../attach';
import { SIGN } from '../made-by-pachkit';
import type { PartKind, Picture } from '../picture';
import { arrowLines, findingText, partLines } from './text';

/** How Mermaid draws each kind of part: what is around its text. */
const SHAPES: Readonly<Record<PartKind, readonly [open: string, close: string]>> = {
  people: ['([', '])'],
  entrance: ['{{', '}}'],
  server: ['[', ']'],
  identity: ['[', ']'],
  provider: ['(', ')'],
  data: ['[(', ')]'],
  outside: ['[/', '/]'],
};

/** A flowchart in Mermaid's language, for Markdown. */
export function mermaid(pictures: readonly Picture[]): string {
  const isOne = pictures.length === 1;
  const lines = [`%% ${SIGN}`, 'flowchart TB'];
  const wrong = { warning: [] as number[], error: [] as number[] };
  let links = 0;
  pictures.forEach((picture, index) => {
    const id = (part: string): string => (isOne ? part : `c${index}_${part}`);
    const indent = isOne ? '  ' : '    ';
    if (!isOne) lines.push(`  subgraph c${index}["${quoted([picture.name])}"]`);
    for (const part of picture.parts) {
      const [open, close] = SHAPES[part.kind];
      const condition = conditionOf(part);
      lines.push(
        `${indent}${id(part.id)}${open}"${quoted([part.title, ...partLines(part)])}"${close}${condition === 'fine' ? '' : `:::${condition}`}`,
      );
    }
    for (const arrow of picture.arrows) {
      const line = arrow.isByBrowser ? '-.->' : '-->';
      lines.push(`${indent}${id(arrow.from)} ${line}|"${quoted(arrowLines(arrow))}"| ${id(arrow.to)}`);
      const condition = conditionOf(arrow);
      if (condition !== 'fine') wrong[condition].push(links);
      links += 1;
    }
    if (picture.others.length > 0)
      lines.push(
        `${indent}${id('others')}["${quoted(picture.others.map(findingText))}"]:::${conditionOf({ flaws: picture.others })}`,
      );
    if (!isOne) lines.push('  end');
  });
  lines.push(
    '  classDef error stroke:#c62828,stroke-width:3px,stroke-dasharray:6 3',
    '  classDef warning stroke:#b26a00,stroke-width:2px,stroke-dasharray:6 3',
  );
  for (const [severity, colour] of [
    ['error', '#c62828'],
    ['warning', '#b26a00'],
  ] as const)
    if (wrong[severity].length > 0)
      lines.push(`  linkStyle ${wrong[severity].join(',')} stroke:${colour},stroke-width:3px`);
  return `${lines.join('\n')}\n`;
}

/**
 * Lines as Mermaid takes them between quotes: what has a meaning to it, to its Markdown or to HTML as numbers of
 * characters, which begin with `#` there.
 */
function quoted(lines: readonly string[]): string {
  return lines
    .map((line) =>
      printable(line).replace(/[#&"<>`*_\\[\]{}|~\n]/g, (character) => `#${character.charCodeAt(0)};`),
    )
    .join('<br/>');
}
