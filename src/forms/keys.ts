import { oncePer } from './once-per';

/**
 * The key that Go decodes a name into: the one that is written so, else the one that differs in case only, for Go's decoder of
 * JSON ignores case. Undefined for a key that there is not.
 *
 * @param keys a mapping by key; what the values are is of no matter
 */
export function keyNamed<Key extends string>(
  written: string,
  keys: Readonly<Partial<Record<Key, unknown>>>,
): Key | undefined {
  return (Object.hasOwn(keys, written) ? written : folded(keys).get(written.toLowerCase())) as
    Key | undefined;
}

const folded = oncePer(
  (keys: object): ReadonlyMap<string, string> =>
    new Map(Object.keys(keys).map((name) => [name.toLowerCase(), name])),
);

/** Says how a key is written that differs in case. */
export function wrongCase(
  written: string,
  name: string,
): { readonly message: string; readonly hint: string } {
  return {
    message: `\`${written}\` is written \`${name}\`; Dex reads it all the same, other tools may not`,
    hint: `write \`${name}\``,
  };
}

/** What to do about a key that nothing near is meant by. */
export function removeUnknown(keys: readonly string[]): string {
  return `remove it; ${keys.length === 0 ? 'there are no keys here' : `valid keys: ${keys.join(', ')}`}`;
}
