import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { jsonMapping } from '../../document/json-mapping';
import type { JsonValue } from '../../document/source-node';

/** Claims of a token, by name. */
export type Claims = Readonly<Record<string, JsonValue>>;

/** What a token has to say, to be one for this login. */
export interface Expectation {
  readonly issuer: string;
  readonly clientID: string;
  /** Missing where none was sent, as in the device flow. */
  readonly nonce?: string;
  /** In milliseconds. */
  readonly now: number;
}

/** Hashes of the algorithms that Dex signs with. */
const HASHES: Readonly<Record<string, string>> = {
  RS256: 'sha256',
  RS384: 'sha384',
  RS512: 'sha512',
  ES256: 'sha256',
};

/**
 * The claims of an ID token, verified as go-oidc does.
 *
 * @returns the claims, or why pachd would refuse the token
 */
export function verifiedClaims(
  token: string,
  keys: readonly JsonValue[],
  { issuer, clientID, nonce, now }: Expectation,
): { readonly claims: Claims } | { readonly problem: string } {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const head = decoded(header);
  const claims = decoded(payload);
  const { alg, kid } = head ?? {};
  const hash = typeof alg === 'string' ? HASHES[alg] : undefined;
  if (claims === undefined || hash === undefined) return { problem: 'it is not a signed JSON Web Token' };
  const key = keys.find((each) => (each as { kid?: JsonValue } | null)?.kid === kid);
  if (key === undefined) return { problem: 'Dex does not publish the key that it is signed with' };
  const isSigned = verify(
    hash,
    Buffer.from(`${header}.${payload}`),
    { key: createPublicKey({ key: key as unknown as JsonWebKey, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!isSigned) return { problem: 'its signature is not of the key that Dex publishes' };
  if (claims['iss'] !== issuer)
    return { problem: `its issuer is ${JSON.stringify(claims['iss'])}, not ${issuer}` };
  if (![claims['aud']].flat().includes(clientID)) return { problem: `it is not for the client ${clientID}` };
  if (nonce !== undefined && claims['nonce'] !== nonce) return { problem: 'it is of another login' };
  if (Number(claims['exp']) * 1000 <= now) return { problem: 'it has expired already' };
  return { claims };
}

function decoded(part: string): Readonly<Record<string, JsonValue>> | undefined {
  return jsonMapping(Buffer.from(part, 'base64url').toString('utf8'));
}
