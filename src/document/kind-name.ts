const KIND_NAMES: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'nothing',
};

/** A JSON type as messages call it: `array` is "a list". */
export function typeName(type: string): string {
  return KIND_NAMES[type] ?? type;
}

/** What a value is, as messages call it. */
export function kindName(value: unknown): string {
  if (value === null) return 'empty';
  return typeName(Array.isArray(value) ? 'array' : typeof value);
}
