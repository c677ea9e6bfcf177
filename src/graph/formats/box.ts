import { conditionOf } from '../attach';
import type { Flawed } from '../picture';
import { widthOf, wrapped } from './measure';

/** Sizes of text, in pixels. */
export const SIZES = { title: 13, line: 11 } as const;

/** What a title is measured with: it is bold, and takes more room. */
const BOLD = SIZES.title * 1.08;

export const LINE_HEIGHT = 15;

const PADDING = { part: 10, arrow: 3 } as const;

/** How much room a picture takes, in pixels. */
export interface Room {
  /** Of text in a part, at most. */
  readonly part: number;
  /** Of text at an arrow, at most. */
  readonly arrow: number;
  /** Between what stands side by side. */
  readonly gap: number;
}

/** A rectangle with lines of text, by its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly TextLine[];
}

/** A line as it is shown; several may belong to one text. */
interface TextLine {
  readonly text: string;
  readonly isTitle: boolean;
  /** Whether it says what is wrong. */
  readonly isFlaw: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

type Sized = Omit<Box, 'x' | 'y'>;

/** The room that strings take in lines, the first of a part as its title. */
export function sizeOf(kind: 'part' | 'arrow', texts: readonly string[], flawed: Flawed, room: Room): Sized {
  const hasFlaw = conditionOf(flawed) !== 'fine';
  const lines = texts.flatMap((text, index) => {
    const isTitle = index === 0;
    const isFlaw = hasFlaw && index === texts.length - 1;
    return wrapped(text, room[kind], isTitle && kind === 'part' ? BOLD : SIZES.line).map((line) => ({
      text: line,
      isTitle,
      isFlaw,
    }));
  });
  const widest = Math.max(
    ...lines.map(({ text, isTitle }) =>
      widthOf(text.trimEnd(), isTitle && kind === 'part' ? BOLD : SIZES.line),
    ),
  );
  const padding = PADDING[kind];
  return {
    width: Math.ceil(widest + 2 * padding),
    height: lines.length * LINE_HEIGHT + 2 * padding,
    lines,
  };
}

/** A box by its middle. */
export function placed({ width, height, lines }: Sized, { x, y }: Point): Box {
  return { x: x - width / 2, y: y - height / 2, width, height, lines };
}
