/** Base64 as Go's standard encoding reads it, which ignores line breaks. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Whether Go's standard decoder reads a string, in which line breaks do not count. */
export function isBase64(text: string): boolean {
  return BASE64.test(text.replace(/[\r\n]/g, ''));
}

/** Whether a word is in the place of a key of hundreds of characters, as in pipelines that have none: `example-license-key`. */
export function standsForKey(text: string): boolean {
  return /^[\w.-]{1,39}$/.test(text);
}
