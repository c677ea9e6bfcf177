import { graphlib, layout as dagre } from '@dagrejs/dagre';
import { conditionOf } from '../attach';
import { PART_KINDS, type Arrow, type Flawed, type Part, type Picture } from '../picture';
import { widthOf, wrapped } from './measure';
import { arrowLines, partLines } from './text';

/** Sizes of text, in pixels. */
export const SIZES = { title: 13, line: 11 } as const;

/** What a title is measured with: it is bold, and takes more room. */
const BOLD = SIZES.title * 1.08;

export const LINE_HEIGHT = 15;

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

/** Where everything of a picture is. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly parts: readonly { readonly part: Part & Flawed; readonly box: Box }[];
  readonly arrows: readonly {
    readonly arrow: Arrow & Flawed;
    /** To what is written at the arrow, and on from there. */
    readonly lines: readonly (readonly Point[])[];
    readonly label: Box;
  }[];
}

const MAX_WIDTH = { part: 190, arrow: 150 } as const;
const PADDING = { part: 10, arrow: 3 } as const;

/** Parts beside Dex in one row: more of them would make a picture that no page is wide enough for. */
const ROW = 4;

/**
 * Lays a picture out from top to bottom. What is written at an arrow is laid out as a part of it, between two lines. The same
 * picture is laid out the same way, always.
 */
export function layoutOf({ parts, arrows }: Picture): Layout {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 22, edgesep: 16, ranksep: 22, marginx: 12, marginy: 12 });
  const boxes = new Map(
    parts.map((part) => [part.id, sizeOf('part', [part.title, ...partLines(part)], part)]),
  );
  for (const [id, { width, height }] of boxes) graph.setNode(id, { width, height });
  const rows = new Map(
    parts
      .filter(({ kind }) => kind === 'provider' || kind === 'outside')
      .map(({ id }, index) => [id, Math.floor(index / ROW)]),
  );
  const labels = arrows.map((arrow) => sizeOf('arrow', arrowLines(arrow), arrow));
  const ends = arrows.map((arrow) => downward(arrow, parts));
  arrows.forEach((arrow, index) => {
    const { from, to } = ends[index] ?? arrow;
    const label = labelID(index);
    const { width, height } = labels[index] ?? { width: 0, height: 0 };
    const isBack = from !== arrow.from;
    // What goes down and what comes back are written one below the other, close to the lower part.
    const row = from === 'dex' ? 1 + 3 * (rows.get(to) ?? 0) : 1;
    graph.setNode(label, { width, height });
    graph.setEdge(from, label, { minlen: isBack ? row + 1 : row });
    graph.setEdge(label, to, { minlen: !isBack && hasWayBack(arrow, arrows) ? 2 : 1 });
  });
  dagre(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    parts: parts.map((part) => ({ part, box: placed(boxes.get(part.id), graph.node(part.id) as Point) })),
    arrows: arrows.map((arrow, index) => {
      const { from, to } = ends[index] ?? arrow;
      const label = labelID(index);
      const lines = [pointsOf(graph, from, label), pointsOf(graph, label, to)];
      return {
        arrow,
        lines: from === arrow.from ? lines : lines.reverse().map((points) => [...points].reverse()),
        label: placed(labels[index], graph.node(label) as Point),
      };
    }),
  };
}

/** No part is called so: ids of parts have letters. */
function labelID(index: number): string {
  return String(index);
}

function pointsOf(graph: graphlib.Graph, from: string, to: string): Point[] {
  const { points } = graph.edge({ v: from, w: to }) as { points: Point[] };
  return points.map(({ x, y }) => ({ x, y }));
}

function hasWayBack({ from, to }: Arrow, arrows: readonly Arrow[]): boolean {
  return arrows.some((other) => other.from === to && other.to === from);
}

/** The ends of an arrow, the upper one first: what goes back up does not turn the picture over. */
function downward(
  { from, to }: Arrow,
  parts: readonly Part[],
): { readonly from: string; readonly to: string } {
  const rank = (id: string): number => {
    const part = parts.find((each) => each.id === id);
    return part === undefined ? -1 : PART_KINDS.indexOf(part.kind);
  };
  return rank(from) <= rank(to) ? { from, to } : { from: to, to: from };
}

type Sized = Omit<Box, 'x' | 'y'>;

function sizeOf(kind: 'part' | 'arrow', texts: readonly string[], flawed: Flawed): Sized {
  const hasFlaw = conditionOf(flawed) !== 'fine';
  const lines = texts.flatMap((text, index) => {
    const isTitle = index === 0;
    const isFlaw = hasFlaw && index === texts.length - 1;
    return wrapped(text, MAX_WIDTH[kind], isTitle && kind === 'part' ? BOLD : SIZES.line).map((line) => ({
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

function placed(size: Sized | undefined, { x, y }: Point): Box {
  const { width, height, lines } = size ?? { width: 0, height: 0, lines: [] };
  return { x: x - width / 2, y: y - height / 2, width, height, lines };
}
