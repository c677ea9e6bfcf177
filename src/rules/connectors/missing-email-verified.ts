import { documentConnectors } from '../../subjects/document-connectors';
import { providerOf } from '../support/known-providers';
import type { ConnectorRule } from '../rule';

export const missingEmailVerified: ConnectorRule = {
  code: 'DEX009',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'Provider that does not say whether addresses are verified',
  reason:
    'Dex insists on the claim email_verified. Entra ID, and often Okta and Cognito, do not send it, and logins fail with "missing "email_verified" claim". insecureSkipEmailVerified counts the address as verified then; an email_verified that says false stays false.',
  remedy:
    'Set insecureSkipEmailVerified: true, if people cannot choose their address at the provider themselves.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      if (connector.type !== 'oidc' || connector.value('insecureSkipEmailVerified') !== undefined) continue;
      const provider = providerOf(connector);
      if (provider?.omitsEmailVerified)
        yield {
          path: connector.at('issuer'),
          message: `${provider.name} may send no claim email_verified, and then every login fails: \`missing "email_verified" claim\``,
          hint: 'add insecureSkipEmailVerified: true; or false, if your provider is set up to send it',
        };
    }
  },
};
