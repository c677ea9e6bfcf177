import { documentConnectors } from '../support/document-connectors';
import { knownProvider } from '../support/known-providers';
import type { ConnectorRule } from '../rule';

export const ignoredEmailClaim: ConnectorRule = {
  code: 'DEX008',
  severity: 'warning',
  title: 'Claim mapping that never takes effect',
  reason:
    'claimMapping names a claim to read where the standard one is missing. Auth0, Google and Okta always send email, so a mapping for it is never used unless overrideClaimMapping, from release 2.4 on, makes it win.',
  remedy: 'Remove the mapping, or add overrideClaimMapping: true.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      if (connector.type !== 'oidc' || connector.isOn('overrideClaimMapping')) continue;
      const claim = connector.text('claimMapping', 'email');
      const provider = knownProvider(connector.text('issuer'));
      if (claim !== undefined && claim !== 'email' && provider?.sendsEmail)
        yield {
          path: connector.at('claimMapping', 'email'),
          message: `${provider.name} sends the claim email, so ${claim} is never read`,
          hint: 'add overrideClaimMapping: true (from release 2.4), or remove the line',
        };
    }
  },
};
