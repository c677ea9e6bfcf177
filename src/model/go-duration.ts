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

/** Go counts nanoseconds in 64 bits, which is some 292 years. */
const LONGEST = 2 ** 63;

/** A duration in nanoseconds, or the error that Go's `time.ParseDuration` ends with. */
export type GoDuration = { readonly nanoseconds: number } | { readonly error: string };

/** Reads a duration the way Go does (`1h30m`, `.5s`, `-1m`, `0`); there are no days. */
export function parseGoDuration(text: string): GoDuration {
  const quoted = JSON.stringify(text);
  const invalid = { error: `time: invalid duration ${quoted}` };
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = text.replace(/^[-+]/, '');
  if (rest === '0') return { nanoseconds: 0 };
  if (rest === '') return invalid;
  let nanoseconds = 0;
  while (rest !== '') {
    const number = /^(\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) return invalid;
    rest = rest.slice(number.length);
    const unit = /^[^.\d]*/.exec(rest)?.[0] ?? '';
    if (unit === '') return { error: `time: missing unit in duration ${quoted}` };
    const length = UNITS[unit];
    if (length === undefined)
      return { error: `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}` };
    nanoseconds += Number(number) * length;
    if (nanoseconds >= LONGEST) return invalid;
    rest = rest.slice(unit.length);
  }
  return { nanoseconds: sign * nanoseconds };
}
