/** A bcrypt hash. */
export const HASH = '$2a$10$33EMT0cVYVlPy6WAMCLsceLYjWhuHpbz5yuZxu/GAFj03J9Lytjuy';

/** A connector that Dex accepts. */
export const github =
  '{ type: github, id: gh, name: G, config: { clientID: a, clientSecret: b, redirectURI: https://dex.example.com/dex/callback, orgs: [{ name: acme }] } }';

/** `staticClients` with one client that has these keys. */
export const client = (more: string): string => `[{ name: a, ${more} }]`;

/** `connectors` with one in whose password Dex expands environment variables. */
export const keystone = (password: string): string =>
  `[{ type: keystone, id: k, name: K, config: { domain: d, keystoneHost: https://k, keystoneUsername: u, keystonePassword: ${password} } }]`;
