import { conditionOf, findingsOf } from '../attach';
import { SIGN } from '../made-by-pachkit';
import { PART_KINDS, type Picture } from '../picture';
import { LINE_HEIGHT, SIZES, type Box, type Point } from './box';
import { layoutOf, type Layout } from './layout';
import { escaped } from './markup';
import { wrapped } from './measure';
import { findingText } from './text';

const LIGHT = `--paper:#fff;--ink:#1b1f24;--faint:#57606a;--line:#6b7480;--people:#eef2f6;--entrance:#e8f0fe;--server:#e9f5ec;--identity:#fff3d6;--provider:#f3e8fd;--data:#e6f4f5;--outside:#f6f1ea;--error:#b3261e;--warning:#8a5300`;
const DARK = `--paper:#0f1317;--ink:#e8ecf0;--faint:#a3adb8;--line:#8b96a3;--people:#232a32;--entrance:#1c2b45;--server:#1b3325;--identity:#3c3113;--provider:#332445;--data:#16353a;--outside:#342c22;--error:#ff8a80;--warning:#ffb74d`;

/** Style of pictures, with variables that a page can set for itself; light or dark as the user has it, light on paper. */
export const PICTURE_STYLE = [
  `.pachkit{${LIGHT};font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}`,
  `@media screen and (prefers-color-scheme:dark){.pachkit{${DARK}}}`,
  '.pachkit text{fill:var(--ink);white-space:pre}',
  `.pachkit .t{font-size:${SIZES.title}px;font-weight:600}`,
  `.pachkit .l{font-size:${SIZES.line}px}`,
  '.pachkit .name{font-size:17px;font-weight:600}',
  '.pachkit .faint{fill:var(--faint)}',
  '.pachkit .paper{fill:var(--paper)}',
  '.pachkit .box{stroke:var(--line);stroke-width:1}',
  '.pachkit .arrow{fill:none;stroke:var(--line);stroke-width:1.4}',
  '.pachkit .tip{fill:var(--line)}',
  '.pachkit .browser{stroke-dasharray:5 4}',
  ...PART_KINDS.map((kind) => `.pachkit .${kind}{fill:var(--${kind})}`),
  ...['error', 'warning'].flatMap((severity) => [
    `.pachkit .${severity} .box,.pachkit .${severity} .arrow{stroke:var(--${severity});stroke-width:2.6}`,
    `.pachkit .${severity} .tip{fill:var(--${severity})}`,
    `.pachkit text.${severity},.pachkit tspan.${severity}{fill:var(--${severity});font-weight:600}`,
  ]),
].join('\n');

const MARGIN = 12;
const LEAST_WIDTH = 480;
const HEADING = 34;

/** One picture file, with a picture below the other. */
export function svg(pictures: readonly Picture[]): string {
  return svgElement(pictures, { isFile: true });
}

/** `isFile` says that it has to bring its own style along, and names the pictures; a page has both already. */
export function svgElement(pictures: readonly Picture[], { isFile }: { readonly isFile: boolean }): string {
  const layouts = pictures.map((picture) => ({ picture, layout: layoutOf(picture) }));
  const width = Math.max(LEAST_WIDTH, ...layouts.map(({ layout }) => layout.width));
  let top = 0;
  const body: string[] = [];
  for (const { picture, layout } of layouts) {
    const begin = top;
    if (isFile) {
      body.push(`<text class="name" x="${MARGIN}" y="${begin + 24}">${escaped(picture.name)}</text>`);
      top += HEADING;
    }
    body.push(
      `<g transform="translate(${number((width - layout.width) / 2)} ${number(top)})">${drawn(layout)}</g>`,
    );
    top += layout.height;
    if (isFile) {
      const below = findings(picture, width, top);
      body.push(...below.lines);
      top = below.bottom;
    }
  }
  const title = `Login of ${pictures.map(({ name }) => name).join(', ')}`;
  const height = Math.ceil(top + MARGIN);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="pachkit" role="img" aria-label="${escaped(title)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    ...(isFile
      ? [`<!-- ${SIGN} -->`, `<title>${escaped(title)}</title>`, `<style>${PICTURE_STYLE}</style>`]
      : []),
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...body,
    '</svg>\n',
  ].join('\n');
}

