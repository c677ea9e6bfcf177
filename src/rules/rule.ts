import type { Fix, Severity } from '../diagnostics/diagnostic';
import type { Explanation } from '../diagnostics/explanation';
import type { PathStep, SourceNode } from '../document/source-node';
import type { ClusterDocument } from '../generated/cluster-document';
import type { Cluster } from '../model/cluster';

/** What a rule looks at. */
export interface RuleContext {
  /** The document as it was written, of the form that the schema demands. */
  readonly document: ClusterDocument;
  /** The cluster it describes: defaults applied, URLs derived. Its secrets are not read; see `withoutSecrets`. */
  readonly cluster: Cluster;
  /** The document with the places of its values, for fixes. */
  readonly root: SourceNode;
}

/** One place where a rule is broken. */
export interface Finding {
  /** Path of the value in the document; it may name a value that only a default gives. */
  readonly path: readonly PathStep[];
  /** Point to the key instead of the value. */
  readonly onKey?: boolean;
  /** What is wrong and what happens because of it; quotes the product's own error where it has one. */
  readonly message: string;
  readonly hint?: string;
  /** Instead of the rule's own severity. */
  readonly severity?: Severity;
  readonly fix?: Fix;
}

/**
 * Something that no schema can say. One rule, one file, one code; the file's explanation is the page behind the code.
 * A rule is a pure function of its context.
 */
export interface Rule extends Explanation {
  readonly severity: Severity;
  check(context: RuleContext): Iterable<Finding>;
}
