import { isBase64, standsForKey } from './base64';

/**
 * What pachd up to 2.11 says of a license key that has not the form of one: base64 of JSON, and of its signature. Whether the
 * signature is right, and the license has not expired, is not looked at; nor is a word that stands in for a key.
 *
 * @returns the error in pachd's words, without the key; undefined for a key of the right form
 */
export function licenseKeyError(text: string): string | undefined {
  if (standsForKey(text)) return undefined;
  const decoded = fromBase64(text);
  if (decoded === undefined) return 'activation code is not base64 encoded';
  let code: unknown;
  try {
    code = JSON.parse(decoded);
  } catch {
    return NOT_JSON;
  }
  if (code === null || typeof code !== 'object' || Array.isArray(code)) return NOT_JSON;
  const [token, signature] = ['token', 'signature'].map((name) => valueOf(code, name));
  if (typeof token !== 'string' || typeof signature !== 'string') return NOT_JSON;
  return fromBase64(signature) === undefined ? 'signature is not base64 encoded' : undefined;
}

const NOT_JSON = 'activation code is not valid JSON';

/** Go's decoder ignores the case of names, and takes the last of several; a name that is missing is an empty string. */
function valueOf(code: object, name: string): unknown {
  const [, value] = Object.entries(code).findLast(([key]) => key.toLowerCase() === name) ?? [];
  return value ?? '';
}

function fromBase64(text: string): string | undefined {
  return isBase64(text) ? Buffer.from(text, 'base64').toString('utf8') : undefined;
}
