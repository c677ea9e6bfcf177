/** A string with asterisks for everything but white space. */
export function asterisks(text: string): string {
  return text.replace(/\S/g, '*');
}
