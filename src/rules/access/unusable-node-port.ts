import type { Cluster, ComponentService } from '../../model/cluster';
import { isNodePort, NODE_PORT_RANGE } from '../../model/node-ports';
import { serverNameOf } from '../../model/resolve-enterprise-server';
import type { PathStep } from '../../document/source-node';
import { hasRoutes } from '../../subjects/cluster-reach';
import type { Finding, Rule, RuleContext } from '../rule';

interface NamedPort {
  readonly path: readonly PathStep[];
  readonly name: string;
  readonly port: number;
}

export const nodePorts: Rule = {
  code: 'ACC008',
  severity: 'error',
  reads: ['cluster'],
  title: 'Ports that clash or cannot be opened',
  reason:
    'A Service cannot have one port twice, and a node opens only ports from 30000 to 32767, each for one Service. Kubernetes refuses such a Service: "provided port is not in the valid range", "provided port is already allocated", "Duplicate value".',
  remedy:
    'Give every port of pachd.service.ports and access.proxy.service, and every nodePort, a number of its own, in that range where nodes open it.',
  *check(context) {
    yield* pachdPorts(context);
    yield* proxyPorts(context);
    yield* nodePortsOfServices(context);
    const { access } = context.cluster;
    if (access.port !== undefined && !hasRoutes(context.cluster))
      yield {
        path: ['access', 'port'],
        severity: 'warning',
        message: `access.port has no effect with access.via: ${access.via}; the ports are those of pachd.service.ports`,
        hint: 'remove the line, or change pachd.service.ports',
      };
  },
};

/** The Service of pachd, or that of an enterprise server, and its ports. */
function pachdService(cluster: Cluster): OpenedPorts & { readonly isNodePort: boolean } {
  const { enterpriseServer, pachd } = cluster;
  const { type, ports } = (enterpriseServer ?? pachd).service;
  const section = enterpriseServer ? 'enterpriseServer' : 'pachd';
  return {
    service: serverNameOf(cluster),
    isNodePort: type === 'NodePort',
    ports: Object.entries(ports).map(([name, port]) => ({
      path: [section, 'service', 'ports', name],
      name: `${section}.service.ports.${name}`,
      port,
    })),
  };
}

function* pachdPorts({ cluster }: RuleContext): Iterable<Finding> {
  const { service, ports } = pachdService(cluster);
  yield* clashes(ports, `the Service ${service}`);
  if (cluster.access.via !== 'nodePort') return;
  for (const { path, name, port } of ports)
    if (!isNodePort(port))
      yield {
        path,
        message: `Every node opens ${name}, which cannot be ${port}; Kubernetes refuses the Service: \`provided port is not in the valid range\``,
        hint: `take one from ${NODE_PORT_RANGE.first} to ${NODE_PORT_RANGE.last}`,
      };
  const dexPort = cluster.dex?.service.nodePort;
  const taken = ports.find(({ port }) => port === dexPort);
  if (taken)
    yield {
      path: ['dex', 'service', 'nodePort'],
      message: `Every node opens ${taken.port} for ${taken.name} already; Kubernetes refuses the Service dex: \`provided port is already allocated\``,
      hint: 'take another port',
    };
}

function* proxyPorts({ cluster }: RuleContext): Iterable<Finding> {
  const { access } = cluster;
  if (!access.proxy.enabled) return;
  const { service } = access.proxy;
  const legacy = legacyPorts(cluster);
  yield* clashes(
    [
      proxyPort('httpPort', service.httpPort),
      ...(servesTls(cluster) ? [proxyPort('httpsPort', service.httpsPort)] : []),
      ...legacy,
    ],
    'the Service pachyderm-proxy',
  );
  if (service.type !== 'NodePort') return;
  yield* clashes(
    [
      proxyPort('httpNodePort', service.httpNodePort),
      ...(servesTls(cluster) ? [proxyPort('httpsNodePort', service.httpsNodePort)] : []),
      ...legacy,
    ],
    'the Service pachyderm-proxy',
  );
  for (const { path, name, port } of legacy)
    if (!isNodePort(port))
      yield {
        path,
        message: `Every node opens ${name}, which cannot be ${port}; Kubernetes refuses the Service: \`provided port is not in the valid range\``,
        hint: `take one from ${NODE_PORT_RANGE.first} to ${NODE_PORT_RANGE.last}`,
      };
}

