import { keyAvailability } from '../../connectors/availability';
import { documentConnectors } from '../../subjects/document-connectors';
import { providerOf } from '../support/known-providers';
import type { ConnectorRule } from '../rule';

const OVERRIDE = 'overrideClaimMapping';

export const ignoredEmailClaim: ConnectorRule = {
  code: 'DEX008',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'Claim mapping that never takes effect',
  reason:
    'claimMapping names a claim to read where the standard one is missing. Auth0, Google and Okta always send email, so a mapping for it is never used unless overrideClaimMapping makes it win, which Dex reads from 2.31 and Pachyderm from 2.4 on.',
  remedy: 'Remove the mapping, or add overrideClaimMapping: true.',
  *check({ document, target }) {
    const since = keyAvailability('oidc', OVERRIDE, target);
    const hint = since?.read
      ? `add ${OVERRIDE}: true, or remove the line`
      : `remove the line; ${OVERRIDE}, which makes it win, is read from Dex 2.${since?.dex?.since} and from Pachyderm 2.${since?.pachyderm?.since} on`;
    for (const connector of documentConnectors(document)) {
      if (connector.type !== 'oidc' || connector.isOn(OVERRIDE)) continue;
      const claim = connector.text('claimMapping', 'email');
      const provider = providerOf(connector);
      if (claim !== undefined && claim !== 'email' && provider?.sendsEmail)
        yield {
          path: connector.at('claimMapping', 'email'),
          message: `${provider.name} sends the claim email, so ${claim} is never read`,
          hint,
        };
    }
  },
};
