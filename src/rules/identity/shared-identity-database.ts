import type { Rule } from '../rule';

export const sharedIdentityDatabase: Rule = {
  code: 'IDN011',
  severity: 'error',
  reads: ['cluster'],
  title: 'One database for pachd and for Dex',
  reason:
    "pachd and the Dex inside it each count the changes to their tables in a table migrations, of two different forms. In one database the second to come finds the table of the other. The server in the namespace does not come that far: its first start makes pachd's database and then fails to make it again for Dex.",
  remedy: 'Give each a database: database.name for pachd, database.identityName for Dex.',
  *check({ cluster: { database } }) {
    const shared = database.name;
    if (shared !== database.identityName) return;
    // Unless they are given, the names are pachyderm and dex; so the one that differs from its default is written.
    const [key, another] = shared === 'dex' ? ['name', 'pachyderm'] : ['identityName', 'dex'];
    yield {
      path: ['database', key],
      message: database.internal
        ? `pachd's database and that of its Dex are both called ${shared}, and the first start of the server ends with \`database "${shared}" already exists\``
        : `pachd keeps its own tables in the database ${shared}, and the Dex inside it does not start: \`failed to perform migrations: select max migration: pq: column "num" does not exist\``,
      hint: `set database.${key} to another name, such as ${another}${database.internal ? '' : ', and create that database on your server'}`,
    };
  },
};
