import { gunzipSync } from 'node:zlib';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { isMapping } from '../document/is-mapping';
import { valueAt, type Mapping, textAt } from './api/objects';
import { ApiRefusal } from './api/kubernetes-api';
import type { Resources } from './api/resources';
import { ClusterFailure, failureDiagnostic } from './failure';
import { refusalDiagnostic } from './refusal';

/** A release of the official chart as Helm keeps it in a cluster. */
export interface HelmRelease {
  readonly name: string;
  readonly namespace: string;
  /** Counts its upgrades. */
  readonly revision: number;
  /** Version of the official chart, which is that of Pachyderm; missing where a chart that depends on it does not tell one. */
  readonly chartVersion?: string;
  /** What was set when it was installed or upgraded last: what `helm get values` prints. */
  readonly values: Mapping;
  /** The chart that depends on the official one, where that is what was installed. */
  readonly umbrella?: UmbrellaChart;
}

/** A chart that the official one is a dependency of. */
export interface UmbrellaChart {
  readonly name: string;
  /** The key in its values that those of the official chart stand under. */
  readonly key: string;
  /** Its own values, which what was set lies over. */
  readonly values: Mapping;
}

/** Which release is meant; where nothing is said, the only one of the chart. */
export interface WantedRelease {
  readonly name?: string;
  readonly namespace?: string;
}

const CHART = 'pachyderm';

/** The type of the Secrets that Helm 3 and later keep a release in. */
const TYPE = 'helm.sh/release.v1';

/** The longest record that is read, unpacked, in bytes; etcd takes a megabyte packed. */
const LONGEST = 64 * 1024 * 1024;

/** Reads the newest revision of a release, and changes nothing. `shown` is what findings are about. */
export async function readHelmRelease(
  { api }: Resources,
  { name, namespace }: WantedRelease,
  shown: string,
): Promise<HelmRelease | Diagnostic> {
  const where = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  try {
    const { items } = await api.request<{ readonly items?: readonly Mapping[] | null }>(
      `/api/v1${where}/secrets`,
      {
        query: {
          labelSelector: `owner=helm,status=deployed${name === undefined ? '' : `,name=${name}`}`,
          fieldSelector: `type=${TYPE}`,
        },
      },
    );
    const releases = (items ?? []).map(decoded);
    const ours = releases.filter((release) => name !== undefined || release.isOurs);
    const [first, second] = ours.sort((a, b) => b.revision - a.revision);
    if (!first) throw notFound(name, namespace, releases.length);
    const other =
      second && (second.name !== first.name || second.namespace !== first.namespace) ? second : undefined;
    if (other) throw severalFound(ours);
    if (!first.isOurs)
      throw new ClusterFailure(
        'IMP011',
        `The release ${first.name} is of the chart ${first.chart}, which is not ${CHART} and does not depend on it`,
        'name a release of the official chart with --helm-release; helm list -A shows the charts',
      );
    return first;
  } catch (error) {
    if (error instanceof ApiRefusal)
      return refusalDiagnostic(error, 'the list of Secrets that Helm keeps', shown);
    if (error instanceof ClusterFailure) return failureDiagnostic(error, shown);
    throw error;
  }
}

interface Decoded extends HelmRelease {
  readonly chart: string;
  /** Whether it is the official chart, or one that depends on it. */
  readonly isOurs: boolean;
}

/** Base64 of Kubernetes, base64 of Helm, gzip, JSON. */
function decoded(secret: Mapping): Decoded {
  const name = textAt(secret, 'metadata', 'name');
  const unreadable = new ClusterFailure(
    'IMP012',
    `The Secret ${name} is not a record of a release as Helm 3 and 4 write it`,
    'give the values as files; helm get values prints them',
  );
  try {
    const packed = Buffer.from(
      Buffer.from(textAt(secret, 'data', 'release'), 'base64').toString('latin1'),
      'base64',
    );
    const record: unknown = JSON.parse(gunzipSync(packed, { maxOutputLength: LONGEST }).toString('utf8'));
    const values = valueAt(record, 'config') ?? {};
    const revision = valueAt(record, 'version');
    if (!isMapping(values) || typeof revision !== 'number') throw unreadable;
    return {
      name: textAt(record, 'name'),
      namespace: textAt(secret, 'metadata', 'namespace'),
      revision,
      values,
      ...contentOf(valueAt(record, 'chart')),
    };
  } catch {
    // What parsers say may quote the record, which has secrets in it.
    throw unreadable;
  }
}

/** What the chart of a record is. */
function contentOf(kept: unknown): Pick<Decoded, 'chart' | 'isOurs' | 'chartVersion' | 'umbrella'> {
  const chart = textAt(kept, 'metadata', 'name');
  if (chart === CHART) return { chart, isOurs: true, ...versionIn(textAt(kept, 'metadata', 'version')) };
  const dependency = dependencyIn(kept);
  if (!dependency) return { chart, isOurs: false };
  const { key, ...version } = dependency;
  const own = valueAt(kept, 'values');
  return {
    chart,
    isOurs: true,
    ...version,
    umbrella: { name: chart, key, values: isMapping(own) ? own : {} },
  };
}

/**
 * How a chart depends on the official one: under which key, and in which version. Once it is installed Helm has the alias of a
 * dependency in the place of its name, and the names only in the lock, beside the repositories.
 */
function dependencyIn(
  chart: unknown,
): (Pick<UmbrellaChart, 'key'> & Pick<Decoded, 'chartVersion'>) | undefined {
  const locked = mappingsAt(chart, 'lock', 'dependencies').find((each) => textAt(each, 'name') === CHART);
  const all = mappingsAt(chart, 'metadata', 'dependencies');
  const found =
    all.find((each) => textAt(each, 'name') === CHART) ??
    all.find(
      (each) =>
        locked !== undefined &&
        textAt(each, 'alias') !== '' &&
        textAt(each, 'repository') === textAt(locked, 'repository'),
    );
  if (!found) return undefined;
  const version = versionIn(textAt(locked ?? found, 'version'));
  return { key: textAt(found, 'alias') || textAt(found, 'name'), ...version };
}

/** The version of a chart; of a range such as `~2.11` nothing tells which of it was installed. */
function versionIn(text: string): Pick<Decoded, 'chartVersion'> {
  const version = /^v?(\d+\.\d+\.\d+(?:[^\d\n].*)?)$/.exec(text)?.[1];
  return version === undefined ? {} : { chartVersion: version };
}

function mappingsAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const list = valueAt(value, ...path);
  return Array.isArray(list) ? list : [];
}

function notFound(name: string | undefined, namespace: string | undefined, others: number): ClusterFailure {
  const place = namespace === undefined ? 'in the cluster' : `in the namespace ${namespace}`;
  return new ClusterFailure(
    'IMP011',
    name === undefined
      ? `Helm keeps no deployed release of the chart ${CHART} ${place}${others === 0 ? '' : `, but ${others} of other charts`}`
      : `Helm keeps no deployed release ${name} ${place}`,
    'helm list -A shows names and namespaces; name them with --helm-release and --namespace',
  );
}

function severalFound(releases: readonly Decoded[]): ClusterFailure {
  const places = [...new Set(releases.map(({ name, namespace }) => `${name} in ${namespace}`))].sort();
  return new ClusterFailure(
    'IMP011',
    `Helm keeps several releases of the chart ${CHART}: ${places.join(', ')}`,
    'name the one that is meant with --helm-release and --namespace',
  );
}
