import type { PathStep } from '../../document/source-node';
import type { ClusterDocument } from '../../generated/cluster-document';
import type { Database } from '../../model/cluster';
import { isGenerated } from '../../model/secret-reader';
import type { Rule } from '../rule';

type Postgres = NonNullable<NonNullable<NonNullable<ClusterDocument['dex']>['storage']>['postgres']>;

/** What holds for the server in the namespace, each with what Dex says when told otherwise. */
const SETTINGS: readonly {
  readonly key: 'user' | 'password' | 'port';
  readonly differs: (given: Postgres, context: { database: Database; document: ClusterDocument }) => boolean;
  readonly message: (given: Postgres, database: Database) => string;
}[] = [
  {
    key: 'user',
    differs: ({ user }, { database }) => user !== undefined && user !== database.user,
    message: ({ user }, database) =>
      `The server in the namespace has a user ${database.user} and none called ${user}, so Dex does not start: \`pq: role "${user}" does not exist\``,
  },
  {
    key: 'password',
    differs: ({ password }, { document }) =>
      password !== undefined && !isSameSecret(password, document.database?.internal?.password),
    message: (_, database) =>
      `The server in the namespace knows the user ${database.user} by database.internal.password, so Dex does not start with another: \`pq: password authentication failed for user "${database.user}"\``,
  },
  {
    key: 'port',
    differs: ({ port }, { database }) => port !== undefined && port !== database.port,
    message: ({ port }, database) =>
      `The server in the namespace listens on ${database.port}, so Dex never reaches it on ${port} and does not start`,
  },
];

export const accountNobodyMakes: Rule = {
  code: 'DEX319',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'standalone',
  title: 'Account that the server in the namespace does not have',
  reason:
    'The PostgreSQL server that pachkit writes manifests for has one user besides its administrator, whose password database.internal.password is, and one port. What dex.storage.postgres says of them reaches Dex alone: nothing makes a user, changes a password or opens a port.',
  remedy:
    'Leave user, password and port out with the server in the namespace. For an account that you make in it yourself, name the server too: dex.storage.postgres.host with sslMode: disable.',
  *check({ document, cluster: { dex, database } }) {
    const given = document.dex?.storage?.postgres;
    if (!dex || !given || given.host !== undefined || !database.internal) return;
    for (const { key, differs, message } of SETTINGS) {
      const path: readonly PathStep[] = ['dex', 'storage', 'postgres', key];
      if (differs(given, { database, document }))
        yield {
          path,
          onKey: true,
          message: message(given, database),
          hint:
            key === 'password'
              ? 'remove the line; a password of your own belongs in database.internal.password'
              : 'remove the line, or use database.external',
        };
    }
  },
};

/** Whether two secrets are one. A password that is generated is another one in each place. */
function isSameSecret(one: unknown, other: unknown): boolean {
  return !isGenerated(one) && JSON.stringify(one) === JSON.stringify(other);
}
