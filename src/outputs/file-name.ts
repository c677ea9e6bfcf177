/** An id as one name of a file on every system: `a/b` is `a%2Fb`. */
export function fileNameOf(id: string): string {
  return encodeURIComponent(id);
}
