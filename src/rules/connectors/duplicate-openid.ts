import { scopesOfItem } from '../../connectors/scopes';
import { documentConnectors } from '../../subjects/document-connectors';
import { providerOf } from '../support/known-providers';
import { withFix } from '../support/replace-text';
import { removeItem } from '../../document/remove-item';
import type { ConnectorRule } from '../rule';

export const repeatedOpenID: ConnectorRule = {
  code: 'DEX043',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'Scope openid twice',
  reason:
    'Dex asks for openid itself and adds the scopes of the connector behind it. With openid among them it asks for openid twice. Most providers do not mind; authentik refuses such a request.',
  remedy: 'Remove openid from scopes.',
  *check({ document, root }) {
    for (const connector of documentConnectors(document)) {
      if (connector.type !== 'oidc') continue;
      const provider = providerOf(connector);
      const scopes = connector.value('scopes');
      if (provider?.refusesRepeatedScopes !== true || !Array.isArray(scopes)) continue;
      const index = scopes.findIndex((item) => scopesOfItem(item).includes('openid'));
      if (index < 0) continue;
      const path = connector.at('scopes', index);
      const isAlone = scopes[index] === 'openid';
      yield {
        path,
        message: `Dex asks for openid itself, and ${provider.name} refuses a request that has it twice`,
        hint: 'remove openid',
        ...withFix(isAlone ? removeItem(root, path, 'Remove openid') : undefined),
      };
    }
  },
};
