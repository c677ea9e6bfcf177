import type { KubernetesObject } from '../api/objects';

/** Objects that are applied together; the next phase begins when all of them are. */
export interface Phase {
  readonly name: string;
  /** Missing in the last phase, which has all other kinds. */
  readonly kinds?: readonly string[];
}

/** In the order of applying; deleting goes the other way. */
export const phases: readonly Phase[] = [
  { name: 'definitions', kinds: ['CustomResourceDefinition'] },
  {
    name: 'configuration',
    kinds: [
      'ServiceAccount',
      'Role',
      'RoleBinding',
      'ClusterRole',
      'ClusterRoleBinding',
      'Secret',
      'ConfigMap',
      'PersistentVolumeClaim',
      'NetworkPolicy',
      'Service',
      'Ingress',
    ],
  },
  { name: 'workloads' },
];

/** The index of the phase that an object is applied in. */
export function phaseOf({ kind }: Pick<KubernetesObject, 'kind'>): number {
  return phases.findIndex(({ kinds }) => kinds === undefined || kinds.includes(kind));
}
