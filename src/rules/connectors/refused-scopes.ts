import { connectorKey, isRead } from '../../connectors/availability';
import { scopesOfItem } from '../../connectors/scopes';
import type { ConnectorType } from '../../connectors/connector-types';
import type { Target } from '../../releases/target';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { knownProvider, providerOf, type IdentityProvider } from '../support/known-providers';
import type { ConnectorRule } from '../rule';

export const refusedScopes: ConnectorRule = {
  code: 'DEX042',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'Scope that the provider refuses',
  reason:
    'Dex sends every scope of the connector to the provider. Google, Entra ID, Cognito and GitLab.com refuse a login that asks for a scope they do not have, groups among them, instead of ignoring it: no one can log in.',
  remedy:
    'Remove the scope. Entra ID adds the claim groups when the application is set up for it, and a connector of type microsoft reads groups from Microsoft Graph; Google tells groups to the connector google only, through the Directory API; Cognito sends cognito:groups without a scope.',
  *check({ document, target }) {
    for (const connector of documentConnectors(document)) {
      const provider = asked(connector, target);
      if (!provider?.refusedScopes) continue;
      const { scopes, error } = provider.refusedScopes;
      for (const [index, item] of listed(connector).entries())
        for (const scope of scopesOfItem(item).filter((each) => scopes.includes(each)))
          yield {
            path: connector.at('scopes', index),
            message: `${provider.name} refuses the scope ${scope}, and every login fails: \`${error.replace('{scope}', scope)}\``,
            hint: `remove ${scope}${scope === 'groups' ? (INSTEAD[connector.type] ?? INSTEAD[provider.name] ?? '') : ''}`,
          };
    }
  },
};

/** How groups come from a provider without a scope for them, by its name or by the type of a connector. */
const INSTEAD: Readonly<Record<string, string>> = {
  microsoft:
    '; the connector reads groups from Microsoft Graph, which needs the permission Directory.Read.All',
  'Entra ID':
    '; Entra ID adds the claim groups by itself when the application has it in its token configuration',
  Google:
    '; groups come from the Directory API alone: set serviceAccountFilePath and adminEmail of a connector of type google',
  Cognito: '; Cognito sends cognito:groups without a scope',
  GitLab: '; GitLab sends groups at its userinfo endpoint without a scope: set getUserInfo: true',
};

/** Whose scopes a connector asks for that has no issuer. */
const ISSUERS: Readonly<Partial<Record<ConnectorType, string>>> = {
  google: 'https://accounts.google.com',
  microsoft: 'https://login.microsoftonline.com/organizations/v2.0',
};

/** The provider that a connector asks for the scopes of its document; undefined where Dex does not read them. */
function asked(connector: DocumentConnector, target: Target): IdentityProvider | undefined {
  const key = connectorKey(connector.type, 'scopes');
  if (key === undefined || !isRead(key, target)) return undefined;
  return connector.type === 'oidc' ? providerOf(connector) : knownProvider(ISSUERS[connector.type]);
}

function listed(connector: DocumentConnector): readonly unknown[] {
  const scopes = connector.value('scopes');
  return Array.isArray(scopes) ? scopes : [];
}
