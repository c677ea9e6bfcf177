import { didYouMean } from '../../diagnostics/suggest';
import type { Rule } from '../rule';

export const unknownRole: Rule = {
  code: 'TFM010',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Role that is not created',
  reason:
    'A user can get the roles that this document creates: those in auth0.roles or, with groups, one for each group in auth.roleBindings. Terraform knows no other.',
  remedy: 'Add the role to auth0.roles.',
  *check({ document, cluster }) {
    const known = (cluster.auth0?.roles ?? []).map(({ name }) => name);
    for (const [index, user] of (document.auth0?.users ?? []).entries())
      for (const [at, role] of (user.roles ?? []).entries())
        if (!known.includes(role))
          yield {
            path: ['auth0', 'users', index, 'roles', at],
            message: `${user.email} has the role "${role}", which is not created here`,
            hint: didYouMean(role, known) ?? `add it to auth0.roles: { name: ${role} }`,
          };
  },
};
