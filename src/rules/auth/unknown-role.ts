import { suggest } from '../../diagnostics/suggest';
import type { ReleaseTraits } from '../../releases/release-traits';
import type { Finding, Rule } from '../rule';
import { firstReleaseWithRole } from '../../releases/roles';
import { isSwapped } from './malformed-subject';
import { MISTAKEN_ROLES } from './role-names';

export const unknownRole: Rule<'cluster' | 'chart-values' | 'bootstrap-secret'> = {
  code: 'AUT001',
  severity: 'error',
  reads: ['cluster', 'chart-values', 'bootstrap-secret'],
  title: 'Role that the release does not know',
  reason:
    'pachd refuses role bindings with a name that it does not know: "unknown role". From release 2.3 on that ends pachd at every start; before, it ends the job that bootstraps the cluster.',
  remedy: 'Use one of the roles that the message names.',
  *check({ roleBindings, release }) {
    for (const { subject, roles } of roleBindings) {
      if (isSwapped({ subject, roles: roles.map(({ value }) => value) })) continue;
      for (const { value: role, path } of roles) {
        const problem = roleProblem(role, release);
        if (problem) yield { path, ...problem };
      }
    }
  },
};

/** What is wrong with a role that a subject is given on the cluster. */
function roleProblem(role: string, release: ReleaseTraits): Pick<Finding, 'message' | 'hint'> | undefined {
  if (release.roles.includes(role)) return undefined;
  const effect =
    release.bootstrap === 'environment'
      ? 'pachd does not start'
      : 'the job that bootstraps the cluster fails';
  const since = firstReleaseWithRole(role);
  const meant = MISTAKEN_ROLES.get(role.toLowerCase()) ?? suggest(role, release.roles);
  return {
    message: `Release ${release.version.text} has no role ${role}, and ${effect}: \`unknown role "${role}"\``,
    hint:
      since !== undefined
        ? `remove it: it comes with release ${since}`
        : meant !== undefined
          ? `did you mean "${meant}"?`
          : `the roles are ${release.roles.join(', ')}`,
  };
}
