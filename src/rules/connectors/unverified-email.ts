import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { providerOf } from '../support/known-providers';
import type { ConnectorRule } from '../rule';

export const unverifiedEmail: ConnectorRule = {
  code: 'PCH101',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'Addresses that count as verified without being so',
  reason:
    'Pachyderm, like many a client of Dex, knows users by their e-mail address. With insecureSkipEmailVerified an address counts as verified when the provider does not say whether it is. At a provider where people may write any address into their profile, everyone can be anyone.',
  remedy:
    'Remove the line, if the provider sends email_verified; keep it only where people cannot choose their address themselves.',
  *check({ document, cluster, profile }) {
    for (const connector of documentConnectors(document)) {
      if (connector.type !== 'oidc' || !connector.isOn('insecureSkipEmailVerified')) continue;
      const path = connector.at('insecureSkipEmailVerified');
      if (cluster?.auth?.requireVerifiedEmail)
        yield {
          path,
          message: `auth.requireVerifiedEmail demands verified addresses, and here every address of "${connector.id}" counts as verified when the provider does not say`,
          hint: connector.provider
            ? 'remove auth.requireVerifiedEmail; or set insecureSkipEmailVerified: false, if the provider is set up to send email_verified'
            : 'remove one of the two',
        };
      else if (profile !== 'dev' && !isNeeded(connector))
        yield {
          path,
          message: `Where people may write any address into their profile, everyone who logs in through "${connector.id}" can be anyone`,
          hint: 'remove the line, if the provider sends email_verified',
        };
    }
  },
};

/** A provider that never sends the claim leaves no choice, and one that always does makes the switch of no effect. */
function isNeeded(connector: DocumentConnector): boolean {
  if (connector.text('issuer') === undefined) return true;
  const provider = providerOf(connector);
  if (!provider) return false;
  return provider.isCertain || provider.omitsEmailVerified === true || provider.sendsEmailVerified === true;
}
