import type { Diagnostic } from '../../diagnostics/diagnostic';
import type { KubernetesObject } from '../api/objects';
import type { FieldChange } from './fields';

/** What happens to an object. */
export type Action =
  | 'create'
  | 'update'
  /** Deleted and created again: Kubernetes does not let its fields be changed. */
  | 'replace'
  | 'delete'
  /** An earlier deploy made it, this document does not have it, and it stays all the same. */
  | 'keep'
  | 'none';

/** Someone else who says what a field is. */
export interface FieldConflict {
  /** The field manager: `helm`, `kubectl-client-side-apply` … */
  readonly manager: string;
  /** `.spec.replicas` */
  readonly field: string;
}

/** What happens to one object. */
export interface ObjectChange {
  readonly action: Action;
  /** What tells it: kind, name and namespace. */
  readonly object: Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'>;
  /** As it is; missing for one that is created. */
  readonly before?: KubernetesObject;
  /** As it becomes; missing for one that goes or stays. */
  readonly after?: KubernetesObject;
  readonly fields: readonly FieldChange[];
  /** Whether its Pods restart. */
  readonly restarts: boolean;
  /** Fields that others say otherwise. */
  readonly conflicts: readonly FieldConflict[];
  /** Whether the object is there and no deploy has marked it yet. */
  readonly adopts: boolean;
  /** Why it is replaced or kept. */
  readonly reason?: string;
}

/** What a document and a cluster, or two documents, do not agree about. */
export interface ChangeSet {
  readonly namespace: string;
  /** In the order of the chart, then what is deleted or kept. */
  readonly changes: readonly ObjectChange[];
  /** What the API server refuses. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Whether anything would be created, changed or deleted. */
export function isChange({ action }: ObjectChange): boolean {
  return action !== 'none' && action !== 'keep';
}
