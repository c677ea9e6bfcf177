import type { Code } from '../diagnostics/codes';
import type { PathStep } from '../document/source-node';

/**
 * What came of a hop. A skipped one was not looked at, because one that it needs failed or something is out of reach; a planned
 * one because nothing is to be asked.
 */
export type Status = 'ok' | 'warning' | 'failed' | 'skipped' | 'planned';

/** What was seen at a hop. */
export interface Sighting {
  readonly status: Status;
  /** What was seen, or why nothing was: a phrase that goes in one line. */
  readonly seen: string;
  /** What is wrong; on failures and warnings, and only there. */
  readonly fault?: Fault;
  /** The same for programs, where a phrase is not enough. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What is wrong at a hop, as a finding about the document says it. */
export interface Fault {
  readonly code: Code;
  /** What happens because of it. */
  readonly effect: string;
  readonly hint: string;
  /** The value of the document that it is about. */
  readonly path: readonly PathStep[];
}

/** One hop of the login of a document: a row of a section. */
export interface Hop<Subject> {
  /** Its name in reports, such as `tls`; unique in its section. */
  readonly name: string;
  /** Hops of its section that have to be seen first; when one fails or is skipped, this one is skipped. */
  readonly needs: readonly string[];
  /** Time of its own, in milliseconds, where someone has to do something meanwhile. */
  readonly patience?: number;
  /** Whether the subject has such a hop at all. */
  appliesTo(subject: Subject): boolean;
  /** What it looks at, for those who do not let it look: `https://… calls itself so`. */
  plan(subject: Subject): string;
  /** Looks. A {@link NetworkProblem} that it throws, and the end of its time, are told by the engine. */
  check(subject: Subject, signal: AbortSignal): Promise<Sighting>;
}

export function ok(seen: string): Sighting {
  return { status: 'ok', seen };
}

export function skipped(seen: string): Sighting {
  return { status: 'skipped', seen };
}

export function failed(seen: string, fault: Fault): Sighting {
  return { status: 'failed', seen, fault };
}

export function warning(seen: string, fault: Fault): Sighting {
  return { status: 'warning', seen, fault };
}
