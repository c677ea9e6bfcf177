/**
 * Names as a sentence has them: `a`, `a and b`, `a, b and c`; with `or` where one of them is meant. `Intl.ListFormat` does the
 * same and takes 5 to 10 ms to load.
 */
export function listed(names: readonly string[], word: 'and' | 'or' = 'and'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}
