import type { RoleBindings } from '../model/role-bindings';
import { referredSecrets, type SecretKeys } from '../outputs/referred-secrets';
import type { ClusterPlan } from '../plan/plan';
import type { KubernetesObject } from './api/objects';

/** What a document wants a cluster to be, as plain data. */
export interface WantedCluster {
  readonly cluster: { readonly name: string; readonly namespace: string; readonly release: string };
  readonly objects: readonly KubernetesObject[];
  /** Secrets that its objects refer to and that are not among them. */
  readonly referredSecrets: SecretKeys;
  /** Of `auth.roleBindings`; missing where the document has none. */
  readonly roleBindings?: RoleBindings;
  /** The document, as the user named it. */
  readonly file: string;
  /** The name that the document had when it was deployed last, where it has another one now. */
  readonly formerName?: string;
}

/** What a plan wants; its objects have secrets in clear text. */
export function wantedCluster({ cluster, document, objects }: ClusterPlan): WantedCluster {
  return {
    cluster: { name: cluster.name, namespace: cluster.namespace, release: cluster.release.version.text },
    objects: objects.map(({ manifest }) => manifest as unknown as KubernetesObject),
    referredSecrets: referredSecrets(objects),
    ...(cluster.auth?.roleBindings === undefined ? {} : { roleBindings: cluster.auth.roleBindings }),
    file: document.file,
  };
}
