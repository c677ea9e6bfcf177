import type { DocumentConnector } from '../../subjects/document-connectors';
import { identityProviders, type IdentityProvider } from './identity-providers';
import { readUrl } from '../../model/url-text';

export type { IdentityProvider } from './identity-providers';

/** Where a path leads to the discovery document, or to another document beside it. */
const WELL_KNOWN = /(?<!\/)\/+\.well-known(\/.*)?$/;

/** Issuers that are remembered: ten rules ask about each of a document. */
const REMEMBERED = 1000;

const remembered = new Map<string, IdentityProvider | undefined>();

/** The provider that an issuer is of, if its looks tell. */
export function knownProvider(issuer: string | undefined): IdentityProvider | undefined {
  if (issuer === undefined || !/^https?:\/\//i.test(issuer)) return undefined;
  if (remembered.has(issuer)) return remembered.get(issuer);
  const { host: written, path: place } = readUrl(withoutDiscovery(issuer));
  const name = written.toLowerCase();
  const found = identityProviders.find(
    ({ host, path }) => (host?.test(name) ?? true) && (path?.test(place) ?? true),
  );
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(issuer, found);
  return found;
}

/**
 * The OpenID Connect provider of a connector: the one that the document names, which may be at any host, or the one that its
 * issuer looks like.
 */
export function providerOf(connector: DocumentConnector): IdentityProvider | undefined {
  const named = connector.provider?.knownAs;
  const known = knownProvider(connector.text('issuer'));
  return named === undefined || known?.name === named ? known : providerCalled(named);
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
