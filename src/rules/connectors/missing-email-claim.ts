import { documentConnectors } from '../../subjects/document-connectors';
import { providerOf } from '../support/known-providers';
import type { ConnectorRule } from '../rule';

export const missingEmailClaim: ConnectorRule = {
  code: 'DEX010',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'Provider whose users may have no e-mail claim',
  reason:
    'Dex insists on an e-mail address when it has asked for one. Entra ID sends it only for users with a mailbox, and others cannot log in: "missing email claim, not found "email" key". Their sign-in name, which looks like an address, is in another claim. User flows of Azure AD B2C send a list of addresses, in emails, of which Dex takes none.',
  remedy:
    'Set claimMapping: { email: preferred_username }; or { email: email }, where everyone has a mailbox.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      if (connector.type !== 'oidc') continue;
      const provider = providerOf(connector);
      const claim = connector.text('claimMapping', 'email');
      const list = provider?.addressList;
      if (list !== undefined && (claim === undefined || claim === list))
        yield {
          path: connector.at(...(claim === undefined ? ['issuer'] : ['claimMapping', 'email'])),
          // A policy of one's own may send what it likes under another name.
          ...(claim === undefined ? { severity: 'warning' as const } : {}),
          message: `User flows of ${provider?.name} send addresses in ${list}, which is a list, and Dex takes an address from a string alone: no one logs in: \`missing email claim, not found "${claim ?? 'email'}" key\``,
          hint: `have a custom policy send the claim email, and ${claim === undefined ? 'say so with' : 'write'} claimMapping: { email: email }`,
        };
      if (claim !== undefined) continue;
      if (provider?.addressClaim !== undefined)
        yield {
          path: connector.at('issuer'),
          message: `${provider.name} sends an e-mail address only for users with a mailbox; the others cannot log in: \`missing email claim, not found "email" key\``,
          hint: `add claimMapping: { email: ${provider.addressClaim} }; or { email: email }, where everyone has a mailbox`,
        };
    }
  },
};
