import type { ClusterDocument } from '../generated/cluster-document';

/**
 * Types a document that is written in TypeScript: `export default defineCluster({ … })` in a `.ts` file works wherever
 * a YAML document does. Returns its argument; checking happens when the document is read.
 */
export function defineCluster(document: ClusterDocument): ClusterDocument {
  return document;
}
