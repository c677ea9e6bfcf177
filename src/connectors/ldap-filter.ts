/** Where the compiler is after a part of a filter. */
interface Compiled {
  /** Byte position behind the part. */
  readonly position: number;
  /** Whether there is something that was compiled. Go's compiler goes on without it, into a panic that it catches. */
  readonly isThere: boolean;
  readonly error?: string;
}

const [OPEN, CLOSE, AND, OR, NOT, COLON, EQUALS, GREATER, LESS, TILDE, STAR, BACKSLASH] = [
  ...Buffer.from('()&|!:=><~*\\'),
] as [number, number, number, number, number, number, number, number, number, number, number, number];
const DN = Buffer.from(':dn');

const END = 'ldap: unexpected end of filter';
/** What a function that has panicked returns. */
const PANIC: Compiled = { position: 0, isThere: false };

/**
 * What go-ldap says to a filter that it cannot compile, by the rules of `CompileFilter` of go-ldap 3.4.4 to 3.4.8, its
 * slips among them; undefined for one that it takes. That is less than RFC 4515 demands: `(&)` and `(=x)` compile.
 */
export function filterError(filter: string): string | undefined {
  const bytes = Buffer.from(filter, 'utf8');
  if (bytes[0] !== OPEN) return "ldap: filter does not start with an '('";
  const { position, error } = compile(bytes, 1);
  if (error !== undefined) return error;
  if (position > bytes.length) return END;
  return position < bytes.length
    ? `ldap: finished compiling filter with extra at end: ${bytes.subarray(position).toString('utf8')}`
    : undefined;
}

/** How deep OpenLDAP takes filters at the most (2.4.50 and newer). */
const DEEPEST = 1000;

/** Whether a filter is deeper than directories take. It is not compiled then: that takes as many calls. */
export function isTooDeep(filter: string): boolean {
  let depth = 0;
  for (const character of filter) {
    if (character === '(') depth++;
    else if (character === ')') depth--;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** `position` is behind the opening bracket. */
function compile(bytes: Buffer, position: number): Compiled {
  const width = runeWidth(bytes, position);
  if (width === undefined) return { position: 0, isThere: false, error: runeError(position) };
  switch (bytes[position]) {
    case OPEN: {
      const inner = compile(bytes, position + width);
      return { ...inner, position: inner.position + 1 };
    }
    case AND:
    case OR:
      return compileSet(bytes, position + width);
    case NOT: {
      const inner = compile(bytes, position + width);
      return inner.isThere ? inner : PANIC;
    }
    default:
      return compileItem(bytes, position);
  }
}

function compileSet(bytes: Buffer, start: number): Compiled {
  let position = start;
  while (position < bytes.length && bytes[position] === OPEN) {
    const child = compile(bytes, position + 1);
    if (child.error !== undefined) return { position, isThere: true, error: child.error };
    if (!child.isThere) return PANIC;
    position = child.position;
  }
  if (position === bytes.length) return { position, isThere: true, error: END };
  return { position: position + 1, isThere: true };
}

/** Where in `attribute:dn:rule:=value` the compiler is. */
type State = 'attribute' | 'rule' | 'value';

/** A comparison of an attribute: `uid=ada`, up to its closing bracket. */
function compileItem(bytes: Buffer, start: number): Compiled {
  let position = start;
  let state: State = 'attribute';
  let isThere = false;
  let isEquality = false;
  let valueStart = bytes.length;
  while (position < bytes.length && bytes[position] !== CLOSE) {
    const width = runeWidth(bytes, position);
    if (width === undefined) return { position, isThere, error: runeError(position) };
    const operator: Operator | undefined = state === 'value' ? undefined : operatorAt(bytes, position, state);
    if (operator) {
      state = operator.state;
      if (state === 'value') valueStart = position + operator.width;
      isEquality ||= operator.isEquality === true;
      isThere = true;
    }
    position += operator?.width ?? width;
  }
  if (position >= bytes.length) return { position, isThere, error: END };
  if (!isThere) return { position, isThere, error: 'ldap: error parsing filter' };
  const value = bytes.subarray(Math.min(valueStart, position), position);
  const error = valueError(value, isEquality);
  return {
    position: error === undefined ? position + 1 : position,
    isThere,
    ...(error === undefined ? {} : { error }),
  };
}

/** What ends one part of a comparison. */
interface Operator {
  readonly width: number;
  readonly state: State;
  readonly isEquality?: true;
}

function operatorAt(bytes: Buffer, position: number, state: State): Operator | undefined {
  const byte = bytes[position];
  const next = bytes[position + 1];
  if (state === 'rule') return byte === COLON && next === EQUALS ? { width: 2, state: 'value' } : undefined;
  if (byte === COLON) {
    if (bytes.subarray(position, position + 3).equals(DN) && bytes[position + 3] === COLON)
      return bytes[position + 4] === EQUALS ? { width: 5, state: 'value' } : { width: 4, state: 'rule' };
    return next === EQUALS ? { width: 2, state: 'value' } : { width: 1, state: 'rule' };
  }
  if (byte === EQUALS) return { width: 1, state: 'value', isEquality: true };
  const isComparison = byte === GREATER || byte === LESS || byte === TILDE;
  return isComparison && next === EQUALS ? { width: 2, state: 'value' } : undefined;
}

/** Asterisks are wildcards in an equality alone; around them the parts are decoded one by one. */
function valueError(value: Buffer, isEquality: boolean): string | undefined {
  if (!isEquality || !value.includes(STAR)) return escapeError(value);
  let start = 0;
  for (let end = 0; end <= value.length; end++) {
    if (end < value.length && value[end] !== STAR) continue;
    const error = escapeError(value.subarray(start, end));
    if (error !== undefined) return error;
    start = end + 1;
  }
  return undefined;
}

/** A backslash has two hexadecimal digits behind it. */
function escapeError(value: Buffer): string | undefined {
  for (let position = 0; position < value.length; position++) {
    if (value[position] !== BACKSLASH) continue;
    const digits = value.subarray(position + 1, position + 3);
    if (digits.length === 0) return 'ldap: invalid characters for escape in filter: EOF';
    if (digits.length === 1) return 'ldap: missing characters for escape in filter';
    const wrong = digits.find((byte) => !/^[0-9a-fA-F]$/.test(String.fromCharCode(byte)));
    if (wrong !== undefined)
      return `ldap: invalid characters for escape in filter: encoding/hex: invalid byte: ${describeByte(wrong)}`;
    position += 2;
  }
  return undefined;
}

/** As Go's %#U has it: `U+0067 'g'`. */
function describeByte(byte: number): string {
  const code = `U+${byte.toString(16).toUpperCase().padStart(4, '0')}`;
  const isPrintable = (byte >= 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
  return isPrintable ? `${code} '${String.fromCharCode(byte)}'` : code;
}

function runeError(position: number): string {
  return `ldap: error reading rune at position ${position}`;
}

/** The bytes of the character at a position; undefined at the end, and for the replacement character, which Go takes for an error. */
function runeWidth(bytes: Buffer, position: number): number | undefined {
  const byte = bytes[position];
  if (byte === undefined) return undefined;
  if (byte === 0xef && bytes[position + 1] === 0xbf && bytes[position + 2] === 0xbd) return undefined;
  if (byte < 0x80) return 1;
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}
