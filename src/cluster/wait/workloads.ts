import { isMapping } from '../../document/is-mapping';
import { valueAt, type KubernetesObject, type Mapping } from '../api/objects';
import { objectName } from '../../outputs/object-name';

/** How far a workload is. */
export interface Progress {
  /** `Deployment/pachd` */
  readonly name: string;
  readonly isReady: boolean;
  /** `1 of 2 ready` */
  readonly detail: string;
  /** Why it never becomes ready, in its own words; missing where it may. */
  readonly failure?: string;
}

type Reader = (object: KubernetesObject) => Omit<Progress, 'name'>;

/** Kinds that are waited for. */
const readers: Readonly<Record<string, Reader>> = {
  Deployment: (object) => {
    const { wanted, number, isObserved } = countsOf(object);
    const [updated, available, all] = ['updatedReplicas', 'availableReplicas', 'replicas'].map(number);
    const isReady = isObserved && updated === wanted && available === wanted && all === wanted;
    const old = (all ?? 0) - (updated ?? 0);
    const detail =
      old > 0 ? `${updated} of ${wanted} updated, ${old} old ones stop` : `${available} of ${wanted} ready`;
    return { isReady, detail };
  },
  StatefulSet: (object) => {
    const { wanted, number, isObserved } = countsOf(object);
    const [updated, ready] = ['updatedReplicas', 'readyReplicas'].map(number);
    const status = object['status'];
    const isUpdated =
      valueAt(status, 'updateRevision') === valueAt(status, 'currentRevision') || updated === wanted;
    return { isReady: isObserved && isUpdated && ready === wanted, detail: `${ready} of ${wanted} ready` };
  },
  Job: (object) => {
    const conditions = conditionsOf(object);
    const failed = conditions.find(({ type, status }) => type === 'Failed' && status === 'True');
    const isReady = conditions.some(({ type, status }) => type === 'Complete' && status === 'True');
    if (failed)
      return {
        isReady: false,
        detail: 'failed',
        failure: `the Job failed: ${failed.message ?? failed.reason ?? ''}`,
      };
    return { isReady, detail: isReady ? 'complete' : 'runs' };
  },
};

/** How far a workload is; undefined for objects that are there as soon as they are applied. */
export function progressOf(object: KubernetesObject): Progress | undefined {
  const read = Object.hasOwn(readers, object.kind) ? readers[object.kind] : undefined;
  return read && { name: objectName(object), ...read(object) };
}

function countsOf(object: KubernetesObject): {
  readonly wanted: number;
  readonly number: (field: string) => number;
  readonly isObserved: boolean;
} {
  const replicas = valueAt(object, 'spec', 'replicas');
  const observed = valueAt(object, 'status', 'observedGeneration');
  return {
    wanted: typeof replicas === 'number' ? replicas : 1,
    number: (field) => {
      const value = valueAt(object, 'status', field);
      return typeof value === 'number' ? value : 0;
    },
    isObserved: typeof observed === 'number' && observed >= (object.metadata.generation ?? 0),
  };
}

/** A condition of a status. */
export interface Condition {
  readonly type?: string;
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
}

/** The conditions of an object. */
export function conditionsOf(object: KubernetesObject | Mapping | undefined): readonly Condition[] {
  const conditions = valueAt(object, 'status', 'conditions');
  return Array.isArray(conditions) ? conditions.filter(isMapping) : [];
}
