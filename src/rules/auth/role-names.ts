import { minorSpan } from '../../connectors/target';
import { parseRelease } from '../../model/release';
import { releaseTraits } from '../../model/release-traits';

/** Names that are written for roles and are none, in lowercase letters, with the role that is meant. `logReader` is in Pachyderm's own pages. */
export const MISTAKEN_ROLES: ReadonlyMap<string, string> = new Map([
  ['logreader', 'pachdLogReader'],
  ['admin', 'clusterAdmin'],
  ['clusteradministrator', 'clusterAdmin'],
  ['reader', 'repoReader'],
  ['writer', 'repoWriter'],
  ['owner', 'repoOwner'],
]);

/** The first release, such as `2.5`, that has the role; undefined when none has. */
export function firstReleaseWithRole(role: string): string | undefined {
  const { oldest, newest } = minorSpan('pachyderm');
  for (let minor = oldest; minor <= newest; minor++) {
    const release = parseRelease(`2.${minor}.0`);
    if (release && releaseTraits(release).roles.includes(role)) return `2.${minor}`;
  }
  return undefined;
}
