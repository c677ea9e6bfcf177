import { Construct } from 'constructs';
import type { Cluster } from '../model/cluster';
import { pachdEnvironment } from './pachd-environment';
import { checksumAnnotation } from './support/checksum';
import { k8s } from './support/kubernetes';
import {
  pachdConfiguration,
  pachdEnvironmentSources,
  pachdSecurity,
  pachdVolumes,
  type PachdPodProps,
} from './support/pachd-pod';
import { placementOf, pullSecretsOf, resourcesOf } from './support/pod';

/** What the Deployment is made of. */
export type PachdProps = PachdPodProps;

const SELECTOR = { app: 'pachd', suite: 'pachyderm' };

/**
 * The Deployment `pachd`: Pachyderm's daemon with the Dex inside it. Its pods start anew whenever something changes that
 * they read from pachkit's Secrets and ConfigMaps, which pachd reads at its start alone.
 */
export class Pachd extends Construct {
  constructor(scope: Construct, id: string, cluster: PachdProps) {
    super(scope, id);
    const { namespace, pachd, release, restoreSnapshot } = cluster;
    const env = pachdEnvironment(cluster, 'pachd');
    const { volumes, mounts } = pachdVolumes(cluster);
    const security = pachdSecurity(cluster);
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name: 'pachd', namespace, labels: SELECTOR },
      spec: {
        // The official chart leaves the Deployment out, and Helm removes it; kubectl apply would let it run.
        replicas: restoreSnapshot ? 0 : pachd.replicas,
        selector: { matchLabels: SELECTOR },
        template: {
          metadata: {
            labels: { ...pachd.placement.labels, ...SELECTOR },
            annotations: {
              ...pachd.placement.annotations,
              ...checksumAnnotation(pachdConfiguration(cluster, env)),
            },
          },
          spec: {
            ...placementOf(pachd.placement),
            ...pullSecretsOf(cluster),
            ...security.pod,
            serviceAccountName: pachd.serviceAccount.name,
            ...(release.pachd.mountsTokenInPod ? { automountServiceAccountToken: true } : {}),
            containers: [
              {
                name: 'pachd',
                image: pachd.image.reference,
                imagePullPolicy: pachd.image.pullPolicy,
                command: ['/pachd'],
                // The variable comes from the ConfigMap pachd-config; without it pachd takes the text for "full".
                args: ['--mode', '$(MODE)'],
                env,
                envFrom: pachdEnvironmentSources(cluster),
                ports: containerPorts(cluster),
                ...probes(cluster),
                ...resourcesOf(pachd.resources),
                volumeMounts: mounts,
                ...security.container,
              },
            ],
            volumes,
          },
        },
      },
    });
  }
}

/** pachd's ports, by the names that Services use. */
const PORTS: readonly (readonly [string, number])[] = [
  ['s3gateway-port', 1600],
  ['api-grpc-port', 1650],
  ['peer-port', 1653],
  ['oidc-port', 1657],
  ['identity-port', 1658],
  ['prom-metrics', 1656],
];

const ARCHIVE_PORT = ['archive-port', 1659] as const;

function containerPorts({ release }: Pick<Cluster, 'release'>): k8s.ContainerPort[] {
  const ports = release.pachd.hasArchivePort ? [...PORTS, ARCHIVE_PORT] : PORTS;
  return ports.map(([name, containerPort]) => ({ name, containerPort, protocol: 'TCP' }));
}

const READINESS = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};

const LIVENESS = { ...READINESS, timeoutSeconds: 30, failureThreshold: 10 };

function probes({
  pachd,
  release,
}: Pick<Cluster, 'pachd' | 'release'>): Pick<
  k8s.Container,
  'readinessProbe' | 'livenessProbe' | 'startupProbe'
> {
  const { readiness, liveness, startup } = pachd.probes;
  const exec = { command: ['/pachd', '--readiness'] };
  if (!release.pachd.hasLivenessProbe) return { readinessProbe: { exec, ...readiness } };
  return {
    readinessProbe: { exec, ...READINESS, ...readiness },
    livenessProbe: { exec, ...LIVENESS, ...liveness },
    startupProbe: { exec, ...LIVENESS, ...startup },
  };
}
