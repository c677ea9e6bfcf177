import type { SourceLocation } from '../diagnostics/diagnostic';

/** What became of a value. */
export type Fate =
  /** It is in the document. */
  | 'carried'
  /** pachkit derives the same from the rest of the document. */
  | 'derived'
  /** It is what the chart of the release has anyway. */
  | 'default'
  /** It has no effect beside the other values. */
  | 'idle'
  /** No template of the release reads it. */
  | 'dead'
  /** It is about another product that the chart can install. */
  | 'other-product'
  /** It has an effect that the document cannot say. */
  | 'not-carried'
  /** No release of the chart has it. */
  | 'unknown';

/** One value that was set, and what became of it. */
export interface ReportEntry {
  /** Its path in the values, such as `pachd.replicas`. */
  readonly path: string;
  readonly fate: Fate;
  /** The field of the document that says it now. */
  readonly field?: string;
  /** Why, what that means, or what is to be done; never a secret. */
  readonly message?: string;
  /** Where it was set; missing for what the chart generated. */
  readonly location?: SourceLocation;
}

/** Puts an entry about a section after those about what is in it, in `sort`. */
export function byLongestField(a: ReportEntry, b: ReportEntry): number {
  return (b.field?.length ?? 0) - (a.field?.length ?? 0);
}

/** Headings of the report, in its order: what needs a look comes first. */
export const FATES: Readonly<Record<Fate, string>> = {
  'not-carried': 'not carried',
  unknown: 'unknown: no release of the chart reads it',
  dead: 'dead: no template of the release reads it',
  'other-product': 'of another product',
  idle: 'without effect beside the other values',
  carried: 'carried',
  derived: 'derived',
  default: 'as by default',
};
