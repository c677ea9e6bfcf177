import type { JsonValue } from '../document/source-node';
import { schemaAt } from '../schema/schema-at';
import { isMapping, type JsonMapping } from './json';

/** The document with its keys in the order of the schema; keys of the user's own stay as they are. */
export function inSchemaOrder(document: JsonMapping): JsonMapping {
  return ordered(document, []) as JsonMapping;
}

function ordered(value: JsonValue, path: readonly string[]): JsonValue {
  if (Array.isArray(value)) return value.map((item, index) => ordered(item, [...path, String(index)]));
  if (!isMapping(value)) return value;
  const known = Object.keys(schemaAt(path)['properties'] ?? {});
  const keys = Object.keys(value);
  const sorted = [
    ...known.filter((key) => keys.includes(key)),
    ...keys.filter((key) => !known.includes(key)),
  ];
  return Object.fromEntries(sorted.map((key) => [key, ordered(value[key] ?? null, [...path, key])]));
}
