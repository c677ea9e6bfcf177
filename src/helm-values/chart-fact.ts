import type { JsonValue } from '../document/source-node';
import type { ReleaseRange } from '../releases/release';

/** What a value of the official chart may be. A `section` is a mapping of further values. */
export type ChartValueType = 'section' | 'string' | 'integer' | 'boolean' | 'object' | 'array' | 'any';

/**
 * One value of the official chart, or a section of them. Facts are compared with the charts of 2.2.8, 2.11.6 and
 * 2.12.0-rc.3; what lies between is from release notes, or as wide as it may be.
 */
export interface ChartFact extends ReleaseRange {
  /** `pachd.rootToken` */
  readonly path: string;
  readonly type: ChartValueType;
  /** Other types, by releases. */
  readonly types?: readonly (ReleaseRange & { readonly type: ChartValueType })[];
  /** What holds without it, in the newest release that has it. */
  readonly default?: JsonValue;
  /** Other defaults, by releases; without `value` it is another one in every release. */
  readonly defaults?: readonly (ReleaseRange & { readonly value?: JsonValue })[];
  /** That Helm hands keys that are not in the table to another chart. */
  readonly open?: boolean;
  /** That the templates read it although the chart's own values and schema do not have it. */
  readonly undeclared?: boolean;
  /** Releases whose templates do not read it although the chart has it; an empty range is all of them. */
  readonly dead?: readonly ReleaseRange[];
  /** The values that say it in releases whose chart does not read this one. */
  readonly elsewhere?: readonly string[];
  /** Releases whose templates make something of it that Helm or Kubernetes refuses. */
  readonly unusable?: readonly ReleaseRange[];
  /** Every string that works; '' where empty is a choice. */
  readonly enum?: readonly string[];
  /** Those of `enum` that only releases before the one named have. */
  readonly enumBefore?: Readonly<Record<string, NonNullable<ReleaseRange['before']>>>;
  /** What is written in the place of a choice that a release no longer has. */
  readonly enumInstead?: Readonly<Record<string, string>>;
  /** What every value of a mapping with free keys must be. */
  readonly values?: 'string' | 'array';
  /** What every item of a list must be. */
  readonly items?: 'string' | 'object';
  readonly secret?: boolean;
  /** The value that names a Secret to be read instead. */
  readonly secretName?: string;
  /** That the chart generates another one at each rendering while it is empty. */
  readonly rolled?: boolean;
  /** The product that reads it, where that is not Pachyderm. */
  readonly readBy?: 'Loki' | 'Determined' | 'PostgreSQL';
}
