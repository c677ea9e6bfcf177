import type { PathStep } from '../../document/source-node';
import type { Cluster } from '../../model/cluster';
import type { ExistingSecret } from '../../model/secret';
import { storageSettings } from '../../model/storage-settings';
import type { RuleContext } from '../rule';
import { secretFields } from '../support/secret-fields';

/** A credential of the storage backend, and where the document says it is. */
export interface StorageCredential {
  readonly path: readonly PathStep[];
  /** The Secret that holds it; missing when pachkit writes it. */
  readonly existing?: Pick<ExistingSecret, 'name' | 'key'>;
  /** The keys under which pachd and the pods of pipelines read it. */
  readonly keys: readonly string[];
}

/** The credentials of the backend that the cluster has. */
export function storageCredentials({ document, cluster }: RuleContext): StorageCredential[] {
  return secretFields(document).flatMap(({ path, value }) => {
    if (path[0] !== 'storage' || path[1] !== cluster.storage.backend.kind) return [];
    const keys = keysOf(cluster, path.slice(2));
    const isElsewhere = typeof value === 'object' && 'existing' in value;
    return [{ path, keys, ...(isElsewhere ? { existing: value.existing } : {}) }];
  });
}

function keysOf(cluster: Cluster, steps: readonly PathStep[]): string[] {
  const reference = steps.reduce<unknown>(
    (value, step) => (value as Record<PathStep, unknown> | undefined)?.[step],
    cluster.storage.backend,
  );
  return storageSettings(cluster).flatMap(([key, value]) => (value === reference ? [key] : []));
}
