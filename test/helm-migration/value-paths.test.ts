import type { ChartFact } from '../../src/helm-values/chart-fact';
import { chartFacts, isDead, isInChart } from '../../src/helm-values/facts';
import type { JsonMapping } from '../../src/helm-migration/json';
import { REFUSED } from '../../src/helm-migration/unread';
import { parseRelease, type ReleaseVersion } from '../../src/releases/release';
import { COMPARED_RELEASES, contextOf, valuesWith } from '../support/chart-values';
import { exportedValuesOf, importOf, objectsOfText } from '../support/import-values';

/** What a document of a release does without, and why. */
const WITHOUT_EFFECT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '2.2.8': {
    'pachd.activateEnterprise': 'a license is enough, and the Job runs again when what it reads changes',
  },
  '2.11.6': { 'pachd.storage.minio.signature': 'MinIO is reached as S3 there, which signs in one way' },
  '2.12.0-rc.3': {
    'pachd.storage.minio.signature': 'MinIO is reached as S3 there, which signs in one way',
    'pachd.enabled': 'there is no enterprise server, so nothing is left without pachd',
  },
};

/** What an export leaves out, and why. */
const NOT_EXPORTED: Readonly<Record<string, string>> = {
  'cloudsqlAuthProxy.service.type': 'the chart opens port 35432 then, which Kubernetes refuses',
};

describe.each(COMPARED_RELEASES)('every value of the chart of %s', (name) => {
  const version = parseRelease(name);
  if (!version) throw new Error(`no release ${name}`);
  const facts = chartFacts().filter((fact) => fact.type !== 'section' && isInChart(fact, version));
  const isRefused = ({ path }: ChartFact): boolean =>
    Object.keys(REFUSED).some((prefix) => prefix !== 'postgresql' && isWithin(path, prefix));
  const groups = {
    dead: facts.filter((fact) => isDead(fact, version)),
    'other-product': facts.filter((fact) => !isDead(fact, version) && isOfAnother(fact)),
    'not-carried': facts.filter((fact) => !isDead(fact, version) && !isOfAnother(fact) && isRefused(fact)),
  };

  test.each(
    Object.entries(groups).flatMap(([fate, of]) => of.map((fact) => [fact.path, fate, fact] as const)),
  )('%s: %s, with the reason', (path, fate, fact) => {
    const { entry } = imported(name, fact, version);
    // What no template reads may also be said to be derived.
    expect(entry(path)?.fate).toMatch(fate === 'dead' ? /^(dead|derived)$/ : fate);
    expect(entry(path)?.message).toBeTruthy();
  });

  const left = new Set(Object.values(groups).flat());
  const without = WITHOUT_EFFECT[name] ?? {};
  const carried = facts.filter((fact) => !left.has(fact) && !Object.hasOwn(without, fact.path));

  test.each(carried.map((fact) => [fact.path, fact] as const))('%s has an effect', (path, fact) => {
    const { report, text } = imported(name, fact, version);
    const entry = report.find((each) => isWithin(path, each.path) || each.path === path);
    // A switch that was on and is set to what the chart has by default is one too.
    expect(['carried', 'derived', 'default']).toContain(entry?.fate);
    expect(objectsOfText(text)).not.toEqual(renderedBefore(name, contextOf(path)));
  });

  const coming = carried.filter(({ path }) => !Object.hasOwn(NOT_EXPORTED, path));

  test.each(coming.map((fact) => [fact.path, fact] as const))('%s comes back from an export', (_, fact) => {
    for (const secrets of ['plain', 'existing'] as const) {
      const { text } = importOf(JSON.stringify(valuesWith(fact, version)), { release: name, secrets });
      expect(importOf(exportedValuesOf(text), { release: name, secrets }).text).toBe(text);
    }
  });
});

function isWithin(path: string, section: string): boolean {
  return path === section || path.startsWith(`${section}.`);
}

function isOfAnother({ readBy }: ChartFact): boolean {
  return readBy === 'Loki' || readBy === 'Determined';
}

const renderings = new Map<string, readonly object[]>();

function renderedBefore(release: string, context: JsonMapping): readonly object[] {
  const key = `${release} ${JSON.stringify(context)}`;
  const known = renderings.get(key);
  if (known) return known;
  const made = objectsOfText(importOf(JSON.stringify(context), { release, secrets: 'plain' }).text);
  renderings.set(key, made);
  return made;
}

function imported(release: string, fact: ChartFact, version: ReleaseVersion): ReturnType<typeof importOf> {
  return importOf(JSON.stringify(valuesWith(fact, version)), { release, secrets: 'plain' });
}
