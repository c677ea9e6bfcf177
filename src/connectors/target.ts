const PACHYDERM_MINORS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
const DEX_MINORS = [29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45] as const;

/**
 * The program that is to read a connector: the Dex inside a Pachyderm release, or a standalone Dex. Both are at major
 * version 2, and what a connector may say changes with minor versions only.
 */
export type Target =
  `pachyderm@2.${(typeof PACHYDERM_MINORS)[number]}` | `dex@2.${(typeof DEX_MINORS)[number]}`;

export type Product = 'pachyderm' | 'dex';

/** A target, or why a string is none and what to write. */
export type TargetResult =
  | { readonly ok: true; readonly target: Target }
  | { readonly ok: false; readonly message: string; readonly hint: string };

const MINORS: Readonly<Record<Product, readonly number[]>> = { dex: DEX_MINORS, pachyderm: PACHYDERM_MINORS };
const NAMES: Readonly<Record<Product, string>> = { dex: 'Dex', pachyderm: 'Pachyderm' };

/** Every target: Dex before Pachyderm, oldest first. */
export const targets: readonly Target[] = [
  ...DEX_MINORS.map((minor) => `dex@2.${minor}` as const),
  ...PACHYDERM_MINORS.map((minor) => `pachyderm@2.${minor}` as const),
];

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
      message: `"${text}" is no target`,
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

/** The target that the Dex inside a Pachyderm release such as `2.11.6` is. */
export function targetOfRelease(release: string): TargetResult {
  return parseTarget(`pachyderm@${release}`);
}

export function productOf(target: Target): Product {
  return target.startsWith('dex') ? 'dex' : 'pachyderm';
}

/** The minor version: 11 for `pachyderm@2.11`. */
export function minorOf(target: Target): number {
  return Number(target.slice(target.indexOf('.') + 1));
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

function newest(product: Product): number {
  return MINORS[product].at(-1) ?? 0;
}
