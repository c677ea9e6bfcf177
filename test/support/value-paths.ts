import type { ChartFact } from '../../src/helm-values/chart-fact';
import { chartFacts, isDead, isInChart } from '../../src/helm-values/facts';
import { REFUSED } from '../../src/helm-migration/unread';
import type { ReleaseVersion } from '../../src/releases/release';

/** What an import says of values that it does not carry; of what a document has anyway it may also say that it is derived. */
export const FATES = {
  dead: /^(dead|derived)$/,
  'other-product': /^other-product$/,
  'not-carried': /^(not-carried|derived)$/,
} as const;

/** What an import says of values that it carries: a switch that was on and is set to what the chart has by default is one too. */
export const CARRIED = /^(carried|derived|default)$/;

export interface ValuePaths {
  readonly left: Readonly<Record<keyof typeof FATES, readonly ChartFact[]>>;
  readonly carried: readonly ChartFact[];
}

/** Every value of the chart of a release, by what an import has to make of it. */
export function valuePaths(version: ReleaseVersion): ValuePaths {
  const left: Record<keyof typeof FATES, ChartFact[]> = { dead: [], 'other-product': [], 'not-carried': [] };
  const carried: ChartFact[] = [];
  for (const fact of chartFacts()) {
    if (fact.type === 'section' || !isInChart(fact, version)) continue;
    if (isDead(fact, version)) left.dead.push(fact);
    else if (fact.readBy === 'Loki' || fact.readBy === 'Determined') left['other-product'].push(fact);
    else if (isRefused(fact)) left['not-carried'].push(fact);
    else carried.push(fact);
  }
  return { left, carried };
}

/** What goes to the chart of PostgreSQL as a whole has fields; what is named below it has none. */
function isRefused({ path }: ChartFact): boolean {
  return Object.keys(REFUSED).some((prefix) => prefix !== 'postgresql' && isWithin(path, prefix));
}

/** Whether a path is a section, or in it. */
export function isWithin(path: string, section: string): boolean {
  return path === section || path.startsWith(`${section}.`);
}
