import type { PathStep } from '../../document/source-node';
import type { RuleContext } from '../rule';

/** A name that Terraform would create in the tenant, and that no two things of its kind may have there. */
export interface TenantName {
  readonly kind: 'role' | 'organization' | 'database' | 'user';
  readonly name: string;
  /** What it is unique in, when that is not the tenant: the connection of a user. */
  readonly within?: string;
  /** Where the document has the name. */
  readonly path: readonly PathStep[];
  readonly onKey?: boolean;
  /** For a role that no one wrote down: it follows from a group in auth.roleBindings. */
  readonly isImplied?: boolean;
}

/** The names that Auth0 keeps unique in a tenant and that this document creates, in the order of its sections. */
export function tenantNames({ document, cluster }: Pick<RuleContext, 'document' | 'cluster'>): TenantName[] {
  const { auth0 } = document;
  if (!auth0 || !cluster.auth0 || cluster.auth0.application.provision === 'none') return [];
  const roles: TenantName[] = auth0.roles
    ? auth0.roles.map(({ name }, index) => ({ kind: 'role', name, path: ['auth0', 'roles', index, 'name'] }))
    : cluster.auth0.roles.map(({ name }) => ({
        kind: 'role',
        name,
        path: ['auth', 'roleBindings', `group:${name}`],
        onKey: true,
        isImplied: true,
      }));
  const organizations = (auth0.organizations?.create ?? []).map(({ name }, index): TenantName => ({
    kind: 'organization',
    name,
    path: ['auth0', 'organizations', 'create', index, 'name'],
  }));
  const users = (auth0.users ?? []).map(
    ({ email, connection = auth0.database?.name }, index): TenantName => ({
      kind: 'user',
      name: email.toLowerCase(),
      ...(connection === undefined ? {} : { within: connection }),
      path: ['auth0', 'users', index, 'email'],
    }),
  );
  const databases: TenantName[] = auth0.database
    ? [{ kind: 'database', name: auth0.database.name, path: ['auth0', 'database', 'name'] }]
    : [];
  return [...roles, ...databases, ...organizations, ...users];
}
