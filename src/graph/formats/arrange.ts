import { graphlib, layout as dagre } from '@dagrejs/dagre';
import { PART_KINDS, type Arrow, type Flawed, type Part } from '../picture';
import { placed, sizeOf, type Box, type Point, type Room } from './box';
import { arrowLines, partLines } from './text';

/** Some of the parts and arrows of a picture, or all of them. */
export interface Selection {
  readonly parts: readonly (Part & Flawed)[];
  /** Of an arrow whose upper end is elsewhere, there is the line from what is written at it to its lower end. */
  readonly arrows: readonly (Arrow & Flawed)[];
  /** How many ways lead from a part to points below everything else, beside each other. */
  readonly pointsBelow?: { readonly from: string; readonly count: number };
}

/** Where everything of a selection is. */
export interface Arranged {
  readonly width: number;
  readonly height: number;
  /** Of parts, by id. */
  readonly boxes: ReadonlyMap<string, Box>;
  readonly arrows: ReadonlyMap<Arrow, ArrowPlace>;
  /** The ways to points below everything else. */
  readonly ways: readonly (readonly Point[])[];
}

/** Where an arrow is. */
export interface ArrowPlace {
  /** What is written at it. */
  readonly label: Box;
  /** Lines to what is written, and on from there: the last ends where the arrow does. */
  readonly lines: readonly (readonly Point[])[];
}

/**
 * Arranges parts from top to bottom. What is written at an arrow is arranged as a part of it, between two lines. The same selection
 * is arranged the same way, always.
 */
export function arrange(selection: Selection, room: Room, margin: number): Arranged {
  const { parts, arrows, pointsBelow } = selection;
  const graph = new graphlib.Graph();
  const { gap } = room;
  graph.setGraph({
    rankdir: 'TB',
    nodesep: gap,
    edgesep: 16,
    ranksep: 22,
    marginx: margin,
    marginy: margin,
  });
  const boxes = new Map(
    parts.map((part) => [part.id, sizeOf('part', [part.title, ...partLines(part)], part, room)]),
  );
  for (const [id, { width, height }] of boxes) graph.setNode(id, { width, height });
  const written = arrows.map((arrow, index) => {
    const { from, to } = downward(arrow, parts);
    const size = sizeOf('arrow', arrowLines(arrow), arrow, room);
    return { arrow, from, to, size, id: labelID(index), isBack: from !== arrow.from };
  });
  for (const { arrow, from, to, size, id, isBack } of written) {
    graph.setNode(id, { width: size.width, height: size.height });
    // What goes down and what comes back are written one below the other, close to the lower part.
    if (boxes.has(from)) graph.setEdge(from, id, { minlen: isBack ? 2 : 1 });
    const isBeside = !isBack && boxes.has(from) && hasWayBack(arrow, arrows);
    graph.setEdge(id, to, { minlen: isBeside ? 2 : 1 });
  }
  dagre(graph);
  const ways = pointsBelow ? waysBelow(graph, pointsBelow.from, pointsBelow.count) : [];
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    boxes: new Map([...boxes].map(([id, size]) => [id, placed(size, graph.node(id) as Point)])),
    arrows: new Map(
      written.map(({ arrow, from, to, size, id, isBack }) => {
        const lines = [...(boxes.has(from) ? [lineOf(graph, from, id)] : []), lineOf(graph, id, to)];
        return [
          arrow,
          {
            label: placed(size, graph.node(id) as Point),
            lines: isBack ? lines.reverse().map((line) => [...line].reverse()) : lines,
          },
        ];
      }),
    ),
    ways,
  };
}

/** Arranges a graph anew with points below everything, which only the arranged graph says where that is. */
function waysBelow(graph: graphlib.Graph, from: string, count: number): Point[][] {
  const rankOf = (id: string): number => (graph.node(id) as { rank: number }).rank;
  const lowest = Math.max(...graph.nodes().map(rankOf));
  // Ranks are counted double, so that there is room for labels of edges.
  const minlen = Math.ceil((lowest - rankOf(from)) / 2) + 1;
  const ids = Array.from({ length: count }, (_, index) => `.${index}`);
  for (const id of ids) {
    graph.setNode(id, { width: 1, height: 1 });
    graph.setEdge(from, id, { minlen });
  }
  dagre(graph);
  return ids.map((id) => lineOf(graph, from, id));
}

/** The same elsewhere. */
export function shifted({ width, height, boxes, arrows, ways }: Arranged, dx: number, dy: number): Arranged {
  const box = (each: Box): Box => ({ ...each, x: each.x + dx, y: each.y + dy });
  const line = (points: readonly Point[]): Point[] => points.map(({ x, y }) => ({ x: x + dx, y: y + dy }));
  return {
    width,
    height,
    boxes: new Map([...boxes].map(([id, each]) => [id, box(each)])),
    arrows: new Map(
      [...arrows].map(([arrow, { label, lines }]) => [arrow, { label: box(label), lines: lines.map(line) }]),
    ),
    ways: ways.map(line),
  };
}

/** No part is called so: ids of parts begin with letters. */
function labelID(index: number): string {
  return String(index);
}

function lineOf(graph: graphlib.Graph, from: string, to: string): Point[] {
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
