import { compare } from '../diagnostics/diagnostic';

/** Roles on the cluster by subject. */
export type RoleBindings = Readonly<Record<string, readonly string[]>>;

/** Roles that one subject has on the cluster. */
export interface SubjectRoles {
  /** `user:ada@acme.com` */
  readonly subject: string;
  readonly roles: readonly string[];
}

/** Roles that subjects have by some bindings and not by others. */
export function rolesBeyond(some: RoleBindings = {}, others: RoleBindings = {}): SubjectRoles[] {
  return Object.entries(some)
    .map(([subject, roles]) => ({
      subject,
      roles: roles.filter((role) => others[subject]?.includes(role) !== true),
    }))
    .filter(({ roles }) => roles.length > 0)
    .sort((a, b) => compare(a.subject, b.subject));
}

/** Who may do everything. */
export function administratorsIn(bindings: RoleBindings = {}): string[] {
  return Object.entries(bindings)
    .filter(([, roles]) => roles.includes('clusterAdmin'))
    .map(([subject]) => subject)
    .sort();
}
