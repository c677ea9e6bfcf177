/** The verb of a scope by the method of a call. */
const VERBS: Readonly<Record<string, string>> = {
  GET: 'read',
  POST: 'create',
  PATCH: 'update',
  DELETE: 'delete',
};

/** Calls whose scopes do not follow from their method and the collection that they begin with. */
const OTHERS: readonly (readonly [call: RegExp, scopes: (verb: string) => readonly string[]])[] = [
  [/^GET clients\/:id\/credentials$/, () => ['read:client_credentials']],
  [/^GET users\/:id\/roles$/, () => ['read:users', 'read:roles']],
  [/^\w+ users\/:id\/roles$/, () => ['update:users']],
  [/^\w+ connections\/:id\/clients$/, (verb) => [`${verb}:connections`]],
  [/^\w+ organizations\/:id\/\w*connections/, (verb) => [`${verb}:organization_connections`]],
];

/** The scopes that Auth0 wants a token to have for a call, as its reference says of each endpoint. */
export function neededScopes(method: string, pattern: string, body: unknown): readonly string[] {
  const verb = VERBS[method] ?? '';
  const call = `${method} ${pattern}`;
  const other = OTHERS.find(([known]) => known.test(call));
  if (other) return other[1](verb);
  const [collection = ''] = pattern.split('/');
  const setsSecret =
    call === 'PATCH clients/:id' && typeof body === 'object' && body !== null && 'client_secret' in body;
  return [`${verb}:${collection}`, ...(setsSecret ? ['update:client_keys'] : [])];
}
