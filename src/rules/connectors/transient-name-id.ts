import { documentConnectors } from '../../subjects/document-connectors';
import type { ConnectorRule } from '../rule';

export const transientNameID: ConnectorRule = {
  code: 'DEX025',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'SAML users who are new at every login',
  reason:
    'Dex makes the id of a user from the NameID of the response. With the policy transient the provider invents a new one for every login, and Dex and its clients take the user for another each time.',
  remedy: 'Leave nameIDPolicyFormat out, which asks for persistent.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      const format = connector.facts.callback === 'saml' ? connector.text('nameIDPolicyFormat') : undefined;
      if (format !== undefined && /(^|:)transient$/.test(format))
        yield {
          path: connector.at('nameIDPolicyFormat'),
          message:
            'The provider invents a new name for a user at every login, and Dex takes it for another user each time',
          hint: 'remove the line; the default is persistent',
        };
    }
  },
};
