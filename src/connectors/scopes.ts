/** The scopes in a list of them. Dex joins its items with blanks, so that one item may have several. */
export function scopesIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.flatMap(scopesOfItem) : [];
}

/** The scopes of one item of such a list; none where it is not a string. */
export function scopesOfItem(item: unknown): readonly string[] {
  return typeof item === 'string' ? item.split(' ') : [];
}
