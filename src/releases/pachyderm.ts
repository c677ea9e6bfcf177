/** A minor version of Pachyderm 2. */
interface PachydermLine {
  readonly minor: number;
  /** The release whose official chart and program the facts were compared with; the others lie between such releases. */
  readonly comparedWith?: `2.${number}.${number}${'' | `-${string}`}`;
}

/** Every line of releases that pachkit supports, oldest first. Rows that name ranges of releases say what differs. */
export const PACHYDERM_LINES = [
  { minor: 2, comparedWith: '2.2.8' },
  { minor: 3 },
  { minor: 4 },
  { minor: 5 },
  { minor: 6 },
  { minor: 7 },
  { minor: 8 },
  { minor: 9 },
  { minor: 10 },
  { minor: 11, comparedWith: '2.11.6' },
  { minor: 12, comparedWith: '2.12.0-rc.3' },
] as const satisfies readonly PachydermLine[];

export type PachydermMinor = (typeof PACHYDERM_LINES)[number]['minor'];

/** Releases to name as an example, newest first: those that the facts were compared with. */
export const EXAMPLE_RELEASES: readonly string[] = PACHYDERM_LINES.flatMap((line) =>
  'comparedWith' in line ? [line.comparedWith] : [],
).reverse();

/** The newest of them. */
export const NEWEST_EXAMPLE: string = EXAMPLE_RELEASES[0] ?? '';

/** The newest release to name as an example that is not a pre-release. */
export const STABLE_EXAMPLE: string = EXAMPLE_RELEASES.find((release) => !release.includes('-')) ?? '';

/** A release to name as an example of a line such as `2.11`. */
export function exampleOf(line: string): string {
  return EXAMPLE_RELEASES.find((release) => release.startsWith(`${line}.`)) ?? `${line}.0`;
}
