import { Construct } from 'constructs';
import type { Cluster } from '../model/cluster';
import { secretVariable } from './support/environment';
import { k8s } from './support/kubernetes';
import { PLACES } from '../model/secret-places';

/** What the Secret is made of. */
export type DeploymentIdProps = Pick<Cluster, 'namespace' | 'deploymentID'>;

/**
 * The Secret `pachyderm-deployment-id-secret`, whose one key is a variable of every pod that runs pachd. Nothing is
 * written when the id is in a Secret of the namespace already.
 */
export class DeploymentId extends Construct {
  constructor(scope: Construct, id: string, cluster: DeploymentIdProps) {
    super(scope, id);
    const { deploymentID } = cluster;
    if (deploymentID.kind === 'existing') return;
    new k8s.KubeSecret(this, 'secret', {
      metadata: {
        name: PLACES.deploymentID.name,
        namespace: cluster.namespace,
        labels: { app: 'pachd', suite: 'pachyderm' },
      },
      stringData: { [PLACES.deploymentID.key]: deploymentID.value.reveal() },
    });
  }
}

/** The whole Secret as variables, where pachkit writes it. */
export function deploymentIdSources({ deploymentID }: Pick<Cluster, 'deploymentID'>): k8s.EnvFromSource[] {
  return deploymentID.kind === 'existing' ? [] : [{ secretRef: { name: PLACES.deploymentID.name } }];
}

/** The one variable, where the id is in a Secret whose key has a name of its own. */
export function deploymentIdVariables({ deploymentID }: Pick<Cluster, 'deploymentID'>): k8s.EnvVar[] {
  if (deploymentID.kind === 'literal') return [];
  return [secretVariable(PLACES.deploymentID.key, deploymentID.name, deploymentID.key)];
}
