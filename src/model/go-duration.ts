export const NANOSECONDS_PER_SECOND = 1e9;

/** Nanoseconds in each unit that Go's `time.ParseDuration` knows. */
const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: NANOSECONDS_PER_SECOND,
  m: 60e9,
  h: 3600e9,
};

/** Go counts nanoseconds in 64 bits, which is some 292 years; only before a minus does the last of these count. */
const LIMIT = 2n ** 63n;

/** A duration in nanoseconds, or the error that Go's `time.ParseDuration` ends with. */
export type GoDuration = { readonly nanoseconds: number } | { readonly error: string };

/** Reads a duration the way Go does (`1h30m`, `.5s`, `-1m`, `0`), to the nanosecond; there are no days. */
export function parseGoDuration(text: string): GoDuration {
  const invalid = { error: `time: invalid duration ${quoted(text)}` };
  const isNegative = text.startsWith('-');
  let rest = text.replace(/^[-+]/, '');
  if (rest === '0') return { nanoseconds: 0 };
  if (rest === '') return invalid;
  let sum = 0n;
  while (rest !== '') {
    const [number, whole = '', fraction = ''] = /^(\d*)(?:\.(\d*))?/.exec(rest) ?? [''];
    if (whole === '' && fraction === '') return invalid;
    // A number that Go cannot count is an error before its unit is read.
    if (BigInt(whole) > LIMIT) return invalid;
    rest = rest.slice(number.length);
    const unit = /^[^.\d]*/.exec(rest)?.[0] ?? '';
    if (unit === '') return { error: `time: missing unit in duration ${quoted(text)}` };
    const length = UNITS[unit];
    if (length === undefined)
      return { error: `time: unknown unit ${quoted(unit)} in duration ${quoted(text)}` };
    const part = BigInt(whole) * BigInt(length) + fractionOf(fraction, length);
    if (part > LIMIT) return invalid;
    // Two parts of the limit each start again at nothing: Go counts on 64 bits without a sign.
    sum = BigInt.asUintN(64, sum + part);
    if (sum > LIMIT) return invalid;
    rest = rest.slice(unit.length);
  }
  if (isNegative) return { nanoseconds: -Number(sum) || 0 };
  return sum < LIMIT ? { nanoseconds: Number(sum) } : invalid;
}

/** The part of a unit that digits after the point are; Go reads as many of them as 63 bits hold and ignores the rest. */
function fractionOf(digits: string, unit: number): bigint {
  let value = 0n;
  let scale = 1;
  for (const digit of digits) {
    const next = value * 10n + BigInt(digit);
    if (value > (LIMIT - 1n) / 10n || next > LIMIT) break;
    value = next;
    scale *= 10;
  }
  return BigInt(Math.trunc(Number(value) * (unit / scale)));
}

/** As package `time` quotes: what is not ASCII byte for byte. */
function quoted(text: string): string {
  const escaped = text
    .replace(/["\\]/g, '\\$&')
    .replace(/[^ -\x7f]+/gu, (characters) =>
      [...Buffer.from(characters)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
    );
  return `"${escaped}"`;
}
