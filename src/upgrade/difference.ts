import type { Cluster } from '../model/cluster';

/** Whose business a difference is: who logs in or uses the cluster, who runs it, who renders the official chart. */
export type Audience = 'users' | 'operators' | 'chart';

/** Two releases that a cluster is moved between, and what it is in both. */
export interface Move {
  readonly before: Cluster;
  /** The same document in the newer release. */
  readonly after: Cluster;
}

/** One thing that differs between two releases. */
export interface ReleaseDifference {
  /** What the table of facts calls it: `needsLicense`, `images.etcd`, `variable:pachd/LOG_LEVEL`. */
  readonly fact: string;
  readonly audience: Audience;
  /** What changes and what comes of it, in one sentence. */
  readonly text: string;
  /** What is to be done; missing where nothing is. */
  readonly todo?: string;
  /** Whether this cluster is touched; it is not where it does not have the part that changes. */
  readonly concerns: boolean;
}

/** A difference with the fields of objects that change because of it. */
export interface ExplainingDifference extends ReleaseDifference {
  /** Fields of objects as `Kind/name path`, and whole objects as `Kind/name`. */
  readonly explains?: readonly RegExp[];
}
