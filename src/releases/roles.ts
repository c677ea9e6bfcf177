import { PACHYDERM_LINES } from './pachyderm';
import { isInRange, type ReleaseRange, type ReleaseVersion } from './release';

/** Roles of Pachyderm that can be bound on the cluster, with the release each came with. */
const ROLES: readonly (ReleaseRange & { readonly name: string })[] = [
  { name: 'clusterAdmin' },
  { name: 'debugger' },
  { name: 'idpAdmin' },
  { name: 'identityAdmin' },
  { name: 'jobAdmin', since: '2.12' },
  { name: 'licenseAdmin' },
  { name: 'lokiLogReader', since: '2.6' },
  { name: 'oidcAppAdmin' },
  { name: 'pachdLogReader' },
  { name: 'projectCreator', since: '2.5' },
  { name: 'projectOwner', since: '2.5' },
  { name: 'projectViewer', since: '2.5' },
  { name: 'projectWriter', since: '2.5' },
  { name: 'repoOwner' },
  { name: 'repoReader' },
  { name: 'repoWriter' },
  { name: 'robotUser' },
  { name: 'secretAdmin' },
];

/** The roles of a release, by name. */
export function rolesOf(version: ReleaseVersion): readonly string[] {
  return ROLES.filter((role) => isInRange(version, role)).map(({ name }) => name);
}

/** The first release, such as `2.5`, that has the role; undefined when none has. */
export function firstReleaseWithRole(name: string): string | undefined {
  const role = ROLES.find((row) => row.name === name);
  return role && (role.since ?? `2.${PACHYDERM_LINES[0].minor}`);
}

/** The roles of all releases, by name. For the generator. @public */
export function allRoles(): readonly string[] {
  return [...new Set(ROLES.map(({ name }) => name))].sort();
}
