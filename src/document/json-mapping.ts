import { isMapping } from './is-mapping';
import type { JsonValue } from './source-node';

/** The mapping that a string has in JSON; undefined when it has anything else. */
export function jsonMapping(text: string): Readonly<Record<string, JsonValue>> | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isMapping(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
