import { PACHYDERM_LINES } from './pachyderm';
import { parseRelease } from './release';
import { releaseTraits } from './release-traits';

/** Releases that are bootstrapped alike, by minor version. */
interface Generation {
  readonly first: number;
  readonly last: number;
}

/** The generations of bootstrap, oldest first: by a Job; by pachd; by pachd without a license. */
export function generations(): readonly Generation[] {
  const found: (Generation & { readonly kind: string })[] = [];
  for (const { minor } of PACHYDERM_LINES) {
    const release = parseRelease(`2.${minor}.0`);
    if (!release) throw new Error(`2.${minor}.0 is in the table and not supported`);
    const { bootstrap, needsLicense } = releaseTraits(release);
    const kind = `${bootstrap} ${needsLicense}`;
    const current = found.at(-1);
    if (current?.kind === kind) found[found.length - 1] = { ...current, last: minor };
    else found.push({ first: minor, last: minor, kind });
  }
  return found;
}

/** What is wrong with a release that pachkit has no facts about, and what to write. */
export function unsupportedRelease(release: string): { readonly message: string; readonly hint: string } {
  return {
    message: `pachkit does not support Pachyderm ${release}`,
    hint: `name a release of ${supportedReleases().join(', ')}`,
  };
}

/** The lines of releases that pachkit has facts about: `2.2.x, 2.3.x to 2.11.x, 2.12.x`. */
export function supportedReleases(): readonly string[] {
  return generations().map(({ first, last }) =>
    first === last ? `2.${first}.x` : `2.${first}.x to 2.${last}.x`,
  );
}
