import { PACHYDERM_LINES, type PachydermMinor } from './pachyderm';

/** A Pachyderm release, taken apart. A pre-release counts as the release it leads to. */
export interface ReleaseVersion {
  readonly text: string;
  readonly minor: PachydermMinor;
  readonly patch: number;
}

/** Where a fact begins or ends to hold: `'2.3'` is 2.3.0, `'2.3.6'` that patch. */
export type ReleaseBound = `2.${number}` | `2.${number}.${number}`;

/** Rows of facts that hold for a range of releases: `since` is the first, `before` the first that no longer has it. */
export interface ReleaseRange {
  readonly since?: ReleaseBound;
  readonly before?: ReleaseBound;
}

/** Takes `2.11.6` or `2.12.0-rc.3` apart; undefined for anything that pachkit does not support. */
export function parseRelease(text: string): ReleaseVersion | undefined {
  const match = /^2\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.]+)?$/.exec(text);
  if (!match) return undefined;
  const line = PACHYDERM_LINES.find(({ minor }) => minor === Number(match[1]));
  return line && { text, minor: line.minor, patch: Number(match[2]) };
}

/**
 * The oldest and the newest release that may be meant by what is not exactly one: `v2.11.6` is one, 2.11 any patch of that line.
 * Undefined when it cannot be told.
 */
export function guessReleases(
  written: unknown,
): { readonly oldest: string; readonly newest: string } | undefined {
  const text = String(written)
    .trim()
    .replace(/^v/i, '')
    .replace(/\.0+(?=\d)/g, '.');
  if (parseRelease(text)) return { oldest: text, newest: text };
  const line = /^(2\.\d+)(\.x)?$/i.exec(text)?.[1];
  if (line === undefined || !parseRelease(`${line}.0`)) return undefined;
  return { oldest: `${line}.0`, newest: `${line}.${BEYOND_PATCHES}` };
}

/** No line has had as many patches. */
const BEYOND_PATCHES = 99;

/** Whether `release` lies in `range`. */
export function isInRange(release: ReleaseVersion, range: ReleaseRange): boolean {
  return (
    (range.since === undefined || isAtLeast(release, range.since)) &&
    (range.before === undefined || !isAtLeast(release, range.before))
  );
}

/** The releases outside a range that has one end. */
export function outside(
  range: { readonly since: ReleaseBound } | { readonly before: ReleaseBound },
): ReleaseRange {
  return 'since' in range ? { before: range.since } : { since: range.before };
}

interface Bound {
  readonly minor: number;
  readonly patch: number;
}

/** By text: rules ask hundreds of times for the same few. */
const bounds = new Map<ReleaseBound, Bound>();

function readBound(text: ReleaseBound): Bound {
  const [, minor = 0, patch = 0] = text.split('.').map(Number);
  return { minor, patch };
}

function isAtLeast(release: ReleaseVersion, text: ReleaseBound): boolean {
  const bound = bounds.get(text) ?? readBound(text);
  bounds.set(text, bound);
  return release.minor > bound.minor || (release.minor === bound.minor && release.patch >= bound.patch);
}

/** The value of the last row whose range the release lies in; rows are written oldest first. */
export function pickByRelease<T>(
  release: ReleaseVersion,
  rows: readonly (ReleaseRange & { readonly value: T })[],
): T {
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index];
    if (row && isInRange(release, row)) return row.value;
  }
  throw new Error(`no row of facts covers release ${release.text}`);
}
