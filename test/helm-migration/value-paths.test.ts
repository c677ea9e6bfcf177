import type { ChartFact } from '../../src/helm-values/chart-fact';
import type { JsonMapping } from '../../src/helm-migration/json';
import { constructedObjects } from '../../src/outputs/objects';
import { parseRelease, type ReleaseVersion } from '../../src/releases/release';
import { COMPARED_RELEASES, contextOf, valuesWith } from '../support/chart-values';
import { clusterOfText, exportedValuesOf, importOf } from '../support/import-values';
import { CARRIED, FATES, isWithin, valuePaths } from '../support/value-paths';

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

// Each of the hundreds of values alone, so that a fault names it; all that are carried make a cluster and come back from two exports,
// which takes 20 ms of a processor each and half a minute in all.
describe.each(COMPARED_RELEASES)('every value of the chart of %s', (name) => {
  const version = parseRelease(name);
  if (!version) throw new Error(`no release ${name}`);
  const { left, carried: all } = valuePaths(version);

  test.each(
    (['dead', 'other-product', 'not-carried'] as const).flatMap((fate) =>
      left[fate].map((fact) => [fact.path, fate, fact] as const),
    ),
  )('%s: %s, with the reason', (path, fate, fact) => {
    const { entry } = imported(name, fact, version);
    expect(entry(path)?.fate).toMatch(FATES[fate]);
    expect(entry(path)?.message).toBeTruthy();
  });

  const without = WITHOUT_EFFECT[name] ?? {};
  const carried = all.filter((fact) => !Object.hasOwn(without, fact.path));

  test.each(carried.map((fact) => [fact.path, fact] as const))('%s has an effect', (path, fact) => {
    const { report, text } = imported(name, fact, version);
    const entry = report.find((each) => isWithin(path, each.path));
    expect(entry?.fate).toMatch(CARRIED);
    expect(objectsOf(text)).not.toEqual(renderedBefore(name, contextOf(path)));
  });

  const coming = carried.filter(({ path }) => !Object.hasOwn(NOT_EXPORTED, path));

  test.each(coming.map((fact) => [fact.path, fact] as const))('%s comes back from an export', (_, fact) => {
    for (const secrets of ['plain', 'existing'] as const) {
      const { text } = importOf(JSON.stringify(valuesWith(fact, version)), { release: name, secrets });
      expect(importOf(exportedValuesOf(text), { release: name, secrets }).text).toBe(text);
    }
  });
});

/** What a document is made into, of which the parts that are as before are not constructed again. */
function objectsOf(text: string): readonly object[] {
  return constructedObjects(clusterOfText(text)).map(({ manifest }) => manifest);
}

const renderings = new Map<string, readonly object[]>();

function renderedBefore(release: string, context: JsonMapping): readonly object[] {
  const key = `${release} ${JSON.stringify(context)}`;
  const known = renderings.get(key);
  if (known) return known;
  const made = objectsOf(importOf(JSON.stringify(context), { release, secrets: 'plain' }).text);
  renderings.set(key, made);
  return made;
}

function imported(release: string, fact: ChartFact, version: ReleaseVersion): ReturnType<typeof importOf> {
  return importOf(JSON.stringify(valuesWith(fact, version)), { release, secrets: 'plain' });
}
