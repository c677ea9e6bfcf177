import type { Box, Point } from '../../src/graph/formats/box';
import { layoutOf, WIDEST } from '../../src/graph/formats/layout';
import { checkFiles } from '../../src/pipeline/check-files';
import { picturesOf } from '../../src/graph/graph';
import type { Picture } from '../../src/graph/picture';
import { inputOf } from '../support/input-of';
import { manyConnectors, shapes } from './shapes';

function pictureOf(text: string): Picture {
  const { documents, diagnostics } = checkFiles(['pachyderm.yaml'], inputOf({ 'pachyderm.yaml': text }));
  const [picture] = picturesOf(documents, diagnostics);
  if (!picture) throw new Error('the document has no picture');
  return picture;
}

const areApart = (a: Box, b: Box): boolean =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

/** How far a point is from a box. */
function distance(point: Point | undefined, { x, y, width, height }: Box): number {
  if (point === undefined) return Infinity;
  return Math.hypot(
    Math.max(x - point.x, 0, point.x - x - width),
    Math.max(y - point.y, 0, point.y - y - height),
  );
}

/** Whether a line goes through a box, tried at every pixel of it. */
function crosses([from, to]: readonly [Point, Point], { x, y, width, height }: Box): boolean {
  const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y)) || 1;
  return Array.from({ length: steps + 1 }, (_, step) => step / steps).some((part) => {
    const at = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
    return at.x > x + 1 && at.x < x + width - 1 && at.y > y + 1 && at.y < y + height - 1;
  });
}

/** Documents with so many connectors that rows of them are needed, among others. */
const all: Readonly<Record<string, string>> = {
  ...shapes,
  ...Object.fromEntries(
    [2, 3, 4, 5, 6, 8, 30].map((count) => [`${count} connectors`, manyConnectors(count)]),
  ),
};

describe.each(Object.entries(all))('%s', (_, text) => {
  const picture = pictureOf(text);
  const { width, height, parts, arrows } = layoutOf(picture);
  const boxes = [
    ...parts.map(({ part, box }) => ({ name: part.title, box })),
    ...arrows.map(({ arrow, label }) => ({ name: `${arrow.from} ${arrow.what}`, box: label })),
  ];

  test('has every part and arrow', () => {
    expect(parts.length).toBeGreaterThan(5);
    expect([parts.length, arrows.length]).toEqual([picture.parts.length, picture.arrows.length]);
  });

  test('no text lies on another', () => {
    const overlaps = boxes.flatMap((a, index) =>
      boxes.slice(index + 1).flatMap((b) => (areApart(a.box, b.box) ? [] : [`${a.name} on ${b.name}`])),
    );
    expect(overlaps).toEqual([]);
  });

  test('no line runs through a text', () => {
    const crossings = arrows.flatMap(({ arrow, lines }) =>
      lines.flatMap((points) =>
        points.slice(1).flatMap((to, index) => {
          const from = points[index] as Point;
          return boxes
            .filter(({ box }) => crosses([from, to], box))
            .map(({ name }) => `${arrow.from} ${arrow.what} through ${name}`);
        }),
      ),
    );
    expect(crossings).toEqual([]);
  });

  test('is readable on a screen of 1200 pixels', () => expect(width).toBeLessThanOrEqual(WIDEST));

  test('every arrow begins and ends at its parts, and leads to what is written at it', () => {
    for (const { arrow, lines, label } of arrows) {
      const ends = [lines[0]?.[0], lines.at(-1)?.at(-1)] as const;
      [arrow.from, arrow.to].forEach((id, index) => {
        const box = parts.find(({ part }) => part.id === id)?.box;
        expect(box && distance(ends[index], box)).toBeLessThan(2);
      });
      expect(lines.flat().filter((point) => distance(point, label) < 2).length).toBeGreaterThanOrEqual(2);
    }
  });

  test('everything is inside', () => {
    for (const { box } of boxes) {
      expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
    }
  });

  test('is the same every time', () => expect(layoutOf(pictureOf(text))).toEqual(layoutOf(picture)));
});
