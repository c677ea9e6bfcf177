import type { Arrow, Picture } from '../picture';
import { arrange, shifted, type Arranged, type ArrowPlace, type Selection } from './arrange';
import type { Point, Room } from './box';

/** The part that the rows are below: everyone who logs in goes through it. */
const HUB = 'dex';

/** Room at each side of the rows for the lines that lead past them, and from the edge of the picture to such a line. */
const SIDE = { room: 40, line: 20 } as const;

/** From the top of a row to the lines that lead to it, to those that come from it, and to what is in it. */
const TOP = { down: 10, up: 24, content: 38 } as const;

/**
 * Each provider and each program that Dex deals with, with what belongs to it alone. Empty where there is no Dex.
 */
export function aroundDex({ parts, arrows }: Picture): readonly Selection[] {
  if (!parts.some(({ id }) => id === HUB)) return [];
  const around = new Set(
    parts.filter(({ kind }) => kind === 'provider' || kind === 'outside').map(({ id }) => id),
  );
  const headOf = (id: string): string => {
    const above = arrows.find(({ from, to }) => to === id && around.has(from));
    return above === undefined ? id : headOf(above.from);
  };
  return [...around]
    .filter((id) => headOf(id) === id)
    .map((head) => {
      const isIn = (id: string): boolean => around.has(id) && headOf(id) === head;
      return {
        parts: parts.filter(({ id }) => isIn(id)),
        arrows: arrows.filter(({ from, to }) => isIn(from) || isIn(to)),
      };
    });
}

/**
 * Arranges what Dex deals with in rows below everything else, which are at most as wide as is said where anything can be. The
 * lines that lead to a row run together, and so do those that come back.
 */
export function inRows(picture: Picture, room: Room, widest: number, margin: number): Arranged {
  const selections = aroundDex(picture);
  const inCells = new Set<object>(selections.flatMap(({ parts, arrows }) => [...parts, ...arrows]));
  const upper = arrange(
    {
      parts: picture.parts.filter((part) => !inCells.has(part)),
      arrows: picture.arrows.filter((arrow) => !inCells.has(arrow)),
      pointsBelow: { from: HUB, count: 2 },
    },
    room,
    margin,
  );
  const rows = evenRows(
    selections.map((selection) => arrange(selection, room, 0)),
    widest - 2 * SIDE.room,
    room.gap,
  );
  const width = Math.max(upper.width, ...rows.map((row) => widthOf(row, room.gap) + 2 * SIDE.room));
  const above = shifted(upper, (width - upper.width) / 2, 0);
  let top = above.height - margin;
  const first = top;
  const arranged = [above];
  for (const row of rows) {
    let x = (width - widthOf(row, room.gap)) / 2;
    for (const cell of row) {
      const inPlace = shifted(cell, x, top + TOP.content);
      arranged.push({ ...inPlace, arrows: joined(inPlace, above, { top, first, width }) });
      x += cell.width + room.gap;
    }
    top += TOP.content + Math.max(...row.map(({ height }) => height)) + margin;
  }
  return {
    width,
    height: top,
    boxes: new Map(arranged.flatMap(({ boxes }) => [...boxes])),
    arrows: new Map(arranged.flatMap(({ arrows }) => [...arrows])),
    ways: [],
  };
}

function widthOf(row: readonly Arranged[], gap: number): number {
  return row.reduce((sum, { width }) => sum + width, 0) + gap * (row.length - 1);
}

/** As few rows as are at most that wide, and of these the narrowest. */
function evenRows(cells: readonly Arranged[], widest: number, gap: number): Arranged[][] {
  let rows = filled(cells, widest, gap);
  const { length } = rows;
  for (let limit = widest; rows.length === length && limit > 0; limit -= gap) {
    const narrower = filled(cells, limit, gap);
    if (narrower.length > length) break;
    rows = narrower;
  }
  return rows;
}

function filled(cells: readonly Arranged[], limit: number, gap: number): Arranged[][] {
  const rows: Arranged[][] = [];
  for (const cell of cells) {
    const last = rows.at(-1);
    if (last && widthOf([...last, cell], gap) <= limit) last.push(cell);
    else rows.push([cell]);
  }
  return rows;
}

/**
 * The arrows of a cell, those at Dex with their lines from there or to there. Lines that run together are the same from their
 * beginning, so that their dashes are.
 */
function joined(
  cell: Arranged,
  { ways: [down = [], up = []] }: Arranged,
  { top, first, width }: { readonly top: number; readonly first: number; readonly width: number },
): Arranged['arrows'] {
  const along = (way: readonly Point[], line: 'down' | 'up', x: number): Point[] => {
    const begin = way.at(-1) ?? { x, y: first };
    const side = line === 'down' ? SIDE.line : width - SIDE.line;
    const y = first + TOP[line];
    const past =
      top === first
        ? []
        : [
            { x: side, y },
            { x: side, y: top + TOP[line] },
          ];
    return [begin, { x: begin.x, y }, ...past, { x, y: top + TOP[line] }];
  };
  const entry = ([arrow, { label, lines }]: readonly [Arrow, ArrowPlace]): [Arrow, ArrowPlace] => {
    const x = label.x + label.width / 2;
    const head = { x, y: label.y };
    if (arrow.from === HUB)
      return [
        arrow,
        { label, lines: [down, along(down, 'down', x), [{ x, y: top + TOP.down }, head], ...lines] },
      ];
    if (arrow.to === HUB)
      return [
        arrow,
        { label, lines: [...lines, [head, { x, y: top + TOP.up }], along(up, 'up', x), [...up].reverse()] },
      ];
    return [arrow, { label, lines }];
  };
  return new Map([...cell.arrows].map(entry));
}
