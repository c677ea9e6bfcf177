import type { Severity, SourceLocation } from '../../diagnostics/diagnostic';
import type { Explanation } from '../../diagnostics/explanation';
import type { Finding } from '../../rules/rule';
import type { ServerConfig } from './server-config';

/** One place where a rule is broken. */
export interface ServerFinding extends Finding {
  /** Where it is, when it is about the text and not about a value. */
  readonly location?: SourceLocation;
}

/**
 * Something about a Dex configuration that the form of single values does not tell. One rule, one file, one code; the
 * file's explanation is the page behind the code. A rule is a pure function of the configuration.
 */
export interface ServerRule extends Explanation {
  readonly severity: Severity;
  check(config: ServerConfig): Iterable<ServerFinding>;
}
