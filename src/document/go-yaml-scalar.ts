import type { Scalar } from './yaml-scalars';

/** What Go's YAML 1.1 (gopkg.in/yaml.v2, which Dex and pachd read with) makes of a scalar without quotes. */
export interface GoScalar {
  readonly value: Scalar;
  /** The type that it resolves to, by the name of YAML's own tag: `int` for `!!int`. */
  readonly tag: GoTag;
  /** What a field of type string gets, which ghodss/yaml converts numbers and booleans for. */
  readonly text: string;
}

export type GoTag = 'null' | 'bool' | 'int' | 'float' | 'str';

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ...forms('y', 'yes', 'true', 'on').map((word) => [word, true] as const),
  ...forms('n', 'no', 'false', 'off').map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
]);

/** Infinity and its like by Go's names of them. */
const SPECIAL_NUMBERS = new Map<string, readonly [value: number, text: string]>([
  ...forms('.inf').flatMap((word) => [
    [word, [Infinity, '+Inf']] as const,
    [`+${word}`, [Infinity, '+Inf']] as const,
    [`-${word}`, [-Infinity, '-Inf']] as const,
  ]),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, [Number.NaN, 'NaN']] as const),
]);

const FLOAT = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;

/** What YAML 1.1 knows and JSON does not: a leading zero is octal, and 0x, 0o and 0b are read. */
const RADIXES: readonly (readonly [form: RegExp, prefix: string])[] = [
  [/^0[xX]([0-9a-fA-F]+)$/, '0x'],
  [/^0[oO]([0-7]+)$/, '0o'],
  [/^0[bB]([01]+)$/, '0b'],
  [/^0([0-7]+)$/, '0o'],
  [/^(0|[1-9]\d*)$/, ''],
];

const LARGEST_SIGNED = 2n ** 63n;
const LARGEST_UNSIGNED = 2n ** 64n;

/** Reads a scalar without quotes the way Dex does. Numbers of base 60 and dates are strings to it. */
export function goScalar(written: string): GoScalar {
  const word = WORDS.get(written);
  if (word === null) return { value: null, tag: 'null', text: '' };
  if (word !== undefined) return { value: word, tag: 'bool', text: String(word) };
  const special = SPECIAL_NUMBERS.get(written);
  if (special) return { value: special[0], tag: 'float', text: special[1] };
  const string: GoScalar = { value: written, tag: 'str', text: written };
  if (!/^[-+.\d]/.test(written)) return string;
  // Underscores stand anywhere, but in a number that begins with the point only between two digits.
  const plain = written.replace(written.startsWith('.') ? /(?<=\d)_(?=\d)/g : /_/g, '');
  const integer = written.startsWith('.') ? undefined : integerOf(plain);
  if (integer !== undefined) return { value: Number(integer), tag: 'int', text: String(integer) };
  if (!FLOAT.test(plain)) return string;
  const value = Number(plain);
  return Number.isFinite(value) ? { value, tag: 'float', text: formatFloat32(value) } : string;
}

function integerOf(plain: string): bigint | undefined {
  const [, sign = '', digits = ''] = /^([-+]?)(.*)$/s.exec(plain) ?? [];
  for (const [form, prefix] of RADIXES) {
    const found = form.exec(digits)?.[1];
    if (found === undefined) continue;
    const size = BigInt(prefix + found);
    if (sign === '-') return size <= LARGEST_SIGNED ? -size : undefined;
    return size < (sign === '' ? LARGEST_UNSIGNED : LARGEST_SIGNED) ? size : undefined;
  }
  return undefined;
}

/** Go's `strconv.FormatFloat(value, 'g', -1, 32)`: the fewest digits that name the same 32-bit float. */
export function formatFloat32(value: number): string {
  const float = Math.fround(value);
  if (!Number.isFinite(float)) return float < 0 ? '-Inf' : '+Inf';
  if (float === 0) return Object.is(float, -0) ? '-0' : '0';
  let shortest = float.toExponential();
  for (let digits = 0; digits < 17; digits++) {
    shortest = float.toExponential(digits);
    if (Math.fround(Number(shortest)) === float) break;
  }
  const [mantissa = '', power = '0'] = shortest.split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return plainDigits(mantissa, exponent);
  const size = String(Math.abs(exponent)).padStart(2, '0');
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${size}`;
}

function plainDigits(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const rest = digits.slice(exponent + 1);
  return sign + whole + (rest === '' ? '' : `.${rest}`);
}

/** Each word in lower case, with a capital letter, and in capitals. */
function forms(...words: readonly string[]): string[] {
  return words.flatMap((word) => [
    word,
    word.replace(/[a-z]/, (letter) => letter.toUpperCase()),
    word.toUpperCase(),
  ]);
}
