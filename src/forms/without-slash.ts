/** A URL, a path or the name of a registry, without slashes at its end. */
export function withoutSlash(text: string): string {
  return text.replace(/\/+$/, '');
}
