import { documentConnectors } from '../../subjects/document-connectors';
import type { ConnectorRule } from '../rule';

export const discontinuedProvider: ConnectorRule = {
  code: 'DEX029',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'Connector for something that the provider has switched off',
  reason:
    'The linkedin connector asks for scopes that LinkedIn gives to no application made since August 2023. includeTeamGroups of bitbucket-cloud needs an interface that Bitbucket has removed.',
  remedy:
    "Use a connector of type oidc for LinkedIn, after a look at LinkedIn's own pages; remove includeTeamGroups.",
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      if (connector.type === 'linkedin')
        yield {
          path: [...connector.path, 'type'],
          message:
            'Dex asks LinkedIn for scopes that no application made since August 2023 has, and every login through one fails: `unauthorized_scope_error`',
          hint: 'use a connector of type oidc with issuer: https://www.linkedin.com/oauth, unless the application is older',
        };
      if (connector.type === 'bitbucket-cloud' && connector.isOn('includeTeamGroups'))
        yield {
          path: connector.at('includeTeamGroups'),
          onKey: true,
          message:
            'Bitbucket has removed the interface that Dex reads the groups of a team from, so there are none',
          hint: 'remove the line; bind roles to the workspaces in teams',
        };
    }
  },
};
