import { newestTarget, targetOfRelease, type Target } from '../connectors/target';
import type { Cluster } from './cluster';

/** The Dex that reads the cluster's connectors: the standalone one, or that of the release. */
export function connectorTargetOf({ dex, release }: Pick<Cluster, 'dex' | 'release'>): Target {
  if (dex) return dex.target;
  const target = targetOfRelease(release.version.text);
  return target.ok ? target.target : newestTarget('pachyderm');
}
