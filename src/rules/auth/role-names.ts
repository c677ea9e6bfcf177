/** Names that are written for roles and are none, in lowercase letters, with the role that is meant. `logReader` is in Pachyderm's own pages. */
export const MISTAKEN_ROLES: ReadonlyMap<string, string> = new Map([
  ['logreader', 'pachdLogReader'],
  ['admin', 'clusterAdmin'],
  ['clusteradministrator', 'clusterAdmin'],
  ['reader', 'repoReader'],
  ['writer', 'repoWriter'],
  ['owner', 'repoOwner'],
]);
