import type { ClusterDocument } from '../../src/generated/cluster-document';
import { accessThroughNode } from '../../src/dev/access-services';
import { localPorts } from '../../src/dev/local-ports';
import { clusterObjects } from '../../src/outputs/objects';
import { clusterOf } from '../support/cluster-of';

const portsOf = (document: Partial<ClusterDocument>) => {
  const cluster = clusterOf({ profile: 'dev', ...document });
  return localPorts(cluster, clusterObjects(cluster));
};

/** The ports that the URLs of a document name on this machine: each with the Service that answers, and its uses. */
const described = (document: Partial<ClusterDocument>): string[] =>
  portsOf(document).map(
    ({ port, uses, service: { name, port: at, nodePort } }) =>
      `${port} ${name}:${at}${nodePort === undefined ? '' : ` node ${nodePort}`}: ${uses.join(', ')}`,
  );

const ALL = 'login page, way back from a login, Console, pachctl';

describe('ports of this machine that URLs name', () => {
  test('are one for everything behind the proxy', () =>
    expect(described({ release: '2.12.0-rc.3', access: { via: 'proxy', port: 8080 } })).toEqual([
      `8080 pachyderm-proxy:80: ${ALL}`,
    ]));

  test('are the port of the scheme where the document has none', () => {
    expect(described({ release: '2.12.0-rc.3', access: { via: 'proxy' } })).toEqual([
      `80 pachyderm-proxy:80: ${ALL}`,
    ]);
    expect(
      described({ release: '2.12.0-rc.3', access: { via: 'proxy', tls: { secretName: 'tls' } } }),
    ).toEqual([`443 pachyderm-proxy:443: ${ALL}`]);
  });

  test('lead to the port of the node that the Service has', () =>
    expect(
      described({
        release: '2.12.0-rc.3',
        access: { via: 'proxy', port: 8080, proxy: { service: { type: 'NodePort', httpNodePort: 31000 } } },
      }),
    ).toEqual([`8080 pachyderm-proxy:80 node 31000: ${ALL}`]));

  test('are those of pachd and Console without a proxy', () => {
    expect(described({ access: { via: 'portForward' } })).toEqual([
      '4000 console:4000: Console',
      '30650 pachd:30650: pachctl',
      '30657 pachd:30657: way back from a login',
      '30658 pachd:30658: login page',
    ]);
    expect(described({ access: { via: 'nodePort' } })).toEqual([
      '4000 console:4000: Console',
      '30650 pachd:30650 node 30650: pachctl',
      '30657 pachd:30657 node 30657: way back from a login',
      '30658 pachd:30658 node 30658: login page',
    ]);
  });

  test('are none of a login that a cluster does not have', () =>
    expect(
      described({ auth: { enabled: false }, console: { enabled: false }, access: { via: 'portForward' } }),
    ).toEqual(['30650 pachd:30650: pachctl']));

  test('are none for a cluster with a host of its own', () =>
    expect(
      described({ access: { via: 'proxy', host: 'pachyderm.acme.com', tls: { secretName: 'tls' } } }),
    ).toEqual([]));

  test('are those of a cluster whose host is a name of this machine', () =>
    expect(
      described({
        access: { via: 'proxy', host: 'pachyderm.localhost', port: 8443, tls: { secretName: 'tls' } },
      }),
    ).toEqual([`8443 pachyderm-proxy:443: ${ALL}`]));
});

describe('the way through the node', () => {
  test('is that of the Service, or of a Service beside it with the same Pods', () => {
    const { mapped, services } = accessThroughNode(portsOf({ access: { via: 'nodePort' } }), 'pachyderm');
    expect(mapped).toEqual([
      { port: 4000, nodePort: 32400 },
      { port: 30650, nodePort: 30650 },
      { port: 30657, nodePort: 30657 },
      { port: 30658, nodePort: 30658 },
    ]);
    expect(services).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: {
          name: 'pachkit-dev-console-4000',
          namespace: 'pachyderm',
          labels: { 'app.kubernetes.io/managed-by': 'pachkit', 'pachkit.dev/access': 'true' },
        },
        spec: {
          type: 'NodePort',
          selector: { app: 'console', suite: 'pachyderm' },
          ports: [{ port: 4000, targetPort: 4000, nodePort: 32400 }],
        },
      },
    ]);
  });

  test('gives no port of the node twice', () => {
    const ports = portsOf({ access: { via: 'portForward' } }).map((each, index) =>
      index === 0 ? { ...each, service: { ...each.service, nodePort: 32_401 } } : each,
    );
    const nodePorts = accessThroughNode(ports, 'pachyderm').mapped.map(({ nodePort }) => nodePort);
    expect(nodePorts).toEqual([32_401, 32_400, 32_402, 32_403]);
  });
});
