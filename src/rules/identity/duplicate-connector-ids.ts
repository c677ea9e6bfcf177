import type { Rule } from '../rule';

/** The id of the connector that Dex makes itself for its own password database. */
const LOCAL = 'local';

export const duplicateConnectorIds: Rule = {
  code: 'IDN003',
  severity: 'error',
  reads: ['cluster'],
  title: 'Connector id that is taken',
  reason:
    'A connector is known by its id, in the addresses of the login and in the identity of every user. Of two connectors with one id pachd keeps the later one, silently; the people of the other cannot log in. "local" is what Dex calls its own password database, which a standalone Dex can switch on; the Dex inside pachd cannot.',
  remedy: 'Give every connector an id of its own.',
  *check({ document, cluster }) {
    // The Dex inside pachd has no password database. With users of its own in a standalone Dex, DEX314 says that the id is taken.
    const mayBeTaken = cluster.dex !== undefined && cluster.dex.staticPasswords.length === 0;
    const firstPlaces = new Map<string, number>();
    const firstSpellings = new Map<string, string>();
    for (const [index, { id }] of (document.identity?.connectors ?? []).entries()) {
      const path = ['identity', 'connectors', index, 'id'];
      const first = firstPlaces.get(id);
      if (first === undefined) firstPlaces.set(id, index);
      else
        yield {
          path,
          message: `The connector id "${id}" is taken by identity.connectors[${first}]; one of the two is kept silently, and the people of the other cannot log in`,
          hint: 'give it an id of its own',
        };
      const alike = firstSpellings.get(id.toLowerCase());
      if (alike === undefined) firstSpellings.set(id.toLowerCase(), id);
      else if (first === undefined)
        yield {
          path,
          severity: 'warning',
          message: `The connector ids "${alike}" and "${id}" differ in case only: where file names have no case, the file of one replaces that of the other in connectors/`,
          hint: 'synthesize on a file system that tells them apart, as that of Linux does',
        };
      if (id === LOCAL && mayBeTaken)
        yield {
          path,
          severity: 'warning',
          message: `Dex calls its own password database "${LOCAL}"; when dex.staticPasswords switches it on, one of the two hides the other`,
          hint: 'take another id, before anyone has logged in with it',
        };
    }
  },
};
