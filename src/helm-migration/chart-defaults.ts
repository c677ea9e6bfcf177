import { setOwn, type JsonValue } from '../document/source-node';
import { chartFact, defaultOf, keysOfSection } from '../helm-values/facts';
import type { ReleaseTraits } from '../releases/release-traits';
import type { JsonMapping } from './json';

/** The default of a value in the chart of a release, or of all values of a section; undefined for one without. */
export function chartDefault(release: ReleaseTraits, path: string): JsonValue | undefined {
  const fact = chartFact(path);
  if (!fact) return undefined;
  if (fact.type === 'section') return sectionDefault(release, path);
  return defaultOf(fact, release.version) ?? pinned(release, path);
}

function sectionDefault(release: ReleaseTraits, path: string): JsonMapping {
  const mapping: JsonMapping = {};
  for (const key of keysOfSection(path) ?? []) {
    const value = chartDefault(release, `${path}.${key}`);
    if (value !== undefined) setOwn(mapping, key, value);
  }
  return mapping;
}

/** While Console was released on its own, the chart pinned its tag, another one in every release. */
function pinned({ images, version }: ReleaseTraits, path: string): string | undefined {
  if (path !== 'console.image.tag') return undefined;
  const tag = images.console.slice(images.console.lastIndexOf(':') + 1);
  return tag === version.text ? undefined : tag;
}
