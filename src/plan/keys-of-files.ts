import type { readClusters } from '../pipeline/read-clusters';
import { withWrappedKeys } from '../secrets/wrapped-keys';

type ReadClusters = ReturnType<typeof readClusters>;

/** Clusters with what services made of the key of their encrypted files. */
export function withKeysOfFiles({ clusters, diagnostics }: ReadClusters): ReadClusters {
  const read = clusters.map(({ document, cluster }) => ({ document, ...withWrappedKeys(document, cluster) }));
  return {
    clusters: read.map(({ document, cluster }) => ({ document, cluster })),
    diagnostics: [...diagnostics, ...read.flatMap((each) => each.diagnostics)],
  };
}
