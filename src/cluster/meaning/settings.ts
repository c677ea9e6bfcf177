import { parse } from 'yaml';
import { isMapping } from '../../document/is-mapping';
import { DEX_CONFIGURATION, BOOTSTRAP_CONFIG_SECRET, PLACES, type Place } from '../../model/secret-places';
import { valueAt, type KubernetesObject, type Mapping } from '../api/objects';
import type { ChangeSet, ObjectChange } from '../compare/change';
import { objectName } from '../../outputs/object-name';

/** A value before and after; undefined where there is none. */
export interface Pair<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** What a set of changes says about the settings of pachd and Dex. Holds secrets: for comparing, never for showing. */
export class Settings {
  readonly #changes = new Map<string, ObjectChange>();

  constructor(readonly changeSet: ChangeSet) {
    for (const change of changeSet.changes) this.#changes.set(objectName(change.object), change);
  }

  /** What happens to an object, by `Kind/name`. */
  change(name: string): ObjectChange | undefined {
    return this.#changes.get(name);
  }

  /** Changes of a kind that are not `none`. */
  ofKind(kind: string): ObjectChange[] {
    return this.changeSet.changes.filter(({ object, action }) => object.kind === kind && action !== 'none');
  }

  /** A key of a Secret or ConfigMap, in clear text. */
  text({ name, key }: Place): Pair<string> {
    const [secret, map] = [this.change(`Secret/${name}`), this.change(`ConfigMap/${name}`)];
    const of = (state: 'before' | 'after'): string | undefined =>
      entryOf(secret?.[state], key) ?? entryOf(map?.[state], key);
    return { before: of('before'), after: of('after') };
  }

  /** The same as the YAML or JSON that it is. */
  parsed(...places: readonly Place[]): Pair<unknown> {
    const [found] = places
      .map((place) => this.text(place))
      .filter(({ before, after }) => before !== undefined || after !== undefined);
    return { before: parsedText(found?.before), after: parsedText(found?.after) };
  }

  /** Whether a key was there before and is another one now. */
  isChanged(...places: readonly Place[]): boolean {
    return places.some((place) => {
      const { before, after } = this.text(place);
      return before !== undefined && after !== undefined && before !== after;
    });
  }

  /** Connectors by id, wherever the release keeps them. */
  connectors(): Pair<ReadonlyMap<string, Mapping>> {
    const inside = this.parsed(PLACES.connectors, { name: BOOTSTRAP_CONFIG_SECRET, key: 'idps' });
    const standalone = this.parsed(DEX_CONFIGURATION);
    const of = (state: 'before' | 'after'): ReadonlyMap<string, Mapping> | undefined => {
      const list = inside[state] ?? valueAt(standalone[state], 'connectors');
      return Array.isArray(list) ? byId(list) : undefined;
    };
    return { before: of('before'), after: of('after') };
  }

  /** The issuer that pachd, or a standalone Dex, has. */
  issuer(): Pair<string> {
    const pachd = this.parsed(PLACES.authConfig, { name: BOOTSTRAP_CONFIG_SECRET, key: 'authConfig' });
    const of = (state: 'before' | 'after'): string | undefined => {
      const issuer = valueAt(pachd[state], 'issuer');
      return typeof issuer === 'string' ? issuer : undefined;
    };
    return { before: of('before'), after: of('after') };
  }

  /** The license key, wherever the release keeps it. */
  licenseKey(): Pair<string> {
    const own = this.text(PLACES.licenseKey);
    const byJob = this.text({ name: BOOTSTRAP_CONFIG_SECRET, key: 'license' });
    return { before: own.before ?? byJob.before, after: own.after ?? byJob.after };
  }

  /** The image of a container of a workload. */
  image(workload: string, container: string): Pair<string> {
    const change = this.change(workload);
    const of = (object: KubernetesObject | undefined): string | undefined => {
      const containers = valueAt(object, 'spec', 'template', 'spec', 'containers');
      if (!Array.isArray(containers)) return undefined;
      const found = (containers as Mapping[]).find(({ name }) => name === container);
      return typeof found?.['image'] === 'string' ? found['image'] : undefined;
    };
    return { before: of(change?.before), after: of(change?.after) };
  }
}

function entryOf(object: KubernetesObject | undefined, key: string): string | undefined {
  const value = valueAt(object, 'data', key);
  if (typeof value !== 'string') return undefined;
  return object?.kind === 'Secret' ? Buffer.from(value, 'base64').toString('utf8') : value;
}

function parsedText(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return parse(text, { logLevel: 'silent' });
  } catch {
    return undefined;
  }
}

function byId(list: readonly unknown[]): Map<string, Mapping> {
  return new Map(list.filter(isMapping).map((item) => [String(item['id']), item]));
}
