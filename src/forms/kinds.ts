/** How Go's decoder of JSON names the values it finds. */
export type JsonKind = 'string' | 'number' | 'bool' | 'array' | 'object';

/** What messages call a kind of value, by the names that JSON Schema and Go have for it. */
const KIND_NAMES: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  bool: 'true or false',
  null: 'nothing',
};

/** A type of JSON Schema or a kind of Go as messages call it: `array` is "a list". */
export function typeName(type: string): string {
  return KIND_NAMES[type] ?? type;
}

/** What a value is, as messages call it. */
export function kindName(value: unknown): string {
  if (value === null) return 'empty';
  return typeName(Array.isArray(value) ? 'array' : typeof value);
}

/** What a value of a file is, which is a mapping with entries, a list with items, or a scalar. */
export function nodeKindName(node: {
  readonly entries?: unknown;
  readonly items?: unknown;
  readonly scalar?: unknown;
}): string {
  if (node.entries !== undefined) return typeName('object');
  return node.items === undefined ? kindName(node.scalar) : typeName('array');
}

const JSON_KINDS: Readonly<Record<string, JsonKind>> = {
  string: 'string',
  number: 'number',
  boolean: 'bool',
};

/** The kind of a value other than null, which Go takes for anything. */
export function jsonKind(value: unknown): JsonKind {
  return Array.isArray(value) ? 'array' : (JSON_KINDS[typeof value] ?? 'object');
}

/** Whether a value is a whole number within bounds, which are themselves allowed. */
export function isWholeNumber(
  value: unknown,
  { minimum = -Infinity, maximum = Infinity }: { readonly minimum?: number; readonly maximum?: number },
): boolean {
  return Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
}

/** Whether Go takes the item of a list for a byte: it decodes a list of numbers into bytes as well as text in base64. */
export function isByte(item: unknown): boolean {
  return item === null || isWholeNumber(item, { minimum: 0, maximum: 255 });
}

/** What to do about a value of one kind where another belongs. */
const HINTS: Readonly<Partial<Record<`${JsonKind} to ${JsonKind}`, string>>> = {
  'string to bool': 'write `true` or `false` without quotes and without anything after it',
  'string to number': 'write it without quotes',
  'string to array': 'write a list: `["…"]`, or one item a line after `- `',
  'object to array': 'put `- ` before the first key of each item, and indent the others below it',
  'array to bool': 'write `true` or `false`',
  'object to bool': 'write `true` or `false`',
  'array to object': 'write `key: value` lines without `- ` before them',
  'array to string': 'write one string instead of a list',
  'object to string': 'write one string instead of a mapping',
  'number to string': 'put it in quotes',
  'bool to string': 'put it in quotes: unquoted yes, no, on and off may be booleans in YAML',
};

/**
 * How to write a value of the kind that belongs here, in place of what was found.
 *
 * @param value what was found, where it can be an item of the list and is no secret
 */
export function kindHint(found: JsonKind, wanted: JsonKind, value?: unknown): string {
  // Of a long string, or one with blanks, no one knows what it is: it may be a secret. In quotes `on` stays a string, in JSON too.
  if (wanted === 'array' && typeof value === 'string' && /^[A-Za-z][\w./-]{0,14}$/.test(value))
    return `write a list: ${JSON.stringify([value])}`;
  return HINTS[`${found} to ${wanted}`] ?? `write ${typeName(wanted)}`;
}
