/** Names as a sentence has them: `a`, `a and b`, `a, b and c`; with `or` where one of them is meant. */
export function listed(names: Iterable<string>, word: 'and' | 'or' = 'and'): string {
  return new Intl.ListFormat('en-GB', { type: word === 'and' ? 'conjunction' : 'disjunction' }).format(names);
}
