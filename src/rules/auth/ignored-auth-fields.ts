import type { Rule } from '../rule';

export const ignoredAuthFields: Rule = {
  code: 'AUT008',
  severity: 'warning',
  title: 'Settings of an authentication that is switched off',
  reason:
    'With auth.enabled: false nobody logs in: there are no roles, no sessions and no root token, and the other fields of auth have no effect.',
  remedy: 'Remove auth.enabled: false, or the other fields.',
  *check({ document }) {
    if (document.auth?.enabled !== false) return;
    for (const field of Object.keys(document.auth))
      if (field !== 'enabled')
        yield {
          path: ['auth', field],
          onKey: true,
          message: `auth.${field} has no effect with auth.enabled: false: everybody who reaches the cluster may do everything`,
          hint: 'remove auth.enabled: false, or this field',
        };
  },
};
