/** A mapping of JSON. */
export type Json = Record<string, unknown>;

/** What is in nested mappings and lists at a path such as `spec.ports.0.name`; undefined when nothing is. */
export function at(tree: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Json | null | undefined)?.[key], tree);
}

/** The mapping at a path. */
export function mappingAt(tree: unknown, path: string): Json {
  return (at(tree, path) ?? {}) as Json;
}
