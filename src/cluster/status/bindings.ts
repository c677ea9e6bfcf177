import { isMapping } from '../../document/is-mapping';
import { rolesBeyond, type RoleBindings, type SubjectRoles } from '../../model/role-bindings';
import { BOOTSTRAP_CONFIG_SECRET, PLACES } from '../../model/secret-places';
import type { Settings } from '../meaning/settings';

/** The role bindings of a document beside those that pachd is told by what is in the cluster. */
export interface BindingStatus {
  /** Of the document; missing where it has none, and those of the cluster stay as they are. */
  readonly document?: RoleBindings;
  /** In the Secret that pachd takes them from when it sets itself up; missing where there is none. */
  readonly cluster?: RoleBindings;
  /** In the document and not in the cluster: who gets in with the next deploy. */
  readonly missing: readonly SubjectRoles[];
  /** In the cluster and not in the document: who loses it with the next deploy. */
  readonly extra: readonly SubjectRoles[];
}

/** Compares the bindings of a document with those in its cluster. */
export function bindingStatus(document: RoleBindings | undefined, settings: Settings): BindingStatus {
  const { before } = settings.parsed(PLACES.roleBindings, {
    name: BOOTSTRAP_CONFIG_SECRET,
    key: 'clusterRoleBindings',
  });
  const cluster = isMapping(before)
    ? Object.fromEntries(Object.entries(before).map(([subject, roles]) => [subject, rolesIn(roles)]))
    : undefined;
  return {
    ...(document === undefined ? {} : { document }),
    ...(cluster === undefined ? {} : { cluster }),
    missing: rolesBeyond(document, cluster),
    extra: document === undefined ? [] : rolesBeyond(cluster, document),
  };
}

/** The roles of a binding as pachd keeps them. */
export function rolesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
