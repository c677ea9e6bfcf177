import { compareReleases } from '../releases/order';
import { exampleOf } from '../releases/pachyderm';
import { guessReleases, parseRelease, type ReleaseVersion } from '../releases/release';
import { supportedReleases } from '../releases/supported';

/** A release by its name, or why it is none that a cluster can be moved to. */
export function releaseToMoveTo(written: string): ReleaseVersion | { readonly problem: string } {
  const release = parseRelease(written);
  if (release) return release;
  const meant = guessReleases(written);
  if (meant?.oldest === meant?.newest && meant !== undefined)
    return { problem: `"${written}" is not a release; did you mean ${meant.newest}?` };
  return {
    problem: meant
      ? `"${written}" is a line of releases; name the patch, such as ${exampleOf(/2\.\d+/.exec(written)?.[0] ?? '')}`
      : `unsupported release "${written}": pachkit cannot tell what an upgrade to it changes; supported are ${supportedReleases().join(', ')}`,
  };
}

/** Why a cluster cannot be moved from one release to another; undefined where it can. */
export function reasonNotToMove(from: ReleaseVersion, to: ReleaseVersion): string | undefined {
  const order = compareReleases(from, to);
  if (order === 0) return `the document has release ${to.text} already`;
  if (order < 0) return undefined;
  return `${to.text} is older than ${from.text}, the release of the document, and there is no way back: pachd ${from.text} has migrated its databases; restore a backup that was made with ${to.text}`;
}
