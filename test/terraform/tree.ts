/** A mapping of JSON. */
export type Json = Record<string, unknown>;

/** What is in nested mappings at a path such as `resource.auth0_client.application`; undefined when nothing is. */
export function at(tree: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Json | undefined)?.[key], tree);
}

/** The mapping at a path. */
export function mappingAt(tree: unknown, path: string): Json {
  return (at(tree, path) ?? {}) as Json;
}
