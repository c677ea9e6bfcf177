import { documentConnectors } from '../../subjects/document-connectors';
import { providerOf } from '../support/known-providers';
import type { ConnectorRule } from '../rule';

export const missingEmailClaim: ConnectorRule = {
  code: 'DEX010',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'Provider whose users may have no e-mail claim',
  reason:
    'Dex insists on an e-mail address when it has asked for one. Entra ID sends it only for users with a mailbox, and others cannot log in: "missing email claim, not found "email" key". Their sign-in name, which looks like an address, is in another claim.',
  remedy:
    'Set claimMapping: { email: preferred_username }; or { email: email }, where everyone has a mailbox.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      if (connector.type !== 'oidc' || connector.text('claimMapping', 'email') !== undefined) continue;
      const provider = providerOf(connector);
      if (provider?.addressClaim !== undefined)
        yield {
          path: connector.at('issuer'),
          message: `${provider.name} sends an e-mail address only for users with a mailbox; the others cannot log in: \`missing email claim, not found "email" key\``,
          hint: `add claimMapping: { email: ${provider.addressClaim} }; or { email: email }, where everyone has a mailbox`,
        };
    }
  },
};
