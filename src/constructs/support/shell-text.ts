/** `text` for use between double quotes in a POSIX shell: nothing in it is expanded. */
export function inDoubleQuotes(text: string): string {
  return text.replace(/[\\"$`]/g, '\\$&');
}

/** `text` as one word of a POSIX shell, in single quotes: no character in it has a meaning, line breaks included. */
export function inSingleQuotes(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
