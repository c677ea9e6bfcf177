import { createHmac } from 'node:crypto';
import { Construct } from 'constructs';
import type { Cluster } from '../model/cluster';
import { deploymentIdSources, deploymentIdVariables } from './deployment-id';
import { BOOTSTRAP_CONFIG_SECRET, CONFIG_JOB_PREFIX } from '../model/secret-places';
import { bootstrapConfig } from './support/bootstrap-config';
import { ENTERPRISE_SERVER } from '../model/resolve-enterprise-server';
import { plainVariable } from './support/environment';
import { k8s } from './support/kubernetes';
import { pullSecretsOf } from './support/pod';
import { revealed } from './support/secret-data';

/** What the Job is made of. */
export type ConfigJobProps = Pick<
  Cluster,
  | 'namespace'
  | 'release'
  | 'auth'
  | 'enterprise'
  | 'identity'
  | 'console'
  | 'urls'
  | 'images'
  | 'pachd'
  | 'enterpriseServer'
  | 'deploymentID'
  | 'hardening'
>;

/**
 * The Job that bootstraps a cluster to 2.2: it hands the files of the Secret `pachyderm-bootstrap-config` to pachd. It
 * exists where there is a license or a membership to activate.
 *
 * A Job cannot be changed and runs once. Its name therefore ends in digits that follow from everything it reads: a change
 * makes another Job, no change none. A secret that is in the namespace already may change without pachkit knowing; then
 * delete the Job and apply the manifests again.
 */
export class ConfigJob extends Construct {
  constructor(scope: Construct, id: string, cluster: ConfigJobProps) {
    super(scope, id);
    if (cluster.release.bootstrap !== 'job' || !cluster.enterprise) return;
    const spec = jobSpec(cluster);
    new k8s.KubeJob(this, 'job', {
      metadata: {
        name: `${CONFIG_JOB_PREFIX}${digits(cluster, spec)}`,
        namespace: cluster.namespace,
        labels: { app: 'pachd', suite: 'pachyderm' },
      },
      spec,
    });
  }
}

function jobSpec(cluster: ConfigJobProps): k8s.JobSpec {
  const { images, release } = cluster;
  const { variables } = bootstrapConfig(cluster);
  const annotations = cluster.pachd.configJobAnnotations;
  return {
    backoffLimit: 4,
    template: {
      ...(Object.keys(annotations).length === 0 ? {} : { metadata: { annotations } }),
      spec: {
        restartPolicy: 'Never',
        // The image is public; a mirror of it may not be.
        ...(images.registry === '' ? {} : pullSecretsOf(cluster)),
        containers: [
          {
            name: 'config-pod',
            image: `${images.registry === '' ? '' : `${images.registry}/`}${release.images.configPod}`,
            command: ['/config-pod'],
            env: [...variables, ...deploymentIdVariables(cluster), ...serverAddress(cluster)],
            envFrom: deploymentIdSources(cluster),
            volumeMounts: [{ name: 'config', mountPath: '/pachConfig' }],
          },
        ],
        volumes: [{ name: 'config', secret: { secretName: BOOTSTRAP_CONFIG_SECRET } }],
      },
    },
  };
}

/** Where config-pod finds an enterprise server; without it, it looks for pachd. */
function serverAddress({ enterpriseServer }: ConfigJobProps): k8s.EnvVar[] {
  if (!enterpriseServer) return [];
  return [plainVariable('PACH_ADDR', `grpc://${ENTERPRISE_SERVER}:${enterpriseServer.service.ports.grpc}`)];
}

/**
 * 14 decimal digits from the SHA-256 of all that the Job reads. Names are seen by many who may not read Secrets, so the
 * strongest secret at hand is the key of the hash: who does not have it cannot try passwords until the digits fit.
 */
function digits(cluster: ConfigJobProps, spec: k8s.JobSpec): string {
  const { auth, deploymentID, enterprise, hardening } = cluster;
  const key = [enterprise?.licenseKey, auth?.rootToken, enterprise?.secret, auth?.clientSecret].find(
    (reference) => reference?.kind === 'literal',
  );
  const read = {
    spec,
    files: revealed(bootstrapConfig(cluster).data),
    deploymentID: deploymentID.kind === 'literal' ? deploymentID.value.reveal() : '',
    // What hardens the pod comes later, and makes it another one.
    ...(hardening === 'chart' ? {} : { hardening }),
  };
  const hash = createHmac('sha256', key?.kind === 'literal' ? key.value.reveal() : '')
    .update(JSON.stringify(read))
    .digest('hex');
  return String(BigInt(`0x${hash}`) % 100_000_000_000_000n).padStart(14, '0');
}
