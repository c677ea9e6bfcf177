import type { ConnectorRule } from '../rule';

const MOCK_TYPES = new Set(['mockCallback', 'mockPassword']);

export const mockConnectorOutsideDev: ConnectorRule = {
  code: 'PRO001',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'Mock login outside profile dev',
  reason:
    'A mock connector lets anyone in as kilgore@kilgore.trout: mockCallback without a question, mockPassword with a user name and a password that are written in the document. The official chart switches one on by default, so that a misspelt list of connectors leaves a public cluster open.',
  remedy:
    'Configure the identity provider that your people use, or set profile: dev for a cluster that only you can reach.',
  *check({ document, profile, cluster }) {
    if (profile === 'dev') return;
    for (const [index, connector] of (document.identity?.connectors ?? []).entries())
      if (MOCK_TYPES.has(connector.type))
        yield {
          path: ['identity', 'connectors', index, 'type'],
          message: `The connector${typeof connector.id === 'string' && connector.id !== '' ? ` "${connector.id}"` : ''} is a mock: anyone who knows ${connector.type === 'mockPassword' ? 'the one user name and password that are written in it' : `the ${cluster ? "cluster's" : "server's"} address`} is logged in as kilgore@kilgore.trout`,
          hint: `use a connector of a real identity provider${cluster ? ', or set profile: dev' : ''}`,
        };
  },
};
