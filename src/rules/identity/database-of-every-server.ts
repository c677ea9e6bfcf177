import type { PathStep } from '../../document/source-node';
import type { Cluster } from '../../model/cluster';
import type { Rule } from '../rule';

/** Databases that a new PostgreSQL server has. */
const TEMPLATES: readonly string[] = ['template0', 'template1'];
const PRESENT: readonly string[] = ['postgres', ...TEMPLATES];

export const databaseOfEveryServer: Rule = {
  code: 'IDN012',
  severity: 'error',
  reads: ['cluster'],
  title: 'Database that every server has already',
  reason:
    'The first start of the PostgreSQL server in the namespace makes the databases of pachd and of Dex, and ends at one that is there: postgres, template0 and template1 are on every server. Templates are not a place for data either: no one can connect to template0, and everything in template1 is copied into each new database.',
  remedy: 'Give the database another name, or leave the line out.',
  *check({ cluster }) {
    if (!cluster.database.internal) return;
    for (const { path, name } of databases(cluster))
      yield {
        path,
        message: `Every PostgreSQL server has a database ${name}, and the first start of the one in the namespace ends with \`database "${name}" already exists\``,
        hint: 'give another name, or remove the line',
      };
  },
};

/** The databases to be made that are there. pachd's own may be postgres: the image does not make that one. */
function databases({
  database,
  dex,
}: Pick<Cluster, 'database' | 'dex'>): { path: readonly PathStep[]; name: string }[] {
  const { host, name, identityName } = database;
  const besides = dex?.storage.type === 'postgres' && dex.storage.host === host ? dex.storage.database : name;
  return [
    ...(TEMPLATES.includes(name) ? [{ path: ['database', 'name'], name }] : []),
    ...(PRESENT.includes(identityName) && identityName !== name
      ? [{ path: ['database', 'identityName'], name: identityName }]
      : []),
    ...(PRESENT.includes(besides) && besides !== name && besides !== identityName
      ? [{ path: ['dex', 'storage', 'postgres', 'database'], name: besides }]
      : []),
  ];
}
