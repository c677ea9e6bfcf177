import type { ReleaseVersion } from './release';

/**
 * Orders releases from old to new; a pre-release comes before the release that it leads to.
 *
 * @returns a negative number where the first is older, a positive one where it is newer
 */
export function compareReleases(one: ReleaseVersion, other: ReleaseVersion): number {
  return (
    one.minor - other.minor ||
    one.patch - other.patch ||
    comparePreReleases(preReleaseOf(one), preReleaseOf(other))
  );
}

/** Whether two releases are of one line, such as 2.11. */
export function isSameLine(one: ReleaseVersion, other: ReleaseVersion): boolean {
  return one.minor === other.minor;
}

function preReleaseOf({ text }: ReleaseVersion): string {
  return text.split('-').slice(1).join('-');
}

/** As semantic versioning has it for words and numbers: rc.10 is newer than rc.3. */
function comparePreReleases(one: string, other: string): number {
  if (one === '' || other === '') return Number(one === '') - Number(other === '');
  return one.localeCompare(other, 'en', { numeric: true });
}
