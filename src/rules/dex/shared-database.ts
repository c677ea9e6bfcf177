import type { Rule } from '../rule';

export const sharedDatabase: Rule = {
  code: 'DEX306',
  severity: 'error',
  title: 'Database shared with a changed Dex',
  reason:
    "pachd opens the database of its own Dex whether that Dex is used or not, and brings its tables up to date. Up to release 2.6 its Dex has a change of its own among them, which it counts like those of Dex itself: each of the two then takes a step of the other for its own, and columns are missing. From 2.7 on the tables are Dex's.",
  remedy: 'Give Dex a database of its own: dex.storage.postgres.database.',
  *check({ cluster: { dex, database, release } }) {
    if (dex?.storage.type !== 'postgres' || release.identityTablesAreOriginal) return;
    const { host, database: name } = dex.storage;
    if (host !== database.host || name !== database.identityName) return;
    yield {
      path: ['dex', 'storage', 'postgres', 'database'],
      message: `pachd ${release.version.text} keeps tables of another form in the database ${name}, and whichever of the two comes second fails with a missing column`,
      hint: 'set dex.storage.postgres.database to another name, such as dex_standalone; on a server of yours, create it',
    };
  },
};
