import { documentConnectors } from '../../subjects/document-connectors';
import { readUrl } from '../../model/url-text';
import type { ConnectorRule } from '../rule';

export const unsentUserID: ConnectorRule = {
  code: 'DEX054',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'Id of a user that the provider calls otherwise',
  reason:
    'A connector of type oauth knows a user by `id` in the answer of userInfoURL, unless userIDKey names another key. The userinfo endpoint of OpenID Connect has no id: it calls the user sub. Every login then fails: "OAuth Connector: not found id claim".',
  remedy: 'Write userIDKey: sub; or use a connector of type oidc, which verifies the ID token too.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      if (connector.type !== 'oauth' || (connector.text('userIDKey') ?? 'id') !== 'id') continue;
      const { path } = readUrl(connector.text('userInfoURL') ?? '');
      if (!connector.scopes().includes('openid') && !/\/userinfo\/?$/i.test(path)) continue;
      yield {
        path: connector.at(connector.text('userIDKey') === undefined ? 'userInfoURL' : 'userIDKey'),
        message:
          'A userinfo endpoint of OpenID Connect calls the user sub, Dex looks for id, and every login fails: `OAuth Connector: not found id claim`',
        hint: 'add userIDKey: sub; or use a connector of type oidc',
      };
    }
  },
};
