import type { ChartFact } from '../../src/helm-values/chart-fact';
import { releaseNamed } from '../../src/helm-migration/import-files';
import { readAsDocument, type ImportedDocument } from '../../src/helm-migration/import-values';
import type { JsonMapping } from '../../src/helm-migration/json';
import { constructedObjects } from '../../src/outputs/objects';
import { PACHYDERM_LINES } from '../../src/releases/pachyderm';
import type { ReleaseTraits } from '../../src/releases/release-traits';
import { contextOf, valuesWith } from '../support/chart-values';
import { clusterOf } from '../support/cluster-of';
import { documentOf } from '../support/input-of';
import { CARRIED, FATES, isWithin, valuePaths } from '../support/value-paths';

/** The first release of each line of which no chart was compared value by value. */
const BETWEEN = PACHYDERM_LINES.flatMap((line) => ('comparedWith' in line ? [] : [`2.${line.minor}.0`]));

/** What has no effect, and why. */
const WITHOUT_EFFECT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '2.10.0': { 'pachd.storage.minio.signature': 'MinIO is reached as S3 there, which signs in one way' },
};

describe.each(BETWEEN)('every value of the chart of %s', (name) => {
  const release = releaseNamed(name);
  if (!release) throw new Error(`no release ${name}`);
  const { left, carried } = valuePaths(release.version);
  const without = WITHOUT_EFFECT[name] ?? {};

  test('is carried with an effect', () => {
    const faults = carried.flatMap((fact) => faultOf(fact, release));
    expect(faults).toEqual(Object.keys(without).map((path) => `${path}: idle`));
  });

  test('or left out, with the reason', () => {
    const faults = (['dead', 'other-product', 'not-carried'] as const).flatMap((fate) =>
      left[fate].flatMap((fact) => {
        const entry = entryOf(fact, imported(valuesWith(fact, release.version), release));
        return FATES[fate].test(entry?.fate ?? '') && entry?.message ? [] : [`${fact.path}: ${entry?.fate}`];
      }),
    );
    expect(faults).toEqual([]);
  });
});

type Read = Pick<ImportedDocument, 'document' | 'report'>;

function imported(values: JsonMapping, release: ReleaseTraits): Read {
  return readAsDocument(documentOf(JSON.stringify(values)).root, { release, secrets: 'plain' });
}

function entryOf({ path }: ChartFact, { report }: Read): Read['report'][number] | undefined {
  return report.find((each) => isWithin(path, each.path));
}

/** Nothing for a value that is carried, and without which the objects are others. */
function faultOf(fact: ChartFact, release: ReleaseTraits): string[] {
  const read = imported(valuesWith(fact, release.version), release);
  const entry = entryOf(fact, read);
  if (!CARRIED.test(entry?.fate ?? '')) return [`${fact.path}: ${entry?.fate}`];
  const isSame = objectsOf(read) === objectsBefore(contextOf(fact.path), release);
  return isSame ? [`${fact.path}: without effect`] : [];
}

const known = new Map<string, string>();

function objectsBefore(context: JsonMapping, release: ReleaseTraits): string {
  const key = `${release.version.text} ${JSON.stringify(context)}`;
  const objects = known.get(key) ?? objectsOf(imported(context, release));
  known.set(key, objects);
  return objects;
}

/** What a document is made into, of which the parts that are as before are not constructed again. */
function objectsOf({ document }: Read): string {
  return JSON.stringify(constructedObjects(clusterOf(document)).map(({ manifest }) => manifest));
}
