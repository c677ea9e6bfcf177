import { Construct } from 'constructs';
import type { Cluster, PachdPorts } from '../model/cluster';
import { serviceMetadata } from './support/component-service';
import { k8s } from './support/kubernetes';

/** What the Services are made of. */
export type PachdServicesProps = Pick<Cluster, 'namespace' | 'pachd'>;

const LABELS = { app: 'pachd', suite: 'pachyderm' };
const SELECTOR = { app: 'pachd' };

/** Port on which the pods of the namespace reach pachd: Console, pachw, pipelines, the bootstrap job. */
const PEER_PORT = 30653;

/**
 * The Service `pachd` for clients, `pachd-peer` for pods of the namespace, and `pachd-lb` where the document asks for it. The ports of the first are the same for
 * every type; with NodePort they are open on every node.
 */
export class PachdServices extends Construct {
  constructor(scope: Construct, id: string, cluster: PachdServicesProps) {
    super(scope, id);
    const { namespace } = cluster;
    const { annotations, labels, ports, type } = cluster.pachd.service;
    new k8s.KubeService(this, 'pachd', {
      metadata: {
        name: 'pachd',
        namespace,
        labels: { ...labels, ...LABELS },
        annotations: { 'prometheus.io/port': '1656', 'prometheus.io/scrape': 'true', ...annotations },
      },
      spec: {
        type,
        selector: SELECTOR,
        ports: PORTS.map(({ name, of, protocol }) => ({
          name,
          port: ports[of],
          targetPort: k8s.IntOrString.fromString(name),
          ...(protocol === undefined ? {} : { protocol }),
          ...(type === 'NodePort' ? { nodePort: ports[of] } : {}),
        })),
      },
    });
    new k8s.KubeService(this, 'pachd-peer', {
      metadata: { name: 'pachd-peer', namespace, labels: LABELS },
      spec: {
        type: 'ClusterIP',
        selector: SELECTOR,
        ports: [
          {
            name: 'api-grpc-peer-port',
            port: PEER_PORT,
            targetPort: k8s.IntOrString.fromString('peer-port'),
          },
        ],
      },
    });
    const external = cluster.pachd.externalService;
    if (external === undefined) return;
    new k8s.KubeService(this, 'pachd-lb', {
      metadata: serviceMetadata('pachd-lb', namespace, LABELS, external),
      spec: {
        type: 'LoadBalancer',
        selector: SELECTOR,
        ports: [
          {
            name: 'api-grpc-port',
            port: external.ports.grpc,
            targetPort: k8s.IntOrString.fromString('api-grpc-port'),
          },
          {
            name: 's3gateway-port',
            port: external.ports.s3,
            targetPort: k8s.IntOrString.fromString('s3gateway-port'),
          },
        ],
        ...(external.loadBalancerIP === undefined ? {} : { loadBalancerIP: external.loadBalancerIP }),
      },
    });
  }
}

const PORTS: readonly { readonly name: string; readonly of: keyof PachdPorts; readonly protocol?: 'TCP' }[] =
  [
    { name: 'api-grpc-port', of: 'grpc', protocol: 'TCP' },
    { name: 'oidc-port', of: 'oidc' },
    { name: 'identity-port', of: 'identity' },
    { name: 's3gateway-port', of: 's3' },
    { name: 'prom-metrics', of: 'metrics', protocol: 'TCP' },
  ];
