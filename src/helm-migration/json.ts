import { isMapping } from '../document/is-mapping';
import { setOwn, type JsonValue } from '../document/source-node';

/** A mapping of JSON. */
export type JsonMapping = { [key: string]: JsonValue };

/** Whether two values are the same, whatever the order of their keys. */
export function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  if (!isMapping(a) || !isMapping(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}

/** Whether a template of the chart takes the value for none: `''`, `0`, `false`, null, and what has nothing in it. */
export function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** As Helm lays values over others: mappings merge, everything else replaces, and null takes a key away. */
export function layered(base: JsonValue | undefined, over: JsonValue): JsonValue {
  if (!isMapping(base) || !isMapping(over)) return over;
  const merged: JsonMapping = {};
  for (const key of new Set([...Object.keys(base), ...Object.keys(over)])) {
    const own = Object.hasOwn(over, key) ? over[key] : undefined;
    const inherited = Object.hasOwn(base, key) ? base[key] : undefined;
    if (own === null) continue;
    const value = own === undefined ? inherited : layered(inherited, own);
    if (value !== undefined) setOwn(merged, key, value);
  }
  return merged;
}

/** The value at a path of keys; undefined when there is none. */
export function valueAt(root: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  let value = root;
  for (const step of path) {
    if (!isMapping(value) || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value;
}

/** Sets the value at a path of keys, with the mappings on the way to it. */
export function setAt(root: JsonMapping, path: readonly string[], value: JsonValue): void {
  let mapping = root;
  for (const step of path.slice(0, -1)) {
    const inner = Object.hasOwn(mapping, step) ? mapping[step] : undefined;
    if (isMapping(inner)) mapping = inner;
    else {
      const made: JsonMapping = {};
      setOwn(mapping, step, made);
      mapping = made;
    }
  }
  setOwn(mapping, path.at(-1) ?? '', value);
}

/** Removes the value at a path, and the mappings on the way to it that are left empty. */
export function removeAt(root: JsonMapping, path: readonly string[]): void {
  const [step, ...rest] = path;
  if (step === undefined || !Object.hasOwn(root, step)) return;
  const inner = root[step];
  if (rest.length > 0 && isMapping(inner)) {
    removeAt(inner, rest);
    if (Object.keys(inner).length > 0) return;
  }
  delete root[step];
}
