import { Construct } from 'constructs';
import type { Cluster } from '../model/cluster';
import type { ReleaseTraits } from '../releases/release-traits';
import { k8s } from './support/kubernetes';

/** What the rights are made of. */
export type RbacProps = Pick<Cluster, 'namespace' | 'release' | 'pachd'>;

/**
 * What pachd and the pods of pipelines may do in their namespace. The bindings name the service accounts of the
 * document; the official chart binds `pachyderm` even when pachd runs as another account, which then has no rights.
 */
export class Rbac extends Construct {
  constructor(scope: Construct, id: string, cluster: RbacProps) {
    super(scope, id);
    if (!cluster.pachd.rbac) return;
    this.grant(
      'pachyderm',
      pachdRules(cluster.release),
      cluster.pachd.serviceAccount.name,
      cluster.namespace,
    );
    this.grant('pachyderm-worker', WORKER_RULES, cluster.pachd.worker.serviceAccount.name, cluster.namespace);
  }

  private grant(name: string, rules: k8s.PolicyRule[], account: string, namespace: string): void {
    const metadata = { name, namespace, labels: { app: '', suite: 'pachyderm' } };
    new k8s.KubeRole(this, `${name}-role`, { metadata, rules });
    new k8s.KubeRoleBinding(this, `${name}-role-binding`, {
      metadata,
      // The API server fills in rbac.authorization.k8s.io for the empty group.
      roleRef: { apiGroup: '', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
    });
  }
}

function pachdRules(release: ReleaseTraits): k8s.PolicyRule[] {
  return [
    {
      apiGroups: [''],
      resources: ['pods', 'pods/log', 'endpoints', ...(release.pachd.watchesEvents ? ['events'] : [])],
      verbs: ['get', 'list', 'watch'],
    },
    {
      apiGroups: [''],
      resources: ['replicationcontrollers', 'replicationcontrollers/scale', 'services'],
      verbs: ['get', 'list', 'watch', 'create', 'update', 'delete'],
    },
    {
      apiGroups: [''],
      resources: ['secrets'],
      verbs: ['get', 'list', 'watch', 'create', 'update', 'delete', 'deletecollection'],
    },
    {
      apiGroups: ['apps', 'extensions'],
      resources: ['deployments', 'deployments/scale'],
      verbs: ['get', 'list', 'patch', 'update'],
    },
    { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'update', 'create'] },
  ];
}

const WORKER_RULES: k8s.PolicyRule[] = [
  {
    apiGroups: [''],
    resources: ['services', 'pods'],
    verbs: ['get', 'list', 'update', 'create', 'delete'],
  },
];
