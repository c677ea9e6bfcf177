import { certainly } from '../diagnostics/suggest';
import { chartFact, chartFacts, keysOfSection } from '../helm-values/facts';

/** The least length of a key of which the name alone tells what is meant by it in another mapping. */
const TELLING_LENGTH = 8;

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
  if (key.length < TELLING_LENGTH) return undefined;
  const found = elsewhere(at, key);
  return found === undefined ? undefined : { path: found };
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
