import type { KubernetesObject } from '../../src/cluster/api/objects';
import type { WantedCluster } from '../../src/cluster/wanted-cluster';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterObjects } from '../../src/outputs/objects';
import { referredSecrets } from '../../src/outputs/referred-secrets';
import { clusterOf } from '../support/cluster-of';

/** What a document wants; what it leaves out is a cluster with mock logins through a node port. */
export function wantedOf(document: Partial<ClusterDocument> = {}): WantedCluster {
  const cluster = clusterOf({
    name: 'test',
    profile: 'dev',
    release: '2.12.0-rc.3',
    access: { via: 'nodePort', host: 'pachyderm.acme.com' },
    ...document,
  });
  const objects = clusterObjects(cluster);
  return {
    cluster: { name: cluster.name, namespace: cluster.namespace, release: cluster.release.version.text },
    objects: objects.map(({ manifest }) => manifest as unknown as KubernetesObject),
    referredSecrets: referredSecrets(objects),
    ...(cluster.auth?.roleBindings ? { roleBindings: cluster.auth.roleBindings } : {}),
    file: 'test.yaml',
  };
}
