import type { Target } from '../releases/target';
import type { Fix, Severity } from '../diagnostics/diagnostic';
import type { Explanation } from '../diagnostics/explanation';
import type { PathStep, SourceNode } from '../document/source-node';
import type { ClusterDocument } from '../generated/cluster-document';
import type { Cluster, Profile } from '../model/cluster';

/** What a rule about connectors alone looks at: those of a cluster, or of a file that Dex or pachd reads itself. */
export interface ConnectorRuleContext {
  /** The document as it was written, of the form that the schema demands. A file's has connectors and nothing else. */
  readonly document: ClusterDocument;
  /** The document with the places of its values, for fixes. */
  readonly root: SourceNode;
  /** The Dex that reads the connectors. */
  readonly target: Target;
  /** The cluster's; for a file whether only its author can reach the Dex that reads it, as far as it says. */
  readonly profile: Profile;
  /** Missing for a file. */
  readonly cluster?: Cluster;
}

/** What a rule looks at. */
export interface RuleContext extends ConnectorRuleContext {
  /** The cluster it describes: defaults applied, URLs derived. Its secrets are not read; see `writtenSecrets`. */
  readonly cluster: Cluster;
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

/** A rule that needs nothing of a cluster but its connectors, and so holds for files of Dex and pachd too. */
export interface ConnectorRule extends Rule {
  check(context: ConnectorRuleContext): Iterable<Finding>;
}
