import type { Rule } from '../rule';

export const ignoredAuthFields: Rule = {
  code: 'AUT008',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'Settings of an authentication that is switched off',
  reason:
    'With auth.enabled: false pachd is told nothing about authentication, and the other fields of auth have no effect. On a cluster where it was never activated there are no roles, no sessions and no root token. Where it was activated once, it stays on as it was, with the old root token, sessions, logins and role bindings, until it is switched off with "pachctl auth deactivate".',
  remedy: 'Remove auth.enabled: false, or the other fields.',
  *check({ document }) {
    if (document.auth?.enabled !== false) return;
    for (const field of Object.keys(document.auth))
      if (field !== 'enabled')
        yield {
          path: ['auth', field],
          onKey: true,
          message: `auth.${field} has no effect with auth.enabled: false: without authentication everyone who reaches the cluster may do everything, and one that was activated stays as it was`,
          hint: 'remove auth.enabled: false, or this field; pachctl auth deactivate switches authentication off in a running cluster',
        };
  },
};
