import { Construct } from 'constructs';
import type { Cluster, EnterpriseServerPorts } from '../model/cluster';
import { ENTERPRISE_SERVER } from '../model/resolve-enterprise-server';
import { deploymentIdSources } from './deployment-id';
import { CERTIFICATE_DIRECTORY, pachdEnvironment } from './pachd-environment';
import { checksumAnnotation } from './support/checksum';
import { serviceMetadata } from './support/component-service';
import { k8s } from './support/kubernetes';
import { mountsOf, scratchFolder } from './support/mounts';
import { pachdConfiguration, type PachdPodProps } from './support/pachd-pod';
import { placementOf, pullSecretsOf, resourcesOf } from './support/pod';
import { podMetadata } from './support/pod-metadata';
import { securityContexts } from './support/security-contexts';

/** What the enterprise server is made of. */
export type EnterpriseServerProps = PachdPodProps;

const LABELS = { app: ENTERPRISE_SERVER, suite: 'pachyderm' };
const SELECTOR = { app: ENTERPRISE_SERVER };

/** User and group that the container runs as. */
const USER_ID = 1000;

/**
 * An enterprise server: the Deployment `pach-enterprise`, which is pachd without storage and pipelines, and the Service of
 * that name. It takes license, logins and roles from the same Secrets and ConfigMaps as pachd.
 */
export class EnterpriseServer extends Construct {
  constructor(scope: Construct, id: string, cluster: EnterpriseServerProps) {
    super(scope, id);
    const { namespace, enterpriseServer: server } = cluster;
    if (!server) return;
    const { placement, service } = server;
    new k8s.KubeService(this, 'service', {
      metadata: serviceMetadata(ENTERPRISE_SERVER, namespace, LABELS, {
        ...service,
        annotations: {
          'prometheus.io/port': '1656',
          'prometheus.io/scrape': 'true',
          ...service.annotations,
        },
      }),
      spec: {
        type: service.type,
        selector: SELECTOR,
        ports: PORTS.flatMap(({ name, of, protocol }) => {
          if (of === undefined) return [];
          const port = service.ports[of];
          return [
            {
              name,
              port,
              targetPort: k8s.IntOrString.fromString(name),
              ...(protocol === undefined ? {} : { protocol }),
              ...(service.type === 'NodePort' ? { nodePort: port } : {}),
            },
          ];
        }),
      },
    });
    const env = pachdEnvironment(cluster, 'enterpriseServer');
    const security = security1000(cluster);
    const mounts = mountsOf([
      ...(cluster.release.pachd.hasTemporaryVolume ? [scratchFolder('tmp', '/tmp')] : []),
      ...(server.tls
        ? [
            {
              volume: { name: 'pachd-tls-cert', secret: { secretName: server.tls.secretName } },
              path: CERTIFICATE_DIRECTORY,
            },
          ]
        : []),
    ]);
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name: ENTERPRISE_SERVER, namespace, labels: LABELS },
      spec: {
        replicas: 1,
        selector: { matchLabels: LABELS },
        template: {
          metadata: podMetadata(LABELS, placement, checksumAnnotation(pachdConfiguration(cluster, env))),
          spec: {
            ...placementOf(placement),
            ...pullSecretsOf(cluster),
            ...security.pod,
            containers: [
              {
                name: 'pachd',
                image: server.image.reference,
                imagePullPolicy: server.image.pullPolicy,
                command: ['/pachd', '--mode=enterprise'],
                env,
                envFrom: deploymentIdSources(cluster),
                ports: PORTS.map(({ name, port }) => ({ name, containerPort: port, protocol: 'TCP' })),
                readinessProbe: { exec: { command: ['/pachd', '--readiness'] } },
                ...resourcesOf(server.resources),
                ...mounts.container,
                ...security.container,
              },
            ],
            ...mounts.pod,
          },
        },
      },
    });
  }
}

/** Ports of the container, and of the Service where it has them. */
const PORTS: readonly {
  readonly name: string;
  readonly port: number;
  readonly of?: keyof EnterpriseServerPorts;
  readonly protocol?: 'TCP';
}[] = [
  { name: 'api-grpc-port', port: 1650, of: 'grpc', protocol: 'TCP' },
  { name: 'peer-port', port: 1653 },
  { name: 'oidc-port', port: 1657, of: 'oidc' },
  { name: 'identity-port', port: 1658, of: 'identity' },
  { name: 'prom-metrics', port: 1656, of: 'metrics', protocol: 'TCP' },
];

/** As whom the pod runs; releases before container security contexts say the user alone. */
function security1000(
  cluster: Pick<Cluster, 'release' | 'securityContexts'>,
): ReturnType<typeof securityContexts> {
  if (cluster.release.hasContainerSecurityContexts || !cluster.securityContexts)
    return securityContexts(cluster, USER_ID);
  return { pod: { securityContext: { runAsUser: USER_ID, runAsGroup: USER_ID } }, container: {} };
}
