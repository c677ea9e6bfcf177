import { setOwn, type JsonValue } from './source-node';

/** The same with the keys of every mapping in the order of their UTF-16 code units, so that equal data has one text. */
export function withSortedKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (value === null || typeof value !== 'object') return value;
  const sorted: { [key: string]: JsonValue } = {};
  const keys = Object.keys(value);
  if (keys.length > 1) keys.sort();
  for (const key of keys) setOwn(sorted, key, withSortedKeys(value[key] ?? null));
  return sorted;
}
