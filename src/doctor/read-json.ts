import { jsonMapping } from '../document/json-mapping';
import type { JsonValue } from '../document/source-node';
import type { Answer } from './network/http';
import type { Discovery } from './subjects';

/** The mapping in an answer; undefined when it is anything else. */
export function mappingIn({ body }: Answer): Readonly<Record<string, JsonValue>> | undefined {
  return jsonMapping(body);
}

/** A discovery document; undefined when the answer is none. */
export function discoveryIn(answer: Answer): Discovery | undefined {
  const value = answer.status === 200 ? mappingIn(answer) : undefined;
  if (value === undefined) return undefined;
  const discovery: Record<string, string> = {};
  for (const key of ['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const) {
    const found = value[key];
    if (typeof found === 'string') discovery[key] = found;
  }
  return discovery;
}
