import type { Document } from '../document/document';
import type { Cluster } from '../model/cluster';
import { namesDeprecated } from '../outputs/deprecations';
import { namesFindingsOfObjects } from '../pipeline/suppressions';

/** Whether findings about a cluster may be such that only its objects tell. They take longer than all checks, and few documents need them. */
export function isAboutObjects({ overrides, podSecurity }: Cluster, { root }: Document): boolean {
  return (
    overrides.length > 0 ||
    podSecurity !== undefined ||
    namesDeprecated(root) ||
    namesFindingsOfObjects([root])
  );
}
