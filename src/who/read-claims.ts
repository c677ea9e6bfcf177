import { jsonMapping } from '../document/json-mapping';
import type { JsonValue } from '../document/source-node';

/** Claims or attributes by name. */
export type Claims = Readonly<Record<string, JsonValue>>;

/** An entry of a directory: the values of each attribute, and its name. */
export interface DirectoryEntry {
  readonly dn: string;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

/** What a provider or directory says about a person. */
export type Given =
  | { readonly kind: 'claims'; readonly claims: Claims; readonly isToken: boolean }
  /** The person's own entry, then entries of groups. */
  | { readonly kind: 'entries'; readonly entries: readonly DirectoryEntry[] };

/** Largest file that is taken for claims, in bytes. */
export const CLAIMS_LIMIT = 1024 * 1024;

/** A JWE of RFC 7516, in five parts; the second is empty where the key is agreed on. */
const ENCRYPTED = /^eyJ[\w-]*\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/;

const ENCRYPTED_TOKEN =
  'it is an encrypted token (JWE), which only the application that it is for can read: give the claims that the provider shows, or the token that Dex issues';

/**
 * Reads claims as people paste them: a JSON object, an ID token (decoded here, not verified), or entries in LDIF as
 * ldapsearch prints them.
 *
 * @returns what is wrong, as a sentence that quotes nothing of the text
 */
export function readClaims(text: string): Given | { readonly problem: string } {
  const trimmed = text
    .replace(/^\ufeff/, '')
    .trim()
    .replace(/^(?:authorization:\s*)?bearer\s+/i, '')
    .replace(/^(["'])([\w.-]+)\1$/, '$2');
  if (trimmed === '') return { problem: 'the file is empty' };
  if (ENCRYPTED.test(trimmed)) return { problem: ENCRYPTED_TOKEN };
  if (/^[\w-]+\.[\w-]+\.[\w-]*$/.test(trimmed)) return readToken(trimmed);
  if (/^(dn:|version:|#)/im.test(trimmed) && /^dn::? /m.test(trimmed))
    return { kind: 'entries', entries: readLdif(trimmed) };
  return readJson(trimmed);
}

function readToken(token: string): Given | { readonly problem: string } {
  const [, payload = ''] = token.split('.');
  const claims = jsonMapping(Buffer.from(payload, 'base64url').toString('utf8'));
  return claims === undefined
    ? { problem: 'it looks like a token, and its middle part is not JSON in base64' }
    : { kind: 'claims', claims, isToken: true };
}

function readJson(text: string): Given | { readonly problem: string } {
  const claims = jsonMapping(text);
  if (claims === undefined) return { problem: problemOf(text) };
  const token = claims['id_token'];
  if (token === undefined && typeof claims['access_token'] === 'string' && claims['email'] === undefined)
    return {
      problem:
        'it is the answer of a token endpoint without an id_token: ask for the scope openid, or give the claims',
    };
  if (typeof token === 'string' && ENCRYPTED.test(token)) return { problem: ENCRYPTED_TOKEN };
  // The answer of a token endpoint, as it is pasted.
  return typeof token === 'string' ? readToken(token) : { kind: 'claims', claims, isToken: false };
}

/** What a file holds that has no claims, as far as that can be told without quoting it. */
function problemOf(text: string): string {
  if (text.startsWith('[')) return 'it is a list: give the claims of one person, as one JSON object';
  if (text.startsWith('<'))
    return 'it is XML: give the attributes of the assertion as a JSON object, by name, with lists of values';
  if (/^[\w-]{16,}$/.test(text))
    return 'it looks like an opaque token, which only the provider can read: give the ID token, or its claims';
  return 'it is neither a JSON object, nor an ID token, nor entries in LDIF';
}

/** Entries of RFC 2849, changes and URLs excepted. */
function readLdif(text: string): DirectoryEntry[] {
  const unfolded = text.replace(/\r\n/g, '\n').replace(/\n /g, '');
  return unfolded.split(/\n(?:[ \t]*\n)+/).flatMap((block) => {
    const attributes = new Map<string, string[]>();
    let dn: string | undefined;
    for (const line of block.split('\n')) {
      const [, name, encoded, value = ''] = /^([\w.;-]+):(:?) ?(.*)$/.exec(line) ?? [];
      if (name === undefined) continue;
      const plain = encoded === ':' ? Buffer.from(value, 'base64').toString('utf8') : value;
      if (name.toLowerCase() === 'dn') dn = plain;
      else attributes.set(name, [...(attributes.get(name) ?? []), plain]);
    }
    return dn === undefined ? [] : [{ dn, attributes }];
  });
}
