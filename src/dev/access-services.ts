import type { KubernetesObject } from '../cluster/live';
import type { LocalPort } from './local-ports';

/** A port of this machine that leads to a port of the node. */
export interface MappedPort {
  readonly port: number;
  readonly nodePort: number;
}

/** How ports of this machine reach a cluster that runs on it. */
export interface Access {
  readonly mapped: readonly MappedPort[];
  /** Services that open ports of the node for Services that have none, as objects of Kubernetes. */
  readonly services: readonly KubernetesObject[];
}

/** First port of the node for Services without one: near the end of what Kubernetes gives, where documents have few. */
const FIRST_NODE_PORT = 32_400;

/** What objects have that belong to a machine and to no document. */
export const ACCESS_LABELS = { 'app.kubernetes.io/managed-by': 'pachkit', 'pachkit.dev/access': 'true' };

/**
 * Leads every port that a document's URLs name to the node. A Service with a fixed port of the node has it already; others
 * get a Service beside them, so that the document's own objects are the same as in every other cluster.
 */
export function accessThroughNode(ports: readonly LocalPort[], namespace: string): Access {
  const taken = new Set(ports.flatMap(({ service }) => service.nodePort ?? []));
  let next = FIRST_NODE_PORT;
  const mapped: MappedPort[] = [];
  const services: KubernetesObject[] = [];
  for (const { port, service } of ports) {
    if (service.nodePort !== undefined) {
      mapped.push({ port, nodePort: service.nodePort });
      continue;
    }
    while (taken.has(next)) next++;
    taken.add(next);
    mapped.push({ port, nodePort: next });
    services.push({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `pachkit-dev-${service.name}-${port}`, namespace, labels: ACCESS_LABELS },
      spec: {
        type: 'NodePort',
        selector: service.selector,
        ports: [{ port: service.port, targetPort: service.targetPort, nodePort: next }],
      },
    });
  }
  return { mapped, services };
}
