import { nodeAt, type PathStep } from '../../document/source-node';
import type { Cluster } from '../../model/cluster';
import type { Finding, RuleContext } from '../rule';

/** A field that nothing reads in some clusters. */
export interface IgnoredField {
  readonly path: readonly PathStep[];
  readonly when: (cluster: Cluster) => boolean;
  readonly why: (cluster: Cluster) => string;
  readonly hint: string;
}

/** The fields among these that the document has, and the cluster ignores. */
export function* ignoredFields(
  fields: readonly IgnoredField[],
  { cluster, root }: RuleContext,
): Iterable<Finding> {
  for (const { path, when, why, hint } of fields)
    if (nodeAt(root, path) !== undefined && when(cluster))
      yield { path, onKey: true, message: `${path.join('.')} has no effect: ${why(cluster)}`, hint };
}
