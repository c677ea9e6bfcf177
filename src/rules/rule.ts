import type { Fix, Severity, SourceLocation } from '../diagnostics/diagnostic';
import type { Explanation } from '../diagnostics/explanation';
import type { PathStep } from '../document/source-node';
import type { SubjectKind, Subjects } from '../subjects/subject';

/** What a rule about clusters looks at. */
export type RuleContext = Subjects['cluster'];

/** What a rule about connectors alone looks at: those of a cluster, or one of a file that Dex or pachd reads itself. */
export type ConnectorRuleContext = Subjects['cluster' | 'connector'];

/** One place where a rule is broken. */
export interface Finding {
  /** Path of the value in what was read; it may name a value that only a default gives. */
  readonly path: readonly PathStep[];
  /** Point to the key instead of the value. */
  readonly onKey?: boolean;
  /** Where it is, when it is about the text of a file and not about a value. */
  readonly location?: SourceLocation;
  /** What is wrong and what happens because of it; quotes the product's own error where it has one. */
  readonly message: string;
  readonly hint?: string;
  /** What to do in values of the chart, where that is something else: it fills in nothing that pachkit does. */
  readonly hintInValues?: string;
  /** Instead of the rule's own severity. */
  readonly severity?: Severity;
  readonly fix?: Fix;
}

/** Why a rule of documents says nothing of the document that values of the official chart stand for. */
export type DocumentsAlone =
  /** The chart has neither Auth0 nor Terraform. */
  | 'auth0'
  /** The chart runs the Dex inside pachd, and has no other. */
  | 'standalone'
  /** Values have every secret in plain text or in a Secret, and no form to write Secrets in. */
  | 'secrets'
  /** The chart has no overrides. */
  | 'overrides'
  /** The chart goes without authentication wherever it has no license. */
  | 'license'
  /** The form of the fields says it of values, or the way in follows from the values. */
  | 'form'
  /** FIL023, FIL025 or FIL029 says what the chart makes of it. */
  | 'said';

/**
 * Something that no schema can say. One rule, one file, one code; the file's explanation is the page behind the code.
 * A rule is a pure function of each subject that it reads.
 */
export interface Rule<Kind extends SubjectKind = 'cluster'> extends Explanation {
  readonly severity: Severity;
  /** Everything that the rule holds for. */
  readonly reads: readonly Kind[];
  /** Missing where it holds for values too, unless it reads these or their connectors itself. */
  readonly documentsAlone?: DocumentsAlone;
  check(subject: Subjects[Kind]): Iterable<Finding>;
}

/** A rule that needs nothing of a cluster but its connectors, and so holds for files of Dex and pachd too. */
export type ConnectorRule = Rule<'cluster' | 'connector'>;

/** A rule, whatever it reads. */
export interface AnyRule extends Omit<Rule<never>, 'reads'> {
  readonly reads: readonly SubjectKind[];
}

/** A rule without the words of its page: the program has those apart, as no sound document needs them. */
export type WithoutWords<Written extends Explanation> = Omit<Written, 'reason' | 'remedy'>;
