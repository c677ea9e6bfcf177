import type { Finding, Rule } from '../rule';

export const sharedDatabase: Rule = {
  code: 'DEX306',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'standalone',
  title: 'Database shared with another program',
  reason:
    "pachd and Dex each count the changes to their tables in a table migrations, of two different forms, so one database cannot hold both. pachd also opens the database of its own Dex, whether that Dex is used or not, and brings its tables up to date. Up to release 2.6 its Dex has a change of its own among them, which it counts like those of Dex itself: each of the two then takes a step of the other for its own, and columns are missing. From 2.7 on the tables are Dex's.",
  remedy: 'Give Dex a database of its own: dex.storage.postgres.database.',
  *check({ document, cluster: { dex, database, release } }) {
    if (dex?.storage.type !== 'postgres') return;
    const { host, port, database: name } = dex.storage;
    if (host !== database.host || port !== database.port) return;
    if (name === database.name) {
      // Where pachd's own Dex has that database too, and this one only follows it, IDN011 says so.
      const isGiven = document.dex?.storage?.postgres?.database !== undefined;
      if (isGiven || name !== database.identityName)
        yield finding(
          `pachd keeps its own tables in the database ${name}, and whichever of the two comes second does not start; Dex says \`failed to perform migrations: select max migration: pq: column "num" does not exist\``,
        );
    } else if (name === database.identityName && !release.identityTablesAreOriginal)
      yield finding(
        `pachd ${release.version.text} keeps tables of another form in the database ${name}, and whichever of the two comes second fails with a missing column`,
      );
  },
};

function finding(message: string): Finding {
  return {
    path: ['dex', 'storage', 'postgres', 'database'],
    message,
    hint: 'set dex.storage.postgres.database to another name, such as dex_standalone; on a server of yours, create it',
  };
}
