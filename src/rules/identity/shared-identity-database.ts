import type { Rule } from '../rule';

export const sharedIdentityDatabase: Rule = {
  code: 'IDN011',
  severity: 'error',
  title: 'One database for pachd and for Dex',
  reason:
    "pachd and the Dex inside it each count the changes to their tables in a table migrations, of two different forms. In one database the second to come finds the table of the other. The server in the namespace does not come that far: its first start makes pachd's database and then fails to make it again for Dex.",
  remedy: 'Give each a database: database.name for pachd, database.identityName for Dex.',
  *check({ cluster: { database } }) {
    if (database.name !== database.identityName) return;
    yield {
      path: ['database', 'identityName'],
      message: database.internal
        ? `pachd's database is called ${database.name} already, and the first start of the server ends with \`database "${database.name}" already exists\``
        : `pachd keeps its own tables in the database ${database.name}, and the Dex inside it does not start: \`failed to perform migrations: select max migration: pq: column "num" does not exist\``,
      hint: 'give another name, such as dex; on a server of yours, create that database',
    };
  },
};
