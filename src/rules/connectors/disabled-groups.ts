import { documentConnectors } from '../../subjects/document-connectors';
import type { ConnectorRule } from '../rule';

export const disabledGroups: ConnectorRule = {
  code: 'DEX006',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'Claim for groups that is not read',
  reason:
    'A connector of type oidc takes groups over only with insecureEnableGroups: true. Without it users log in without groups, whatever claimMapping.groups says, and role bindings to groups bind no one.',
  remedy: 'Set insecureEnableGroups: true.',
  *check({ document }) {
    for (const connector of documentConnectors(document))
      if (
        connector.type === 'oidc' &&
        connector.text('claimMapping', 'groups') !== undefined &&
        !connector.isOn('insecureEnableGroups')
      )
        yield {
          path: connector.at('claimMapping', 'groups'),
          message: `Dex drops the groups of "${connector.id}" silently: it reads the claim only with insecureEnableGroups`,
          hint: 'add insecureEnableGroups: true, or remove the line',
        };
  },
};