/** What is wrong, in words, below the picture. */
function findings(
  picture: Picture,
  width: number,
  from: number,
): { readonly lines: string[]; readonly bottom: number } {
  const all = findingsOf(picture);
  const lines: string[] = [];
  let bottom = from + (all.length > 0 ? 8 : 0);
  for (const finding of all) {
    const rows = wrapped(findingText(finding), width - 2 * MARGIN, SIZES.line);
    lines.push(
      `<text class="l ${finding.severity}">${rows
        .map((row) => {
          bottom += LINE_HEIGHT;
          return `<tspan x="${MARGIN}" y="${number(bottom)}">${escaped(row)}</tspan>`;
        })
        .join('')}</text>`,
    );
  }
  return { lines, bottom: bottom + 8 };
}

const CONDITIONS: readonly ReturnType<typeof conditionOf>[] = ['fine', 'warning', 'error'];

function drawn({ parts, arrows }: Layout): string {
  return [
    // Where lines run together, what is wrong is above what is fine.
    ...CONDITIONS.flatMap((condition) =>
      arrows
        .filter(({ arrow }) => conditionOf(arrow) === condition)
        .map(({ arrow, lines }) => group(condition, arrowPath(lines, arrow.isByBrowser === true))),
    ),
    ...parts.map(({ part, box }) => {
      const { x, y, width, height } = box;
      const radius = part.kind === 'people' ? 14 : 5;
      return group(
        conditionOf(part),
        `<rect class="box ${part.kind}" x="${number(x)}" y="${number(y)}" width="${width}" height="${height}" rx="${radius}"/>${textOf(box, 'part', conditionOf(part))}`,
      );
    }),
    ...arrows.map(({ arrow, label }) => textOf(label, 'arrow', conditionOf(arrow))),
  ].join('\n');
}

function group(condition: ReturnType<typeof conditionOf>, content: string): string {
  return condition === 'fine' ? content : `<g class="${condition}">${content}</g>`;
}

/** All lines are one text, so that an address that takes several can be found as a whole. */
function textOf(
  { x, y, width, height, lines }: Box,
  kind: 'part' | 'arrow',
  condition: ReturnType<typeof conditionOf>,
): string {
  const middle = number(x + width / 2);
  const first = y + (height - lines.length * LINE_HEIGHT) / 2 + 11;
  const spans = lines.map(({ text, isTitle, isFlaw }, index) => {
    const kinds = [
      isTitle && kind === 'part' ? 't' : 'l',
      ...(isFlaw ? [condition] : !isTitle && kind === 'part' ? ['faint'] : []),
    ];
    return `<tspan class="${kinds.join(' ')}" x="${middle}" y="${number(first + index * LINE_HEIGHT)}">${escaped(text)}</tspan>`;
  });
  return `<text text-anchor="middle">${spans.join('')}</text>`;
}

/** Lines that bend at their points, the last with a tip at its end. */
function arrowPath(lines: readonly (readonly Point[])[], isByBrowser: boolean): string {
  const last = lines.at(-1) ?? [];
  const [before, end] = last.slice(-2);
  return `<path class="arrow${isByBrowser ? ' browser' : ''}" d="${lines.map(bent).join('')}"/>${before && end ? `<path class="tip" d="${tip(before, end)}"/>` : ''}`;
}

const RADIUS = 14;

/** A line with round corners. */
function bent(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (!before) return `M${at(point)}`;
      if (!after) return `L${at(point)}`;
      return `L${at(towards(point, before))}Q${at(point)} ${at(towards(point, after))}`;
    })
    .join('');
}

/** The point at the radius of a corner from it, or half way where the other end is near. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const part = Math.min(RADIUS / length, 0.5);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function tip(from: Point, to: Point): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const x = (to.x - from.x) / length;
  const y = (to.y - from.y) / length;
  const back = { x: to.x - 9 * x, y: to.y - 9 * y };
  return `M${at(to)}L${at({ x: back.x - 4 * y, y: back.y + 4 * x })}L${at({ x: back.x + 4 * y, y: back.y - 4 * x })}Z`;
}

function at({ x, y }: Point): string {
  return `${number(x)} ${number(y)}`;
}

/** With one digit after the point: the same on every machine. */
function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}
