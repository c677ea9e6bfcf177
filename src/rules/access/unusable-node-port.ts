import type { PachdPorts } from '../../model/cluster';
import type { PathStep } from '../../document/source-node';
import { hasRoutes } from '../../subjects/cluster-reach';
import type { Finding, Rule, RuleContext } from '../rule';

/** The ports that Kubernetes gives to nodes unless its administrators changed that. */
const FIRST_NODE_PORT = 30_000;
const LAST_NODE_PORT = 32_767;

const PORT_NAMES: readonly (keyof PachdPorts)[] = ['grpc', 'oidc', 'identity', 's3', 'metrics'];

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
    'A Service cannot have one port twice, and a node opens only ports from 30000 to 32767. Kubernetes refuses such a Service: "provided port is not in the valid range", "Duplicate value".',
  remedy:
    'Give every port of pachd.service.ports and access.proxy.service a number of its own, in that range where nodes open it.',
  *check(context) {
    yield* pachdPorts(context);
    yield* proxyPorts(context);
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

function* pachdPorts({ cluster }: RuleContext): Iterable<Finding> {
  const ports = PORT_NAMES.map((name) => ({
    path: ['pachd', 'service', 'ports', name],
    name: `pachd.service.ports.${name}`,
    port: cluster.pachd.service.ports[name],
  }));
  yield* clashes(ports, 'the Service pachd');
  if (cluster.access.via !== 'nodePort') return;
  for (const { path, name, port } of ports)
    if (port < FIRST_NODE_PORT || port > LAST_NODE_PORT)
      yield {
        path,
        message: `With access.via: nodePort every node opens ${name}, which cannot be ${port}; Kubernetes refuses the Service: \`provided port is not in the valid range\``,
        hint: `take one from ${FIRST_NODE_PORT} to ${LAST_NODE_PORT}`,
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

/** The proxy has its second port only with a certificate of its own. */
function* proxyPorts({ cluster: { access } }: RuleContext): Iterable<Finding> {
  if (!access.proxy.enabled || access.via !== 'proxy' || access.tls === undefined || access.tls.offloaded)
    return;
  const { service } = access.proxy;
  const port = (name: 'httpPort' | 'httpsPort' | 'httpNodePort' | 'httpsNodePort'): NamedPort => ({
    path: ['access', 'proxy', 'service', name],
    name: `access.proxy.service.${name}`,
    port: service[name],
  });
  yield* clashes([port('httpPort'), port('httpsPort')], 'the Service pachyderm-proxy');
  if (service.type === 'NodePort')
    yield* clashes([port('httpNodePort'), port('httpsNodePort')], 'the Service pachyderm-proxy');
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
