import type { Rule } from '../rule';

export const connectorWithoutPlace: Rule = {
  code: 'TFM015',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'No place for the connector of Auth0',
  reason:
    'The auth0 section adds a connector. Two connectors with one id are one to Dex: the later replaces the earlier, silently. And with identity.connectorsFrom the whole list of connectors comes from a Secret that pachkit does not write, so the one for Auth0 would be in none.',
  remedy: 'Give auth0.connector another id, and list connectors in the document.',
  *check({ document, cluster }) {
    if (!cluster.auth0) return;
    const id = cluster.auth0.connectorID;
    const at = (document.identity?.connectors ?? []).findIndex((connector) => connector.id === id);
    if (at >= 0)
      yield {
        path:
          document.auth0?.connector?.id === undefined
            ? ['identity', 'connectors', at, 'id']
            : ['auth0', 'connector', 'id'],
        message: `The auth0 section adds a connector "${id}", and identity.connectors has one of that id; Dex would keep only one of them`,
        hint: 'give one of them another id: auth0.connector.id',
      };
    if (document.identity?.connectorsFrom !== undefined)
      yield {
        path: ['identity', 'connectorsFrom'],
        onKey: true,
        message:
          'All connectors come from a Secret that exists, so the connector of the auth0 section would be nowhere',
        hint: 'list the connectors in identity.connectors instead, or remove the auth0 section',
      };
  },
};
