import { layoutOf, type Box, type Point } from '../../src/graph/formats/layout';
import { checkFiles } from '../../src/pipeline/check-files';
import { picturesOf } from '../../src/graph/graph';
import type { Picture } from '../../src/graph/picture';
import { inputOf } from '../support/input-of';
import { shapes } from './shapes';

function pictureOf(text: string): Picture {
  const { documents, diagnostics } = checkFiles(['pachyderm.yaml'], inputOf({ 'pachyderm.yaml': text }));
  const [picture] = picturesOf(documents, diagnostics);
  if (!picture) throw new Error('the document has no picture');
  return picture;
}

const areApart = (a: Box, b: Box): boolean =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

/** Whether a line goes through a box, tried at every pixel of it. */
function crosses([from, to]: readonly [Point, Point], { x, y, width, height }: Box): boolean {
  const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y)) || 1;
  return Array.from({ length: steps + 1 }, (_, step) => step / steps).some((part) => {
    const at = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
    return at.x > x + 1 && at.x < x + width - 1 && at.y > y + 1 && at.y < y + height - 1;
  });
}

describe.each(Object.entries(shapes))('%s', (_, text) => {
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

  test('everything is inside', () => {
    for (const { box } of boxes) {
      expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
    }
  });

  test('is the same every time', () => expect(layoutOf(pictureOf(text))).toEqual(layoutOf(picture)));
});
