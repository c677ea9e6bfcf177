import { knownProvider, providerCalled, type IdentityProvider } from '../rules/support/known-providers';
import type { DocumentConnector } from '../subjects/document-connectors';
import { providerNamed } from './registry';

/** The OpenID Connect provider of a connector: the one that the document names, or that its issuer looks like. */
export function providerOf(connector: DocumentConnector): IdentityProvider | undefined {
  const known = providerNamed(connector.provider)?.knownAs;
  return known === undefined ? knownProvider(connector.text('issuer')) : providerCalled(known);
}
