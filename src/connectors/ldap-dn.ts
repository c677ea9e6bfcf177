import { withoutAround } from '../forms/trim';

/** A type and its value, such as `ou=people`; a value may be any bytes, which are kept as characters of Latin-1. */
interface Pair {
  readonly type: string;
  readonly value: string;
}

/** A distinguished name (RFC 4514): its parts from the entry up, each of one pair or several. */
export type DistinguishedName = readonly (readonly Pair[])[];

/** A character that a backslash alone makes harmless, a byte in two digits, what needs no backslash, or one that nothing follows. */
const PIECE = /\\([ "#+,;<=>\\])|\\([\dA-Fa-f]{2})|[^\\]+|\\/g;

/**
 * Reads a DN by the rules of `ParseDN` of go-ldap 3.4.8: types are not looked at, and RFC 2253's semicolons are taken.
 *
 * @returns undefined for what is no DN; no parts for an empty one, which is the root of the directory
 */
export function parseDN(text: string): DistinguishedName | undefined {
  if (text.trim() === '') return [];
  const parts: Pair[][] = [];
  let part: Pair[] = [];
  for (const { text: piece, end } of pieces(text)) {
    // Before the value there may be several types, of which all but the last are empty.
    let value = piece;
    let type = '';
    while (type === '') {
      const equals = unescapedEquals(value);
      const name = equals < 0 ? undefined : decoded(value.slice(0, equals));
      if (name === undefined) return undefined;
      type = name;
      value = value.slice(equals + 1);
    }
    const bytes = valueOf(value);
    if (bytes === undefined) return undefined;
    part.push({ type, value: bytes });
    if (end === '+') continue;
    parts.push(part);
    part = [];
  }
  return parts;
}

/** The text between commas, semicolons and plus signs that are not escaped, with what is behind each. */
function* pieces(text: string): Iterable<{ readonly text: string; readonly end: string }> {
  let start = 0;
  for (const { 0: end, index } of text.matchAll(/\\[^]?|[,;+]/g)) {
    if (end.startsWith('\\')) continue;
    yield { text: text.slice(start, index), end };
    start = index + 1;
  }
  yield { text: text.slice(start), end: '' };
}

function unescapedEquals(text: string): number {
  if (!text.includes('\\')) return text.indexOf('=');
  for (const { 0: found, index } of text.matchAll(/\\[^]?|=/g)) if (found === '=') return index;
  return -1;
}

/** A pair of the usual attributes that begins inside of a value: `dc=` in `ou=people dc=acme`. */
export function lostComma(text: string): string | undefined {
  return /[^\s,;+\\]\s+((?:dc|ou|cn|o|uid|c|l|st)\s*=)/i.exec(text)?.[1];
}

/** Whether two DNs are those of one entry. */
export function areSameDN(one: DistinguishedName, other: DistinguishedName): boolean {
  return foldedDN(one) === foldedDN(other);
}

/** The same text for all DNs of one entry: types and values in any case, the pairs of a part in any order. */
export function foldedDN(name: DistinguishedName): string {
  return JSON.stringify(
    name.map((part) => {
      const pairs = part.map(({ type, value }) => JSON.stringify([folded(type), folded(value)]));
      // go-ldap looks for each pair in the other part, so that how often one is repeated does not count.
      return [pairs.length, ...[...new Set(pairs)].sort()];
    }),
  );
}

/** Whether an entry is the one at `base`, or below it. */
export function isAtOrBelow(entry: DistinguishedName, base: DistinguishedName): boolean {
  return entry.length >= base.length && areSameDN(entry.slice(entry.length - base.length), base);
}

function folded(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8').toLowerCase();
}

/** A value; one that begins with # is BER in hexadecimal digits, of which the content counts. */
function valueOf(text: string): string | undefined {
  return text.startsWith('#') ? berContent(text.slice(1)) : decoded(text);
}

/** Text with its escapes undone, and without spaces around it but for those that are escaped. */
function decoded(text: string): string | undefined {
  const trimmed = withoutAround(text, ' ');
  // Of spaces at the end the first one is escaped where a backslash is before it.
  const kept = trimmed.endsWith('\\') && text.endsWith(' ') ? `${trimmed} ` : trimmed;
  if (!kept.includes('\\')) return bytesOf(kept);
  let bytes = '';
  for (const [piece, special, digits] of kept.matchAll(PIECE)) {
    if (special !== undefined) bytes += special;
    else if (digits !== undefined) bytes += String.fromCharCode(parseInt(digits, 16));
    else if (piece === '\\') return undefined;
    else bytes += bytesOf(piece);
  }
  return bytes;
}

/** Text in UTF-8, each byte as a character of Latin-1: itself where it is ASCII. */
function bytesOf(text: string): string {
  return BEYOND_ASCII.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}

const BEYOND_ASCII = /[\u0080-\uFFFF]/;

/** The content of a BER element of definite length, whose tag is one byte. */
function berContent(digits: string): string | undefined {
  if (!/^([0-9A-Fa-f]{2}){2,}$/.test(digits)) return undefined;
  const bytes = Buffer.from(digits, 'hex');
  const first = bytes[1] ?? 0;
  const more = first < 0x80 ? 0 : first & 0x7f;
  const length = more === 0 ? first : bytes.subarray(2, 2 + more).reduce((sum, byte) => sum * 256 + byte, 0);
  const content = bytes.subarray(2 + more, 2 + more + length);
  return content.length === length ? content.toString('latin1') : undefined;
}
