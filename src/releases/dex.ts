/** A minor version of Dex 2. */
interface DexLine {
  readonly minor: number;
  /** The newest patch that was published; missing where it is not known. */
  readonly newestPatch?: number;
}

/** Every line of Dex's releases that pachkit supports, oldest first. The image of the newest runs unless another is asked for. */
export const DEX_LINES = [
  { minor: 29, newestPatch: 0 },
  { minor: 30, newestPatch: 3 },
  { minor: 31, newestPatch: 2 },
  { minor: 32 },
  { minor: 33 },
  { minor: 34 },
  { minor: 35, newestPatch: 3 },
  { minor: 36, newestPatch: 0 },
  { minor: 37, newestPatch: 0 },
  { minor: 38 },
  { minor: 39, newestPatch: 1 },
  { minor: 40 },
  { minor: 41, newestPatch: 1 },
  { minor: 42, newestPatch: 1 },
  { minor: 43, newestPatch: 1 },
  { minor: 44, newestPatch: 0 },
  { minor: 45, newestPatch: 1 },
] as const satisfies readonly DexLine[];

export type DexMinor = (typeof DEX_LINES)[number]['minor'];

const LINES: readonly DexLine[] = DEX_LINES;

/** Release of Dex unless another is asked for: the newest. */
export const DEFAULT_DEX_VERSION = newestVersion();

/**
 * The newest published release of the line that a version such as `2.44.3` is of, when the version is newer; undefined
 * for one that was published, or whose line is not known to the patch.
 */
export function newestPublished(version: string): string | undefined {
  const [, minor = Number.NaN, patch = Number.NaN] = version.split('.').map(Number);
  const newest = LINES.find((line) => line.minor === minor)?.newestPatch;
  return newest === undefined || !(patch > newest) ? undefined : `2.${minor}.${newest}`;
}

/** Whether a line such as `2.44` is supported. */
export function isDexLine(line: string): boolean {
  return LINES.some(({ minor }) => `2.${minor}` === line);
}

/** The newest release of a line such as `2.44` that is known to the patch; undefined for other lines. */
export function newestOfLine(line: string): string | undefined {
  const newest = LINES.find(({ minor }) => `2.${minor}` === line)?.newestPatch;
  return newest === undefined ? undefined : `${line}.${newest}`;
}

function newestVersion(): string {
  const { minor, newestPatch } = LINES.at(-1) ?? {};
  if (newestPatch === undefined) throw new Error(`the newest patch of Dex 2.${minor} is not in the table`);
  return `2.${minor}.${newestPatch}`;
}
