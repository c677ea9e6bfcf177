import { printable } from '../../diagnostics/code-frame';
import { conditionOf } from '../attach';
import { SIGN } from '../made-by-pachkit';
import type { PartKind, Picture } from '../picture';
import { arrowLines, findingText, partLines } from './text';

const SHAPES: Readonly<Record<PartKind, string>> = {
  people: 'oval',
  entrance: 'hexagon',
  server: 'box',
  identity: 'box',
  provider: 'box',
  data: 'cylinder',
  outside: 'note',
};

const COLOURS = { fine: '', warning: '#b26a00', error: '#c62828' } as const;

/** A graph in the language of Graphviz. */
export function dot(pictures: readonly Picture[]): string {
  const lines = [
    `// ${SIGN}`,
    'digraph pachkit {',
    '  graph [rankdir=TB, fontname="sans-serif"]',
    '  node [fontname="sans-serif", fontsize=11, style=rounded]',
    '  edge [fontname="sans-serif", fontsize=10]',
  ];
  pictures.forEach((picture, index) => {
    const id = (part: string): string => string(`${index}/${part}`);
    lines.push(`  subgraph ${string(`cluster ${index}`)} {`, `    label=${string(picture.name)}`);
    for (const part of picture.parts)
      lines.push(
        `    ${id(part.id)} [shape=${SHAPES[part.kind]}, label=${string(...[part.title, ...partLines(part)])}${style(conditionOf(part))}]`,
      );
    for (const arrow of picture.arrows)
      lines.push(
        `    ${id(arrow.from)} -> ${id(arrow.to)} [label=${string(...arrowLines(arrow))}${arrow.isByBrowser ? ', style=dashed' : ''}${style(conditionOf(arrow))}]`,
      );
    if (picture.others.length > 0)
      lines.push(
        `    ${id('others')} [shape=note, label=${string(...picture.others.map(findingText))}${style(conditionOf({ flaws: picture.others }))}]`,
      );
    lines.push('  }');
  });
  return `${[...lines, '}'].join('\n')}\n`;
}

function style(condition: keyof typeof COLOURS): string {
  return condition === 'fine' ? '' : `, color="${COLOURS[condition]}", penwidth=2.5`;
}

/** A string of Graphviz, with a line for each. A backslash begins an escape there, and `&` a character of HTML. */
function string(...lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    printable(line).replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/&/g, '&amp;').replace(/\n/g, ' '),
  );
  return `"${escaped.join('\\n')}"`;
}
