/** A path the way it is written in messages: `orgs[0].name`. */
export function pathText(path: readonly (string | number)[]): string {
  return path
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : `${at === 0 ? '' : '.'}${step}`))
    .join('');
}

/** What messages call the value at a path; the path begins at `config`, so an empty one is that of the whole. */
export function placeText(path: readonly (string | number)[]): string {
  return path.length === 0 ? 'the config' : `\`${pathText(path)}\``;
}

/** The mark in a path of keys that stands for any position in a list. */
export const ANY_POSITION = '[]';

/** What the path of a key of a mapping begins with: `orgs[].`, empty for the keys of `config` itself. */
export function keyPrefix(keys: readonly string[]): string {
  const text = keys.map((key, at) => (key === ANY_POSITION || at === 0 ? key : `.${key}`)).join('');
  return text === '' ? '' : `${text}.`;
}
