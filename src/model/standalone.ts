import type { ClusterDocument } from '../generated/cluster-document';

/** Whether the document asks for a standalone Dex. */
export function isStandalone({ identity }: Pick<ClusterDocument, 'identity'>): boolean {
  return identity?.dex === 'standalone';
}

/** Where the standalone Dex listens; its Service has the same port. */
export const DEX_PORT = 5556;

/** Port of every node that leads to that Dex with access via nodePort. */
export const DEX_NODE_PORT = 30556;
