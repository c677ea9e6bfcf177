import { connectorDocument } from '../../src/model/connector-document';
import { connectors as output } from '../../src/outputs/connectors';
import { check } from '../product-files/support/check';
import { clusterOf } from '../support/cluster-of';

const bare = [
  { type: 'mockCallback', id: 'callback' },
  { type: 'authproxy', id: 'proxy' },
];

describe('the file of a connector without settings', () => {
  const { connectors } = clusterOf({
    release: '2.12.0-rc.3',
    profile: 'dev',
    identity: { connectors: bare },
  }).identity;

  it.each(connectors.map((connector) => [connector.type, connector] as const))(
    'has one that changes nothing, since pachd refuses an empty config: %s',
    (type, connector) => {
      const document = connectorDocument(connector);
      expect(Object.keys(document['config'] as object)).toHaveLength(1);
      const found = check('connector', JSON.stringify(document), 'pachyderm@2.12');
      expect(found.filter(({ code }) => code !== 'PRO001' && code !== 'DEX040')).toEqual([]);
    },
  );

  it('has the default of Dex for authproxy', () => {
    const proxy = connectors.find(({ type }) => type === 'authproxy');
    expect(proxy && connectorDocument(proxy)['config']).toEqual({ userHeader: 'X-Remote-User' });
  });
});

test('an id that is no name of a file is one in its escaped form', () => {
  const connectors = [{ type: 'mockCallback', id: 'a/b:c' }];
  const cluster = clusterOf({ release: '2.12.0-rc.3', profile: 'dev', identity: { connectors } });
  const files = output.emit(cluster, []);
  expect(files.map(({ path }) => path)).toEqual(['connectors/a%2Fb%3Ac.yaml', 'connectors/a%2Fb%3Ac.json']);
});
