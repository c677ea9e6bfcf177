import type { Severity } from '../diagnostics/diagnostic';

/** What the codes of findings about connectors stand for. */
export type ConnectorCode =
  'DEX101' | 'DEX102' | 'DEX103' | 'DEX104' | 'DEX105' | 'DEX106' | 'DEX107' | 'DEX108';

/** A finding about one connector, before it is known where in which file the connector stands. */
export interface ConnectorFinding {
  /** The path from `config` on, as it is written there; empty for `config` itself. */
  readonly path: readonly (string | number)[];
  /** Whether the key at `path` is meant rather than its value. */
  readonly onKey: boolean;
  /**
   * `DEX101` unknown key, `DEX102` key that the target does not read, `DEX103` wrong kind or form of a value, `DEX104`
   * missing key, `DEX105` type that is unknown or unusable at the target, `DEX106` key in the wrong case, `DEX107` key in two
   * spellings, `DEX108` regular expression that Go does not know.
   */
  readonly code: ConnectorCode;
  /** What is wrong, where more depends on it than the message. */
  readonly about?: 'type' | 'unknown key' | 'value';
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  /** Whether the value is not a mapping where one belongs, so it may be a secret whose key is missing. */
  readonly lacksKey?: boolean;
  /** The path of the key that an unknown one was probably meant for, which is not there; in Dex's spelling. */
  readonly means?: string;
  /** The path of a missing key. */
  readonly lacks?: string;
  /** The name that the key at `path` must have; renaming it fixes the finding safely. */
  readonly renameTo?: string;
  /** The text that the value at `path` must be; writing it fixes the finding safely. */
  readonly replaceWith?: string;
}
