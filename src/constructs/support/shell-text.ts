/** `text` for use between double quotes in a POSIX shell: nothing in it is expanded. */
export function inDoubleQuotes(text: string): string {
  return text.replace(/[\\"$`]/g, '\\$&');
}

/** `text` for use in a here-document whose word is not quoted: nothing in it is expanded. Quotes stay as they are. */
export function inHereDocument(text: string): string {
  return text.replace(/[\\$`]/g, '\\$&');
}
