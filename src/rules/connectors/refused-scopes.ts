import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { providerCalled, providerOf, type IdentityProvider } from '../support/known-providers';
import type { ConnectorRule } from '../rule';

export const refusedScopes: ConnectorRule = {
  code: 'DEX042',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'Scope that the provider refuses',
  reason:
    'Dex sends every scope of the connector to the provider. Google, Entra ID, Cognito and GitLab.com refuse a login that asks for a scope they do not have, groups among them, instead of ignoring it: no one can log in.',
  remedy:
    'Remove the scope. Entra ID adds the claim groups when the application is set up for it; Google tells groups to the connector google only, through the Directory API; Cognito sends cognito:groups without a scope.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      const provider = asked(connector);
      if (!provider?.refusedScopes) continue;
      const { scopes, error } = provider.refusedScopes;
      for (const [index, scope] of listed(connector).entries())
        if (typeof scope === 'string' && scopes.includes(scope))
          yield {
            path: connector.at('scopes', index),
            message: `${provider.name} refuses the scope ${scope}, and every login fails: \`${error.replace('{scope}', scope)}\``,
            hint: `remove ${scope}${scope === 'groups' ? (INSTEAD[provider.name] ?? '') : ''}`,
          };
    }
  },
};

/** How groups come from a provider without a scope for them. */
const INSTEAD: Readonly<Record<string, string>> = {
  'Entra ID':
    '; Entra ID adds the claim groups by itself when the application has it in its token configuration',
  Google:
    '; groups come from the Directory API alone: set serviceAccountFilePath and adminEmail of a connector of type google',
  Cognito: '; Cognito sends cognito:groups without a scope',
  GitLab: '; GitLab sends groups at its userinfo endpoint without a scope: set getUserInfo: true',
};

function asked(connector: DocumentConnector): IdentityProvider | undefined {
  if (connector.type === 'google') return providerCalled('Google');
  return connector.type === 'oidc' ? providerOf(connector) : undefined;
}

function listed(connector: DocumentConnector): readonly unknown[] {
  const scopes = connector.value('scopes');
  return Array.isArray(scopes) ? scopes : [];
}
