import type { Explanation } from '../diagnostics/explanation';
import type { Severity } from '../diagnostics/diagnostic';
import type { Finding, RuleContext } from './rule';

/** One cluster of a run, for a look at all of them. */
export interface RunCluster extends Pick<RuleContext, 'document' | 'cluster' | 'root'> {
  /** The file of its document, as the user named it. */
  readonly file: string;
}

/** One place where clusters of a run do not go together. */
export interface RunFinding extends Finding {
  /** The one whose document has the place. */
  readonly of: RunCluster;
}

/**
 * Something that goes wrong between clusters, and that no look at one document can find. It knows the documents that are
 * validated or synthesized in one run, in their order, and no others. A pure function of them.
 */
export interface RunRule extends Explanation {
  readonly severity: Severity;
  check(clusters: readonly RunCluster[]): Iterable<RunFinding>;
}
