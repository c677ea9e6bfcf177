import type { Arrow, Flawed, Part, Picture } from '../picture';
import { arrange, type Arranged, type ArrowPlace } from './arrange';
import type { Box, Room } from './box';
import { aroundDex, inRows } from './rows';

/** Where everything of a picture is. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly parts: readonly { readonly part: Part & Flawed; readonly box: Box }[];
  readonly arrows: readonly ({ readonly arrow: Arrow & Flawed } & ArrowPlace)[];
}

/** What a page has room for on a screen of 1200 pixels, beside its margins and what it is scrolled with. */
export const WIDEST = 1140;

const MARGIN = 12;

/** How much room a picture takes, and how little where it would be too wide. */
const ROOMS: readonly Room[] = [
  { part: 190, arrow: 150, gap: 22 },
  { part: 160, arrow: 118, gap: 12 },
];

/** Parts around Dex up to which they can be in one row. */
const ONE_ROW = 4;

/** Lays a picture out: the first way that is not too wide, else the narrowest. The same picture always becomes the same. */
export function layoutOf(picture: Picture): Layout {
  let narrowest: Arranged | undefined;
  for (const arranged of ways(picture)) {
    if (narrowest === undefined || arranged.width < narrowest.width) narrowest = arranged;
    if (narrowest.width <= WIDEST) break;
  }
  return asLayout(
    picture,
    narrowest ?? { width: 0, height: 0, boxes: new Map(), arrows: new Map(), ways: [] },
  );
}

/** The ways to arrange a picture, the most legible first. */
function* ways(picture: Picture): Generator<Arranged, void> {
  const around = aroundDex(picture).length;
  for (const room of ROOMS) {
    if (around <= ONE_ROW) yield arrange(picture, room, MARGIN);
    if (around > 1) yield inRows(picture, room, WIDEST, MARGIN);
  }
}

function asLayout({ parts, arrows }: Picture, arranged: Arranged): Layout {
  return {
    width: arranged.width,
    height: arranged.height,
    parts: parts.flatMap((part) => {
      const box = arranged.boxes.get(part.id);
      return box === undefined ? [] : [{ part, box }];
    }),
    arrows: arrows.flatMap((arrow) => {
      const place = arranged.arrows.get(arrow);
      return place === undefined ? [] : [{ arrow, ...place }];
    }),
  };
}
