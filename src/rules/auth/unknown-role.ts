import { suggest } from '../../diagnostics/suggest';
import type { Rule } from '../rule';
import { firstReleaseWithRole, MISTAKEN_ROLES } from './role-names';

export const unknownRole: Rule = {
  code: 'AUT001',
  severity: 'error',
  title: 'Role that the release does not know',
  reason:
    'pachd refuses role bindings with a name that it does not know: "unknown role". From release 2.3 on that ends pachd at every start; before, it ends the job that bootstraps the cluster.',
  remedy: 'Use one of the roles that the message names.',
  *check({ document, cluster: { release } }) {
    const effect =
      release.bootstrap === 'environment'
        ? 'pachd does not start'
        : 'the job that bootstraps the cluster fails';
    for (const [subject, roles] of Object.entries(document.auth?.roleBindings ?? {}))
      for (const [index, role] of roles.entries()) {
        if (release.roles.includes(role)) continue;
        const since = firstReleaseWithRole(role);
        const meant = MISTAKEN_ROLES.get(role.toLowerCase()) ?? suggest(role, release.roles);
        yield {
          path: ['auth', 'roleBindings', subject, index],
          message: `Release ${release.version.text} has no role ${role}, and ${effect}: \`unknown role "${role}"\``,
          hint:
            since !== undefined
              ? `it comes with release ${since}`
              : meant !== undefined
                ? `did you mean "${meant}"?`
                : `the roles are ${release.roles.join(', ')}`,
        };
      }
  },
};
