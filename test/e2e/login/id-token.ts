import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';

/** What Dex says about a user. */
export interface IdTokenClaims {
  readonly iss: string;
  readonly aud: string | readonly string[];
  readonly exp: number;
  readonly iat: number;
  readonly nonce?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly groups?: readonly string[];
}

type PublishedKey = JsonWebKey & { readonly kid?: string };

/** The claims of a token that one of these keys has signed; throws for any other. */
export function verifiedClaims(token: string, keys: readonly PublishedKey[]): IdTokenClaims {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const { alg, kid } = decode(header) as { alg?: string; kid?: string };
  if (alg !== 'RS256') throw new Error(`the token is signed with ${alg}`);
  const key = keys.find((published) => published.kid === kid);
  if (!key) throw new Error(`no key ${kid} is published`);
  const isSigned = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    createPublicKey({ key, format: 'jwk' }),
    Buffer.from(signature, 'base64url'),
  );
  if (!isSigned) throw new Error('the signature is not of the key that the token names');
  return decode(payload) as IdTokenClaims;
}

function decode(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
}
