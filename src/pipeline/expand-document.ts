import type { Document } from '../document/document';
import { expandClients } from '../identity-providers/expand-clients';
import { expandDevUsers } from '../identity-providers/expand-dev-users';
import { expandProviders, type ExpandedDocument } from '../identity-providers/expand';

/**
 * A document with Dex's connectors in the place of those that name an identity provider, and with what follows from
 * `dev.users` and the presets of clients. The same nodes where there is none of these.
 */
export function expandDocument(written: Document): ExpandedDocument {
  return expandProviders(expandClients(expandDevUsers(written)));
}
