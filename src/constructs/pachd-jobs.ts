import { Construct } from 'constructs';
import type { PachdJob } from '../model/cluster';
import { STORAGE_SECRET } from '../model/storage-settings';
import { pachdEnvironment } from './pachd-environment';
import { plainVariable } from './support/environment';
import { k8s } from './support/kubernetes';
import { mountsOf, scratchFolder } from './support/mounts';
import { pachdVolumes, type PachdPodProps } from './support/pachd-pod';
import { placementOf, pullSecretsOf, resourcesOf } from './support/pod';
import { podMetadata } from './support/pod-metadata';
import { securityContexts } from './support/security-contexts';

/** What the Jobs are made of. */
export type PachdJobsProps = PachdPodProps;

/**
 * The Jobs that run pachd's program once: `pachyderm-preflight-check`, which tries a migration, and
 * `pachyderm-restore-snapshot`. They have the fixed names of the official chart, so that `kubectl wait` finds them, and
 * so that neither runs again because something else has changed.
 */
export class PachdJobs extends Construct {
  constructor(scope: Construct, id: string, cluster: PachdJobsProps) {
    super(scope, id);
    const { preflightJob, restoreSnapshot } = cluster;
    if (preflightJob)
      job(this, cluster, preflightJob, {
        name: 'pachyderm-preflight-check',
        app: 'preflight-check',
        mode: 'preflight',
        env: pachdEnvironment(cluster, 'preflightJob'),
        ...mountsOf([scratchFolder('tmp', '/tmp')]),
      });
    if (restoreSnapshot) {
      const { volumes, mounts } = pachdVolumes(cluster);
      const isStorage = ({ name }: { readonly name: string }): boolean => STORING_VOLUMES.has(name);
      job(this, cluster, restoreSnapshot, {
        name: 'pachyderm-restore-snapshot',
        app: 'restore-snapshot',
        mode: 'restore',
        env: pachdEnvironment(cluster, 'restoreSnapshot'),
        pod: { volumes: volumes.filter(isStorage) },
        container: {
          envFrom: [{ secretRef: { name: STORAGE_SECRET } }],
          volumeMounts: mounts.filter(isStorage),
        },
      });
    }
  }
}

/** Volumes of pachd that restoring needs: neither its certificate nor credentials of connectors. */
const STORING_VOLUMES: ReadonlySet<string> = new Set(['tmp', 'pach-disk', STORAGE_SECRET]);

interface JobParts {
  readonly name: string;
  readonly app: string;
  readonly mode: string;
  readonly env: readonly k8s.EnvVar[];
  readonly pod: Pick<k8s.PodSpec, 'volumes'>;
  readonly container: Pick<k8s.Container, 'envFrom' | 'volumeMounts'>;
}

function job(
  scope: Construct,
  cluster: PachdJobsProps,
  { image, placement, resources, disableLogSampling, sqlQueryLogs }: PachdJob,
  { name, app, mode, env, pod, container }: JobParts,
): void {
  const security = securityContexts(cluster, cluster.release.pachdUserID);
  new k8s.KubeJob(scope, name, {
    metadata: { name, namespace: cluster.namespace },
    spec: {
      completions: 1,
      template: {
        metadata: podMetadata({ app, suite: 'pachyderm' }, placement),
        spec: {
          ...placementOf(placement),
          ...pullSecretsOf(cluster),
          ...security.pod,
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          containers: [
            {
              name: 'pachd',
              image: image.reference,
              imagePullPolicy: image.pullPolicy,
              command: ['/pachd'],
              args: ['--mode', mode],
              env: [
                ...env,
                ...(disableLogSampling ? [plainVariable('PACHYDERM_DISABLE_LOG_SAMPLING', '1')] : []),
                ...(sqlQueryLogs ? [plainVariable('POSTGRES_QUERY_LOGGING', '1')] : []),
              ],
              ...resourcesOf(resources),
              ...container,
              ...security.container,
            },
          ],
          ...pod,
        },
      },
    },
  });
}
