import type { Cluster } from '../../model/cluster';

/**
 * The directory of the node that local storage is in, undefined for other storage. pachd and pachw share it; the official
 * charts give each a random one of its own unless told otherwise.
 */
export function localDirectory({ storage }: Pick<Cluster, 'storage'>): string | undefined {
  return storage.backend.kind === 'local' ? `${storage.backend.hostPath}pachd` : undefined;
}
