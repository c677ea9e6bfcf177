import type { JsonValue } from '../document/source-node';
import type { Answer } from './network/http';
import type { Discovery } from './subjects';

/** The mapping in an answer; undefined when it is anything else. */
export function jsonMapping({ body }: Answer): { readonly [key: string]: JsonValue } | undefined {
  try {
    const value = JSON.parse(body) as JsonValue;
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A discovery document; undefined when the answer is none. */
export function discoveryIn(answer: Answer): Discovery | undefined {
  const value = answer.status === 200 ? jsonMapping(answer) : undefined;
  if (value === undefined) return undefined;
  const discovery: Record<string, string> = {};
  for (const key of ['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const) {
    const found = value[key];
    if (typeof found === 'string') discovery[key] = found;
  }
  return discovery;
}
