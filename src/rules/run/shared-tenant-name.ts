import { repeatedName } from '../auth0/duplicate-auth0-name';
import { tenantNames, type TenantName } from '../auth0/tenant-names';
import type { RunCluster, RunRule } from '../run-rule';

/** TFM002 between documents: names that two clusters with one tenant would both create there. */
export const sharedTenantName: RunRule = {
  ...repeatedName,
  *check(clusters) {
    const creators = new Map<string, RunCluster>();
    for (const of of clusters) {
      const taken = new Map<RunCluster, TenantName[]>();
      for (const name of tenantNames(of)) {
        const key = JSON.stringify([tenantOf(of).toLowerCase(), name.kind, name.within, name.name]);
        const other = creators.get(key);
        if (other === undefined) creators.set(key, of);
        // Of clusters with one name, another rule says that there are two.
        else if (other !== of && other.cluster.name !== of.cluster.name)
          taken.set(other, [...(taken.get(other) ?? []), name]);
      }
      for (const [other, names] of taken) {
        const implied = names.filter(({ isImplied }) => isImplied);
        const [first] = implied;
        if (first)
          yield {
            of,
            path: first.path,
            onKey: true,
            message: `auth0.groups creates ${listed(implied)} in the tenant ${tenantOf(of)}, and so does the cluster ${other.cluster.name} in ${other.file}: Auth0 refuses the second one with 409 Conflict`,
            hint: 'set auth0.roles: [] in all documents of the tenant but one; the roles are used there by name all the same',
          };
        for (const { kind, name, path } of names.filter(({ isImplied }) => !isImplied))
          yield {
            of,
            path,
            message: `The ${kind} "${name}" is created in the tenant ${tenantOf(of)} by the cluster ${other.cluster.name} in ${other.file} too: Auth0 refuses the second one with 409 Conflict`,
            hint: HINTS[kind],
          };
      }
    }
  },
};

const HINTS: Readonly<Record<TenantName['kind'], string>> = {
  role: 'remove it from auth0.roles in all documents of the tenant but one; the role is used there by name all the same',
  database:
    'give each cluster a database of its own, or name the id of the one in auth0.connections of the other',
  organization: 'remove it from auth0.organizations.create in all documents of the tenant but one',
  user: 'remove the user from all documents of the tenant but one',
};

function listed(names: readonly TenantName[]): string {
  const quoted = names.map(({ name }) => `"${name}"`);
  return `${quoted.length === 1 ? 'the role' : 'the roles'} ${quoted.join(', ')}`;
}

function tenantOf({ cluster }: RunCluster): string {
  return cluster.auth0?.tenantDomain ?? '';
}
