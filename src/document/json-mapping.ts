import { isMapping } from './is-mapping';
import type { JsonValue } from './source-node';

type JsonMapping = Readonly<Record<string, JsonValue>>;

/** A value that is a mapping; undefined for any other. */
export function asMapping(value: JsonValue | undefined): JsonMapping | undefined {
  return isMapping(value) ? value : undefined;
}

/** The mapping that a string has in JSON; undefined when it has anything else. */
export function jsonMapping(text: string): JsonMapping | undefined {
  try {
    return asMapping(JSON.parse(text) as JsonValue);
  } catch {
    return undefined;
  }
}
