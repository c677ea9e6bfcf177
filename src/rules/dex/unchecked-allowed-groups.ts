import { keyAvailability } from '../../connectors/availability';
import { documentConnectors } from '../../subjects/document-connectors';
import type { ConnectorRule } from '../rule';

export const allowedGroups: ConnectorRule = {
  code: 'DEX316',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'allowedGroups that no one looks at',
  reason:
    'The connector oidc of Dex from 2.38 on compares the groups of a user with allowedGroups only with insecureEnableGroups: true. Without it everyone who can log in at the identity provider gets in.',
  remedy: 'Set insecureEnableGroups: true.',
  *check({ document, target }) {
    if (keyAvailability('oidc', 'allowedGroups', target)?.read !== true) return;
    for (const connector of documentConnectors(document))
      if (
        connector.type === 'oidc' &&
        connector.texts('allowedGroups').length > 0 &&
        !connector.isOn('insecureEnableGroups')
      )
        yield {
          path: connector.at('allowedGroups'),
          message: `Dex looks at allowedGroups only with insecureEnableGroups: everyone who can log in at the provider of "${connector.id}" gets in`,
          hint: 'add insecureEnableGroups: true',
        };
  },
};
