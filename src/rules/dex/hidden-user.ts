import { repeatedIds } from '../support/repeated-ids';
import type { Rule } from '../rule';

/** Id of the connector that Dex adds for its own users. */
const LOCAL = 'local';

export const hiddenUser: Rule<'cluster' | 'dex-config'> = {
  code: 'DEX314',
  severity: 'error',
  reads: ['cluster', 'dex-config'],
  documentsAlone: 'standalone',
  title: 'User or connector that another one hides',
  reason:
    'Dex knows its own users by their email, in whatever case, and of two with one email keeps the last. Its own users log in through a connector that it adds and calls local; another connector of that id hides it, or is hidden.',
  remedy: 'Give every user an email of their own, and no connector the id local.',
  *check({ users, hasPasswordDatabase, passwordDatabaseKey, connectorIDs }) {
    const emails = users.map(({ value }) => value);
    for (const { index, id } of repeatedIds(emails, true))
      yield {
        path: users[index]?.path ?? [],
        message: `There is a user ${id} already, and Dex keeps only the last of the two`,
        hint: 'remove one of the two',
      };
    if (!hasPasswordDatabase) return;
    for (const { value: id, path } of connectorIDs)
      if (id === LOCAL)
        yield {
          path,
          message: `With ${passwordDatabaseKey} Dex adds a connector "local" of its own, and one of the two hides the other`,
          hint: 'give this connector another id',
        };
  },
};
