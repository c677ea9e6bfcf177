import type { Diagnostic } from '../../../src/diagnostics/diagnostic';
import { check } from './check';

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

const SMALLEST: Readonly<Record<string, string>> = {
  issuer: 'https://dex.example.com/dex',
  storage: '{ type: memory }',
  web: '{ http: 0.0.0.0:5556 }',
  enablePasswordDB: 'true',
};

/** The smallest configuration with other sections; each section is a line, of which the fifth is the first that is added. */
export const config = (sections: Readonly<Record<string, string>>): string =>
  Object.entries({ ...SMALLEST, ...sections })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');

/** Everything that is found in the smallest configuration with other sections. */
export const found = (sections: Readonly<Record<string, string>>, target = 'dex@2.45'): Diagnostic[] =>
  check('dex-config', config(sections), target);

/** Findings in short: code, a question mark for a warning, path. */
export const places = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ code, severity, path }) => `${code}${severity === 'warning' ? '?' : ''} ${path}`);

/** The one finding about sections. */
export function only(sections: Readonly<Record<string, string>>, target?: string): Diagnostic {
  const diagnostics = found(sections, target);
  expect(places(diagnostics)).toHaveLength(1);
  return diagnostics[0] as Diagnostic;
}

/** `storage` of a type with these settings. */
export const database = (type: string, settings: string): string =>
  `{ type: ${type}, config: { ${settings} } }`;
