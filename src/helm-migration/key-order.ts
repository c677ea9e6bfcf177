import { isMapping } from '../document/is-mapping';
import type { JsonValue } from '../document/source-node';
import { placeAt, stepInto, type Place } from '../schema/schema-at';
import type { JsonMapping } from './json';

/** The document with its keys in the order of the schema; keys of the user's own stay as they are. */
export function inSchemaOrder(document: JsonMapping): JsonMapping {
  return ordered(document, placeAt([])) as JsonMapping;
}

function ordered(value: JsonValue, place: Place): JsonValue {
  const inside = (step: string, inner: JsonValue): JsonValue =>
    inner === null || typeof inner !== 'object' ? inner : ordered(inner, stepInto(place, step));
  if (Array.isArray(value)) return value.map((item, index) => inside(String(index), item));
  if (!isMapping(value)) return value;
  const known = place.part['properties'] ?? {};
  const keys = [
    ...Object.keys(known).filter((key) => Object.hasOwn(value, key)),
    ...Object.keys(value).filter((key) => !Object.hasOwn(known, key)),
  ];
  return Object.fromEntries(keys.map((key) => [key, inside(key, value[key] ?? null)]));
}
