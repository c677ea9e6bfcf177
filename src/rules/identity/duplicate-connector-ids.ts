import { formatPath } from '../../document/source-node';
import type { ConnectorID } from '../../subjects/facts';
import { repeatedIds } from '../support/repeated-ids';
import type { Finding, Rule, RuleContext } from '../rule';

/** The id of the connector that Dex makes itself for its own password database. */
const LOCAL = 'local';

export const duplicateConnectorIds: Rule<'cluster' | 'dex-config' | 'connector-list'> = {
  code: 'IDN003',
  severity: 'error',
  reads: ['cluster', 'dex-config', 'connector-list'],
  title: 'Connector id that is taken',
  reason:
    'A connector is known by its id, in the addresses of the login and in the identity of every user. Of two connectors with one id the later one is kept, silently; the people of the other cannot log in. "local" is what Dex calls its own password database, which a standalone Dex can switch on; the Dex inside pachd cannot.',
  remedy: 'Give every connector an id of its own.',
  *check(subject) {
    const { connectorIDs } = subject;
    for (const { index, id, first } of repeatedIds(connectorIDs.map(({ value }) => value)))
      yield {
        path: placeOf(connectorIDs, index),
        message: `The connector id "${id}" is taken by ${formatPath(placeOf(connectorIDs, first).slice(0, -1))}; one of the two is kept silently, and the people of the other cannot log in`,
        hint: 'give it an id of its own',
      };
    if (subject.kind === 'cluster') yield* ofFiles(subject);
  },
};

function placeOf(ids: readonly ConnectorID[], index: number): ConnectorID['path'] {
  return ids[index]?.path ?? [];
}

/** What becomes of the ids as names of files, and once Dex has users of its own. */
function* ofFiles({ connectorIDs, cluster }: RuleContext): Iterable<Finding> {
  // The Dex inside pachd has no password database. With users of its own in a standalone Dex, DEX314 says that the id is taken.
  const mayBeTaken = cluster.dex !== undefined && cluster.dex.staticPasswords.length === 0;
  const firstSpellings = new Map<string, string>();
  const seen = new Set<string>();
  for (const { value: id, path } of connectorIDs) {
    const alike = firstSpellings.get(id.toLowerCase());
    if (alike === undefined) firstSpellings.set(id.toLowerCase(), id);
    else if (!seen.has(id))
      yield {
        path,
        severity: 'warning',
        message: `The connector ids "${alike}" and "${id}" differ in case only: where file names have no case, the file of one replaces that of the other in connectors/`,
        hint: 'synthesize on a file system that tells them apart, as that of Linux does',
      };
    seen.add(id);
    if (id === LOCAL && mayBeTaken)
      yield {
        path,
        severity: 'warning',
        message: `Dex calls its own password database "${LOCAL}"; when dex.staticPasswords switches it on, one of the two hides the other`,
        hint: 'take another id, before anyone has logged in with it',
      };
  }
}
