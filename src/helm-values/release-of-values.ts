import { nodeAt, type SourceNode } from '../document/source-node';
import { EXAMPLE_RELEASES, PACHYDERM_LINES, STABLE_EXAMPLE } from '../releases/pachyderm';
import { parseRelease, type ReleaseVersion } from '../releases/release';
import { chartFact, isInChart } from './facts';

/** The release of the image of pachd, or of the enterprise server, where values name one. */
export function taggedRelease(root: SourceNode): ReleaseVersion | undefined {
  for (const section of ['pachd', 'enterpriseServer']) {
    const tag = nodeAt(root, [section, 'image', 'tag'])?.scalar;
    const release = typeof tag === 'string' ? parseRelease(tag.replace(/^v/, '')) : undefined;
    if (release) return release;
  }
  return undefined;
}

/**
 * The release that values are for: that of their image, which reads the environment of its own chart alone; else the one whose
 * chart has the most of their keys, of several the newest. A pre-release only where nothing else has as many.
 */
export function releaseOfValues(root: SourceNode): ReleaseVersion {
  return taggedRelease(root) ?? releaseByKeys(root);
}

function releaseByKeys(root: SourceNode): ReleaseVersion {
  const paths = knownPaths(root, '');
  let best: { readonly release: ReleaseVersion; readonly missing: number } | undefined;
  for (const release of candidates()) {
    const missing = paths.filter((path) => {
      const fact = chartFact(path);
      return fact !== undefined && !isInChart(fact, release);
    }).length;
    if (best === undefined || missing < best.missing) best = { release, missing };
  }
  if (!best) throw new Error('no release is known');
  return best.release;
}

/** The newest release that is no pre-release, then all others from the newest on. */
function candidates(): ReleaseVersion[] {
  const lines = [...PACHYDERM_LINES].reverse().map(({ minor }) => `2.${minor}.0`);
  return [STABLE_EXAMPLE, ...EXAMPLE_RELEASES, ...lines].flatMap((text) => parseRelease(text) ?? []);
}

/** The paths of values that some release has, of those that are not empty. */
function knownPaths(node: SourceNode, at: string): string[] {
  return [...(node.entries ?? [])].flatMap(([key, value]) => {
    const path = at === '' ? key : `${at}.${key}`;
    const fact = chartFact(path);
    if (!fact) return [];
    if (fact.type === 'section') return knownPaths(value, path);
    const isNothing = value.scalar === null || value.scalar === '' || value.scalar === false;
    return isNothing ? [] : [path];
  });
}
