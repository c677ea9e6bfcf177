import { identityProviders, type IdentityProvider } from './identity-providers';
import { readUrl } from '../../model/url-text';

export type { IdentityProvider, IssuerAt } from './identity-providers';

/** Where a path leads to the discovery document, or to another document beside it. */
const WELL_KNOWN = /\/+\.well-known(\/.*)?$/;

/** The provider that an issuer is of, if its looks tell. */
export function knownProvider(issuer: string | undefined): IdentityProvider | undefined {
  if (issuer === undefined || !/^https?:\/\//i.test(issuer)) return undefined;
  const url = readUrl(withoutDiscovery(issuer));
  return identityProviders.find(
    ({ host, path }) => (host?.test(url.host.toLowerCase()) ?? true) && (path?.test(url.path) ?? true),
  );
}

/** The facts of a provider, by what it calls itself. */
export function providerCalled(name: string): IdentityProvider {
  const provider = identityProviders.find((row) => row.name === name);
  if (!provider) throw new Error(`the table of identity providers has no ${name}`);
  return provider;
}

/** An issuer without the path of the discovery document behind it. */
export function withoutDiscovery(issuer: string): string {
  const { origin, path } = readUrl(issuer);
  return WELL_KNOWN.test(path) ? origin + path.replace(WELL_KNOWN, '') : issuer;
}