function proxyPort(name: string, port: number): NamedPort {
  return {
    path: ['access', 'proxy', 'service', name],
    name: `access.proxy.service.${name}`,
    port,
  };
}

/** The proxy has its second port only with a certificate of its own. */
function servesTls({ access }: Cluster): boolean {
  return access.via === 'proxy' && access.tls !== undefined && !access.tls.offloaded;
}

function legacyPorts({ access }: Cluster): NamedPort[] {
  return Object.entries(access.proxy.service.legacyPorts).map(([server, port]) => ({
    path: ['access', 'proxy', 'service', 'legacyPorts', server],
    name: `access.proxy.service.legacyPorts.${server}`,
    port,
  }));
}

/** A node opens a port for one Service. Clashes inside one Service are told of above. */
function* nodePortsOfServices({ cluster }: RuleContext): Iterable<Finding> {
  const taken = new Map<number, { readonly name: string; readonly service: string }>();
  for (const { service, ports } of openedPorts(cluster))
    for (const { path, name, port } of ports) {
      const other = taken.get(port);
      if (other === undefined) taken.set(port, { name, service });
      else if (other.service !== service)
        yield {
          path,
          message: `Every node opens ${port} for ${other.name} already; Kubernetes refuses the Service ${service}: \`provided port is already allocated\``,
          hint: `give ${name} another port`,
          // The chart has no value for the port of most Services.
          hintInValues: `give ${other.name} another port, or the Service ${service} another type`,
        };
    }
}

interface OpenedPorts {
  readonly service: string;
  readonly ports: readonly NamedPort[];
}

function openedPorts(cluster: Cluster): OpenedPorts[] {
  const { access, console, database, etcd } = cluster;
  const own = pachdService(cluster);
  const proxy = access.proxy.service;
  const component = (service: string, path: readonly string[], of: ComponentService): OpenedPorts => ({
    service,
    ports:
      of.type === 'NodePort' && of.nodePort !== undefined
        ? [
            {
              path: [...path, 'service', 'nodePort'],
              name: `${path.join('.')}.service.nodePort`,
              port: of.nodePort,
            },
          ]
        : [],
  });
  return [
    ...(own.isNodePort ? [own] : []),
    {
      service: 'pachyderm-proxy',
      ports:
        access.proxy.enabled && proxy.type === 'NodePort'
          ? [
              proxyPort('httpNodePort', proxy.httpNodePort),
              ...(servesTls(cluster) ? [proxyPort('httpsNodePort', proxy.httpsNodePort)] : []),
              ...legacyPorts(cluster),
            ]
          : [],
    },
    ...(console.enabled ? [component('console', ['console'], console.service)] : []),
    component('etcd', ['etcd'], etcd.service),
    ...(database.internal
      ? [component('postgres', ['database', 'internal'], database.internal.service)]
      : []),
    component('pg-bouncer', ['database', 'pgBouncer'], database.pgBouncer.service),
    ...(database.cloudSqlProxy
      ? [
          component(
            'cloudsql-auth-proxy',
            ['database', 'external', 'cloudSqlProxy'],
            database.cloudSqlProxy.service,
          ),
        ]
      : []),
  ];
}

function* clashes(ports: readonly NamedPort[], service: string): Iterable<Finding> {
  const taken = new Map<number, string>();
  for (const { path, name, port } of ports) {
    const other = taken.get(port);
    if (other === undefined) taken.set(port, name);
    else
      yield {
        path,
        message: `${name} is ${port}, as ${other} is; Kubernetes refuses ${service} with one port twice: \`Duplicate value\``,
        hint: 'give each a number of its own',
      };
  }
}
