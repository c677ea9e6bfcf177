import type { SourceNode } from './source-node';

/**
 * What pachctl makes of a plain scalar where YAML 1.2 differs. It reads with go-yaml v3, which passes its values on as JSON:
 * numbers may have underscores, and a date is a time. From go-yaml's resolve.go.
 */
export function asGoYaml3(node: SourceNode): SourceNode {
  if (node.entries)
    return { ...node, entries: new Map([...node.entries].map(([key, child]) => [key, asGoYaml3(child)])) };
  if (node.items) return { ...node, items: node.items.map(asGoYaml3) };
  if (isTooLarge(node)) return { ...node, scalar: writtenText(node) };
  if (!isPlain(node)) return node;
  const scalar = goTime(node.scalar) ?? goNumber(node.scalar);
  return scalar === undefined ? node : { ...node, scalar };
}

/** The time that go-yaml v3 takes a plain date for, as JSON has it; undefined for every other value. */
export function timeOf(node: SourceNode): string | undefined {
  return isPlain(node) ? goTime(node.scalar) : undefined;
}

/** A number such as 1e400, for which Go has no place: it stays the string that was written. */
function isTooLarge(node: SourceNode): boolean {
  return Math.abs(Number(node.scalar)) === Infinity && !/inf/i.test(writtenText(node));
}

const writtenText = ({ source, start, end }: SourceNode): string => source.text.slice(start, end);

/** A string that stands in its file without quotes. */
function isPlain(node: SourceNode): node is SourceNode & { readonly scalar: string } {
  return typeof node.scalar === 'string' && node.source.text.startsWith(node.scalar, node.start);
}

/** The number that go-yaml, v2 and v3, takes a plain scalar for; undefined for every other text. */
export function goNumber(text: string): number | undefined {
  const digits = text.replaceAll('_', '');
  if (!/^[-+]?[.\d]/.test(text)) return undefined;
  const whole = goInteger(digits);
  if (whole !== undefined) return Number(whole);
  return /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(digits) ? Number(digits) : undefined;
}

/** A whole number as Go's strconv.ParseInt reads it with base 0, of any size; underscores are taken out before. */
export function goInteger(digits: string): bigint | undefined {
  const match = /^([-+]?)(0x[\da-f]+|0b[01]+|0o?[0-7]+|0|[1-9]\d*)$/i.exec(digits);
  if (!match) return undefined;
  const [, sign, amount = ''] = match;
  const value = BigInt(/^0[0-7]/.test(amount) ? `0o${amount.slice(1)}` : amount.toLowerCase());
  return sign === '-' ? -value : value;
}

/** A whole number as it is written, which may be more than a number here can hold; undefined for everything else. */
export function exactInteger({ scalar, source, start, end }: SourceNode): bigint | undefined {
  if (!Number.isInteger(scalar)) return undefined;
  return goInteger(source.text.slice(start, end).replaceAll('_', '')) ?? BigInt(Number(scalar));
}

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const ZONED = /^(\d{4})-(\d{1,2})-(\d{1,2})[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z|[-+]\d{2}:\d{2})$/;
const SPACED = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?$/;

function goTime(text: string): string | undefined {
  const match = DATE.exec(text) ?? ZONED.exec(text) ?? SPACED.exec(text);
  if (!match) return undefined;
  const [
    ,
    year = '',
    month = '',
    day = '',
    hour = '0',
    minute = '0',
    second = '0',
    fraction = '',
    zone = 'Z',
  ] = match;
  const isDate =
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= daysOf(Number(year), Number(month));
  if (!isDate || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const two = (part: string): string => part.padStart(2, '0');
  // Go's RFC 3339 has nanoseconds without zeros at the end, and UTC as Z.
  const nanoseconds = fraction.slice(0, 10).replace(/\.?0*$/, '');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${nanoseconds}${/^[-+]00:00$/.test(zone) ? 'Z' : zone}`;
}

function daysOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const ESCAPES = /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|.)/gs;

/** Offsets of the first escape in a string in double quotes that go-yaml does not read: half of a UTF-16 pair, alone or not. */
export function surrogateEscape(source: string, start: number, end: number): [number, number] | undefined {
  if (source[start] !== '"') return undefined;
  // Of this string alone: what comes behind may be long, and may have no escape.
  for (const match of source.slice(start, end).matchAll(ESCAPES)) {
    const code = parseInt(match[1] ?? match[2] ?? '', 16);
    const at = start + match.index;
    if (code >= 0xd800 && code <= 0xdfff) return [at, at + match[0].length];
  }
  return undefined;
}
