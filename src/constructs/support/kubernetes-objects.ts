import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type * as types from 'cdk8s-plus-28/lib/imports/k8s';

/** The types alone: the classes of cdk8s-plus copy the keys of Kubernetes 1.28 and silently drop every other. */
export type * from 'cdk8s-plus-28/lib/imports/k8s';

/** A number or a string where Kubernetes takes both, such as the number or the name of a port. Objects hold the value itself. */
export const IntOrString = {
  fromNumber: (value: number) => value as unknown as types.IntOrString,
  fromString: (value: string) => value as unknown as types.IntOrString,
};
export type IntOrString = types.IntOrString;

/** An amount of a resource, as Kubernetes writes it. Objects hold the string itself. */
export const Quantity = { fromString: (value: string) => value as unknown as types.Quantity };
export type Quantity = types.Quantity;

/** A kind of object. What an object is given is written as it is, whatever Kubernetes knows of it. */
type Kind<Props> = new (scope: Construct, id: string, props: Props) => ApiObject;

function kindOf<Props extends object>(apiVersion: string, kind: string): Kind<Props> {
  return class extends ApiObject {
    constructor(scope: Construct, id: string, props: Props) {
      super(scope, id, { apiVersion, kind, ...props });
    }
  };
}

export const KubeConfigMap = kindOf<types.KubeConfigMapProps>('v1', 'ConfigMap');
export const KubePersistentVolumeClaim = kindOf<types.KubePersistentVolumeClaimProps>(
  'v1',
  'PersistentVolumeClaim',
);
export const KubeSecret = kindOf<types.KubeSecretProps>('v1', 'Secret');
export const KubeServiceAccount = kindOf<types.KubeServiceAccountProps>('v1', 'ServiceAccount');
export const KubeDeployment = kindOf<types.KubeDeploymentProps>('apps/v1', 'Deployment');
export const KubeStatefulSet = kindOf<types.KubeStatefulSetProps>('apps/v1', 'StatefulSet');
export const KubeJob = kindOf<types.KubeJobProps>('batch/v1', 'Job');
export const KubeIngress = kindOf<types.KubeIngressProps>('networking.k8s.io/v1', 'Ingress');
export const KubeNetworkPolicy = kindOf<types.KubeNetworkPolicyProps>(
  'networking.k8s.io/v1',
  'NetworkPolicy',
);
export const KubePodDisruptionBudget = kindOf<types.KubePodDisruptionBudgetProps>(
  'policy/v1',
  'PodDisruptionBudget',
);
export const KubeRole = kindOf<types.KubeRoleProps>('rbac.authorization.k8s.io/v1', 'Role');
export const KubeRoleBinding = kindOf<types.KubeRoleBindingProps>(
  'rbac.authorization.k8s.io/v1',
  'RoleBinding',
);

/** The keys of a Service that cdk8s-plus writes otherwise than Kubernetes. */
interface ServiceSpec extends Omit<types.ServiceSpec, 'clusterIp' | 'loadBalancerIp'> {
  readonly clusterIP?: string;
  readonly loadBalancerIP?: string;
}

export const KubeService = kindOf<Omit<types.KubeServiceProps, 'spec'> & { readonly spec: ServiceSpec }>(
  'v1',
  'Service',
);

interface CustomResourceDefinitionProps {
  readonly metadata: types.ObjectMeta;
  readonly spec: Omit<types.CustomResourceDefinitionSpec, 'versions'> & {
    readonly versions: readonly object[];
  };
}

export const KubeCustomResourceDefinition = kindOf<CustomResourceDefinitionProps>(
  'apiextensions.k8s.io/v1',
  'CustomResourceDefinition',
);
