/**
 * The most nodes a file may have once its aliases are expanded. The largest document that makes sense, a cluster with
 * several hundred connectors, has about ten thousand.
 */
export const NODE_LIMIT = 200_000;

/** The deepest nesting that is read. A cluster document is at most about ten levels deep. */
export const DEPTH_LIMIT = 100;

/** What is said of a document beyond a limit, with the way out. */
export const TOO_MANY = [
  `The document has more than ${NODE_LIMIT} values once its aliases are expanded`,
  'remove the aliases that refer to lists of aliases',
] as const;
export const TOO_DEEP = [
  `The document is nested more than ${DEPTH_LIMIT} levels deep`,
  'a cluster document is at most about ten levels deep',
] as const;
