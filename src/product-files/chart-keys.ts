import { certainly, suggest } from '../diagnostics/suggest';
import type { SourceNode } from '../document/source-node';
import { chartFact, chartFacts, keysOfSection } from '../helm-values/facts';

/** The least length of a key of which the name alone tells what is meant by it in another mapping. */
const TELLING_LENGTH = 8;

/** Keys of the bundled PostgreSQL that `global.postgresql` has too, and goes before. */
const OF_SUBCHART: ReadonlySet<string> = new Set([
  'postgresqlDatabase',
  'postgresqlPassword',
  'postgresqlPostgresPassword',
  'postgresqlUsername',
]);

function shared(key: string): string {
  return `global.postgresql.${key}`;
}

/** The value of `global.postgresql` that the bundled PostgreSQL takes before one of its own. */
export function goesBefore(path: readonly string[]): string | undefined {
  const [section, key = ''] = path;
  return section === 'postgresql' && path.length === 2 && OF_SUBCHART.has(key) ? shared(key) : undefined;
}

/** What is meant by a key that no chart has. */
export interface MeantValue {
  /** Its place in the values. */
  readonly path: string;
  /** The name to write in its place, where only the name is wrong. */
  readonly renameTo?: string;
}

/**
 * What is meant by a key of a mapping of chart values; undefined for keys that a chart has, and for those of which that
 * cannot be told.
 */
export function meantValue(section: readonly string[], key: string): MeantValue | undefined {
  const at = section.join('.');
  const known = keysOfSection(at);
  if (known === undefined || known.includes(key)) return undefined;
  const place = (name: string): string => [...section, name].join('.');
  const name = certainly(key, known);
  if (name !== undefined) return { path: place(name), renameTo: name };
  // A dot in a key of YAML is no step into a mapping, as it is in helm --set.
  if (key.includes('.') && chartFact(place(key))) return { path: place(key) };
  if (key.includes('.') && chartFact(key)) return { path: key };
  if (at === 'postgresql' && !OF_SUBCHART.has(key) && chartFact(shared(key))) return { path: shared(key) };
  if (key.length < TELLING_LENGTH || withinName(key, known) !== undefined) return undefined;
  const found = elsewhere(at, key);
  return found === undefined ? undefined : { path: found };
}

/**
 * The key of the same section that is likely meant by one that no chart has, where {@link meantValue} is not sure of any:
 * `storageSize` for `size`, `oauthClientSecretSecretName` for `oauthClientSecretName`.
 */
export function likelyKey(section: readonly string[], key: string): string | undefined {
  const known = keysOfSection(section.join('.')) ?? [];
  const names = known.filter((each) => each.endsWith('Name'));
  // What names a Secret is no slip of the secret itself.
  return (
    withinName(key, known) ??
    (/(Name|Secret)$/.test(key) ? suggest(key, names) : undefined) ??
    suggest(key, known)
  );
}

/** The section of the chart that a mapping is meant to be, which stands in another one: `oidc` for `pachd.oidc`. */
export function misplacedSection(
  section: readonly string[],
  key: string,
  value: SourceNode | undefined,
): string | undefined {
  const found = elsewhere(section.join('.'), key);
  const known = (found === undefined ? undefined : keysOfSection(found)) ?? [];
  return [...(value?.entries?.keys() ?? [])].some((each) => known.includes(each)) ? found : undefined;
}

/** The one known key that has all words of another in their order, the last one last, with the fewest words besides. */
function withinName(key: string, known: readonly string[]): string | undefined {
  const words = wordsIn(key);
  const found = known.map((each) => ({ each, all: wordsIn(each) })).filter(({ all }) => isWithin(words, all));
  const least = Math.min(...found.map(({ all }) => all.length));
  const nearest = found.filter(({ all }) => all.length === least);
  return nearest.length === 1 ? nearest[0]?.each : undefined;
}

/** `storageURL` as `storage` and `url`. */
function wordsIn(key: string): string[] {
  return key.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).map((word) => word.toLowerCase());
}

function isWithin(words: readonly string[], all: readonly string[]): boolean {
  if (words.at(-1) !== all.at(-1)) return false;
  let next = 0;
  for (const word of all) if (word === words[next]) next++;
  return next === words.length;
}

/** The one place above or below a section that has a key: another section has keys of the same name for itself. */
function elsewhere(at: string, key: string): string | undefined {
  const places = chartFacts().filter(({ path }) => {
    const dot = path.lastIndexOf('.');
    if (path.slice(dot + 1) !== key) return false;
    const section = path.slice(0, Math.max(dot, 0));
    return at === '' || section === '' || section.startsWith(`${at}.`) || at.startsWith(`${section}.`);
  });
  return places.length === 1 ? places[0]?.path : undefined;
}
