import type { ClusterDocument } from '../../generated/cluster-document';
import type { StorageBackend } from '../../model/cluster';

const BACKENDS: readonly StorageBackend['kind'][] = ['local', 's3', 'minio', 'gcs', 'azure'];

/** The storage backends that the document has, in the order in which it names them. */
export function givenBackends({ storage }: ClusterDocument): StorageBackend['kind'][] {
  const given = Object.keys(storage ?? {});
  return BACKENDS.filter((backend) => given.includes(backend)).sort(
    (a, b) => given.indexOf(a) - given.indexOf(b),
  );
}
