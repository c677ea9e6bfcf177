import type { ReadClusters } from '../pipeline/read-clusters';
import { withWrappedKeys } from '../secrets/wrapped-keys';

/** Clusters with what services made of the key of their encrypted files. */
export function withKeysOfFiles({ clusters, bases, diagnostics }: ReadClusters): ReadClusters {
  const read = clusters.map(({ document, cluster }) => ({ document, ...withWrappedKeys(document, cluster) }));
  return {
    clusters: read.map(({ document, cluster }) => ({ document, cluster })),
    bases,
    diagnostics: [...diagnostics, ...read.flatMap((each) => each.diagnostics)],
  };
}
