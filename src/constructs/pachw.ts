import { Construct } from 'constructs';
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
export type PachwProps = PachdPodProps;

const SELECTOR = { app: 'pachw', suite: 'pachyderm' };

/**
 * The Deployment `pachw`, whose pods compact and validate storage; pachd scales it between the document's bounds. It runs
 * pachd's program with pachd's storage. Releases without it get nothing.
 */
export class Pachw extends Construct {
  constructor(scope: Construct, id: string, cluster: PachwProps) {
    super(scope, id);
    if (!cluster.release.hasPachw) return;
    const { namespace, pachd, pachw } = cluster;
    const env = pachdEnvironment(cluster, 'pachw');
    const { volumes, mounts } = pachdVolumes(cluster);
    const security = pachdSecurity(cluster);
    const exec = { command: ['/pachd', '--readiness'] };
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name: 'pachw', namespace, labels: SELECTOR },
      spec: {
        replicas: pachw.minReplicas,
        selector: { matchLabels: SELECTOR },
        template: {
          metadata: {
            labels: { ...pachw.placement.labels, ...SELECTOR },
            annotations: {
              ...pachw.placement.annotations,
              ...checksumAnnotation(pachdConfiguration(cluster, env)),
            },
          },
          spec: {
            ...placementOf(pachw.placement),
            ...pullSecretsOf(cluster),
            ...security.pod,
            serviceAccountName: pachd.serviceAccount.name,
            automountServiceAccountToken: true,
            containers: [
              {
                name: 'pachw',
                image: pachd.image.reference,
                imagePullPolicy: pachd.image.pullPolicy,
                command: ['/pachd'],
                args: ['--mode', 'pachw'],
                env,
                envFrom: pachdEnvironmentSources(cluster),
                readinessProbe: { exec },
                livenessProbe: { exec, failureThreshold: 10, timeoutSeconds: 30 },
                startupProbe: { exec, failureThreshold: 10, timeoutSeconds: 30 },
                ...resourcesOf(pachw.resources),
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
