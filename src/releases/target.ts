import { DEX_LINES, type DexMinor } from './dex';
import { PACHYDERM_LINES, type PachydermMinor } from './pachyderm';
import type { ReleaseVersion } from './release';

export type PachydermTarget = `pachyderm@2.${PachydermMinor}`;
export type DexTarget = `dex@2.${DexMinor}`;

/**
 * The program that is to read a connector: the Dex inside a Pachyderm release, or a standalone Dex. Both are at major
 * version 2, and what a connector may say changes with minor versions only.
 */
export type Target = PachydermTarget | DexTarget;

export type Product = 'pachyderm' | 'dex';

/** A target, or why a string is none and what to write. */
export type TargetResult =
  | { readonly ok: true; readonly target: Target }
  | { readonly ok: false; readonly message: string; readonly hint: string };

const MINORS: Readonly<Record<Product, readonly number[]>> = {
  dex: DEX_LINES.map(({ minor }) => minor),
  pachyderm: PACHYDERM_LINES.map(({ minor }) => minor),
};
const NAMES: Readonly<Record<Product, string>> = { dex: 'Dex', pachyderm: 'Pachyderm' };

/** Every target: Dex before Pachyderm, oldest first. */
export const targets: readonly Target[] = [
  ...DEX_LINES.map(({ minor }) => `dex@2.${minor}` as const),
  ...PACHYDERM_LINES.map(({ minor }) => `pachyderm@2.${minor}` as const),
];

/** Minor versions of a product, the first and the last included. */
export interface MinorRange {
  readonly since: number;
  readonly until?: number;
}

/** Where a fact about targets holds, by product; a product without a range is never meant. */
export type TargetRange = Readonly<Partial<Record<Product, MinorRange>>>;

/** Where a fact about targets begins to hold, by product; of a product without a start, never. */
export type TargetStart = Readonly<Partial<Record<Product, number | undefined>>>;

/** Whether the target lies in the range of its product. */
export function isInTargets(target: Target, range: TargetRange): boolean {
  const own = range[productOf(target)];
  if (own === undefined) return false;
  const minor = minorOf(target);
  return minor >= own.since && minor <= (own.until ?? Infinity);
}

/** Whether the target is as new as the start of its product, or newer. */
export function isSince(target: Target, start: TargetStart): boolean {
  return minorOf(target) >= (start[productOf(target)] ?? Infinity);
}

/** The newest target of a product. */
export function newestTarget(product: Product): Target {
  return `${product}@2.${newest(product)}` as Target;
}

/** The oldest and the newest minor version of a product that targets exist for. */
export function minorSpan(product: Product): { readonly oldest: number; readonly newest: number } {
  return { oldest: MINORS[product][0] ?? 0, newest: newest(product) };
}

/**
 * Reads a target such as `pachyderm@2.11` or `dex@2.45`. A `v` before the version and anything after its minor part
 * (`dex@v2.45.1`, `pachyderm@2.12.0-rc.3`) make no difference.
 */
export function parseTarget(text: string): TargetResult {
  const match = /^(pachyderm|dex)@v?(\d+)\.(\d+)(?:[.+-][0-9A-Za-z.+-]*)?$/.exec(text.trim());
  if (!match) {
    return {
      ok: false,
      message: `"${text}" is not a valid target`,
      hint: `write product@version, such as ${newestTarget('pachyderm')} or ${newestTarget('dex')}`,
    };
  }
  const product = match[1] as Product;
  const minor = Number(match[3]);
  if (match[2] === '2' && MINORS[product].includes(minor))
    return { ok: true, target: `${product}@2.${minor}` as Target };
  const { oldest } = minorSpan(product);
  const isOlder = Number(match[2]) < 2 || (match[2] === '2' && minor < oldest);
  return {
    ok: false,
    message: `unsupported version ${NAMES[product]} ${match[2]}.${minor}; supported are 2.${oldest} to 2.${newest(product)}`,
    hint: `take the nearest one, ${product}@2.${isOlder ? oldest : newest(product)}`,
  };
}

/** The target that the Dex inside a Pachyderm release such as `2.11.6` is; also of what is hardly a release, such as `v2.11`. */
export function targetOfRelease(release: string): TargetResult {
  return parseTarget(`pachyderm@${release}`);
}

/** The Dex inside a release. Throws when there are no facts about it, so that connectors never go unchecked. */
export function dexInside({ text, minor }: ReleaseVersion): PachydermTarget {
  const target = `pachyderm@2.${minor}` as const;
  if (!targets.includes(target)) throw new Error(`no facts about the Dex inside Pachyderm ${text}`);
  return target;
}

export function isPachyderm(target: Target): target is PachydermTarget {
  return productOf(target) === 'pachyderm';
}

export function productOf(target: Target): Product {
  return target.startsWith('dex') ? 'dex' : 'pachyderm';
}

const minors = new Map<Target, number>();

/** The minor version: 11 for `pachyderm@2.11`. */
function minorOf(target: Target): number {
  const known = minors.get(target);
  if (known !== undefined) return known;
  const minor = Number(target.slice(target.indexOf('.') + 1));
  minors.set(target, minor);
  return minor;
}

/** Orders targets as `targets` does. */
export function compareTargets(a: Target, b: Target): number {
  const [productA, productB] = [productOf(a), productOf(b)];
  if (productA !== productB) return productA === 'dex' ? -1 : 1;
  return minorOf(a) - minorOf(b);
}

/** What a target is called in a sentence: `Dex 2.45`, `Pachyderm 2.11's Dex`. */
export function describeTarget(target: Target): string {
  const version = `${NAMES[productOf(target)]} 2.${minorOf(target)}`;
  return productOf(target) === 'dex' ? version : `${version}'s Dex`;
}

/**
 * Which versions of a product a range has: `every Dex`, `Dex 2.38 and newer`, `Pachyderm up to 2.6`, `Dex 2.30 to 2.35`;
 * with no range, `no standalone Dex`.
 */
export function describeRange(product: Product, range: MinorRange | undefined): string {
  if (range === undefined) return product === 'dex' ? 'no standalone Dex' : 'no Pachyderm release';
  const name = NAMES[product];
  const fromTheStart = range.since <= minorSpan(product).oldest;
  if (range.until === undefined) return fromTheStart ? `every ${name}` : `${name} 2.${range.since} and newer`;
  return fromTheStart ? `${name} up to 2.${range.until}` : `${name} 2.${range.since} to 2.${range.until}`;
}

function newest(product: Product): number {
  return MINORS[product].at(-1) ?? 0;
}
