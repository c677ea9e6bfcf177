import type { ReleaseRange } from '../releases/release';
import type { Rendered } from './rendered-values';

/** Values that the chart renders, and that do not work then, in the releases of the range whose chart has them. */
export interface Mistake extends ReleaseRange {
  /** The value that is wrong or missing. */
  readonly at: string;
  /** The value that would make it right, where that is another one. */
  readonly lacks?: string;
  /** What becomes of it. */
  readonly message: string | ((values: Rendered) => string);
  readonly hint: string | ((values: Rendered) => string);
  /** @default 'error' */
  readonly severity?: 'warning';
  /** Whether another file may have what is missing: told only when the values are those of a whole cluster. */
  readonly isMissing?: true;
  readonly when: (values: Rendered) => boolean;
}
