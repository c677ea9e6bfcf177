const patterns = new Map<string, RegExp>();

/** The expression of a pattern of the facts about connectors, which is compiled once. */
export function patternOf(source: string): RegExp {
  let pattern = patterns.get(source);
  if (pattern === undefined) {
    pattern = new RegExp(source, 'u');
    patterns.set(source, pattern);
  }
  return pattern;
}
