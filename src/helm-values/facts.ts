import type { JsonValue } from '../document/source-node';
import { isInRange, type ReleaseRange, type ReleaseVersion } from '../releases/release';
import type { ChartFact, ChartValueType } from './chart-fact';

interface ChartTable {
  readonly facts: readonly ChartFact[];
  readonly byPath: ReadonlyMap<string, ChartFact>;
  /** The keys of each section; those of the whole under ''. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

let loaded: ChartTable | undefined;

/** Loaded on first use, from a part of the program of its own: most runs read no values of the chart. */
function table(): ChartTable {
  if (loaded) return loaded;
  const { chartFacts } = require('../generated/chart-facts') as typeof import('../generated/chart-facts');
  const keys = new Map<string, string[]>([['', []]]);
  for (const { path, type } of chartFacts) {
    const { section, key } = splitPath(path);
    keys.get(section)?.push(key);
    if (type === 'section') keys.set(path, []);
  }
  loaded = { facts: chartFacts, byPath: new Map(chartFacts.map((fact) => [fact.path, fact])), keys };
  return loaded;
}

/** `pachd.storage.backend` as its section `pachd.storage` and its key `backend`. */
export function splitPath(path: string): { readonly section: string; readonly key: string } {
  const dot = path.lastIndexOf('.');
  return { section: dot < 0 ? '' : path.slice(0, dot), key: path.slice(dot + 1) };
}

/** Every value and section of the chart in all releases, in the order of its own values file. */
export function chartFacts(): readonly ChartFact[] {
  return table().facts;
}

/** What is known about a value or section, such as `pachd.rootToken`; undefined when no release has it. */
export function chartFact(path: string): ChartFact | undefined {
  return table().byPath.get(path);
}

/** The keys that a section has in any release; `''` is the whole. Undefined for what is no section. */
export function keysOfSection(path: string): readonly string[] | undefined {
  return table().keys.get(path);
}

/** Whether the chart of a release has a value, or a section with any value. */
export function isInChart(fact: ChartFact, release: ReleaseVersion): boolean {
  if (!isInRange(release, fact)) return false;
  if (fact.type !== 'section') return true;
  return (keysOfSection(fact.path) ?? []).some((key) => {
    const inner = chartFact(`${fact.path}.${key}`);
    return inner !== undefined && isInChart(inner, release);
  });
}

/** Whether the templates of a release leave a value unread that its chart has. */
export function isDead(fact: ChartFact, release: ReleaseVersion): boolean {
  return fact.dead?.some((range) => isInRange(release, range)) === true;
}

/** Whether Helm or Kubernetes refuses what the templates of a release make of a value. */
export function isUnusable(fact: ChartFact, release: ReleaseVersion): boolean {
  return fact.unusable?.some((range) => isInRange(release, range)) === true;
}

/** The values that say in a release what one says that its chart does not read. */
export function saidElsewhere({ elsewhere = [] }: ChartFact, release: ReleaseVersion): readonly string[] {
  return elsewhere.filter((path) => {
    const fact = chartFact(path);
    return fact !== undefined && isInChart(fact, release) && !isDead(fact, release);
  });
}

/** The type that a value has in a release. */
export function typeOf(fact: ChartFact, release: ReleaseVersion): ChartValueType {
  return fact.types?.find((row) => isInRange(release, row))?.type ?? fact.type;
}

/** The strings that work in a release, where not every string does. */
export function choicesOf(fact: ChartFact, release: ReleaseVersion): readonly string[] | undefined {
  return fact.enum?.filter((choice) => {
    const before = fact.enumBefore?.[choice];
    return before === undefined || isInRange(release, { before });
  });
}

/** What holds in a release unless values say otherwise; undefined where nothing does, or another value in each patch. */
export function defaultOf(fact: ChartFact, release: ReleaseVersion): JsonValue | undefined {
  if (!isInChart(fact, release)) return undefined;
  const row = fact.defaults?.find((each) => isInRange(release, each));
  return row ? row.value : fact.default;
}

/** The releases of a range in words: `2.3 to 2.10`, `2.12 and later`, `releases before 2.12`. */
export function releasesInWords({ since, before }: ReleaseRange): string {
  if (since === undefined) return before === undefined ? 'every release' : `releases before ${before}`;
  return before === undefined ? `${since} and later` : `releases from ${since} on and before ${before}`;
}
