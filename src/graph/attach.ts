import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Flawed, Picture, Scene } from './picture';
import { isAtOrUnder } from '../document/source-node';

interface Placed {
  readonly places: readonly string[];
}

/** Puts every finding to the parts and arrows that say most exactly what it is about. */
export function attach(name: string, { parts, arrows }: Scene, findings: readonly Diagnostic[]): Picture {
  const flaws = new Map<Placed, Diagnostic[]>();
  const others: Diagnostic[] = [];
  const all: readonly Placed[] = [...parts, ...arrows];
  for (const finding of findings) {
    const closest = Math.max(...all.map((each) => closeness(each, finding.path)), -1);
    const hit = closest < 0 ? [] : all.filter((each) => closeness(each, finding.path) === closest);
    if (hit.length === 0) others.push(finding);
    for (const each of hit) flaws.set(each, [...(flaws.get(each) ?? []), finding]);
  }
  const flawed = <Item extends Placed>(item: Item): Item & Flawed => ({
    ...item,
    flaws: [...(flaws.get(item) ?? [])].sort((a, b) => weight(b) - weight(a)),
  });
  return { name, parts: parts.map(flawed), arrows: arrows.map(flawed), others };
}

const weight = ({ severity }: Diagnostic): number => (severity === 'error' ? 1 : 0);

/** Length of the longest place that a path is at or below; -1 when it is below none. */
function closeness({ places }: Placed, path: string): number {
  const above = places.filter((place) => isAtOrUnder(path, place));
  return Math.max(...above.map(({ length }) => length), -1);
}

/** The codes of what is wrong, each once, the worst first. */
export function codesOf({ flaws }: Flawed): readonly Diagnostic['code'][] {
  return [...new Set(flaws.map(({ code }) => code))];
}

/** Every finding of a picture once, those about nothing that is shown first. */
export function findingsOf({ parts, arrows, others }: Picture): readonly Diagnostic[] {
  return [...new Set([...others, ...[...parts, ...arrows].flatMap(({ flaws }) => flaws)])];
}

/** How something is to be shown. */
export function conditionOf({ flaws }: Flawed): 'fine' | 'warning' | 'error' {
  return flaws[0]?.severity ?? 'fine';
}
