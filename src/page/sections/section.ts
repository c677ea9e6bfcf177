import type { ClusterReport } from '../cluster-report';
import type { Markup } from '../markup';

/** A part of what a page says of a cluster. */
export interface Section {
  readonly name: string;
  readonly title: string;
  /** Undefined where there is nothing to say. */
  readonly content: (report: ClusterReport) => Markup | undefined;
}
