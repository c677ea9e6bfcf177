/**
 * A string without any of some characters at its end. A regular expression such as `/-+$/` takes time that grows with the
 * square of a run of them in the middle.
 *
 * @param characters of which each is one UTF-16 unit
 */
export function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** A string without any of some characters at its beginning and its end, as {@link withoutTrailing}. */
export function withoutAround(text: string, characters: string): string {
  let start = 0;
  while (start < text.length && characters.includes(text.charAt(start))) start++;
  return withoutTrailing(text.slice(start), characters);
}
