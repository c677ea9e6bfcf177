import { Construct } from 'constructs';
import type { Cluster, ServiceAccount } from '../model/cluster';
import { k8s } from './support/kubernetes';

/** What the service accounts are made of. */
export type ServiceAccountsProps = Pick<Cluster, 'namespace' | 'release' | 'pachd'>;

/** The service accounts of pachd and of the pods of pipelines, each unless the document says that it exists. */
export class ServiceAccounts extends Construct {
  constructor(scope: Construct, id: string, cluster: ServiceAccountsProps) {
    super(scope, id);
    this.add('pachd', cluster.pachd.serviceAccount, cluster);
    this.add('worker', cluster.pachd.worker.serviceAccount, cluster);
  }

  private add(id: string, account: ServiceAccount, { namespace, release }: ServiceAccountsProps): void {
    if (!account.create) return;
    new k8s.KubeServiceAccount(this, id, {
      // Pods say themselves whether they mount the token, from the release on that has them do so.
      ...(release.pachd.mountsTokenInPod ? { automountServiceAccountToken: false } : {}),
      metadata: {
        name: account.name,
        namespace,
        labels: { app: '', suite: 'pachyderm' },
        ...(Object.keys(account.annotations).length === 0 ? {} : { annotations: { ...account.annotations } }),
      },
    });
  }
}
