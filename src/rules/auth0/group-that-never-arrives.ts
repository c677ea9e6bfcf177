import { didYouMean } from '../../diagnostics/suggest';
import { boundGroups } from '../../model/resolve-auth0';
import type { Rule } from '../rule';

export const groupThatNeverArrives: Rule = {
  code: 'TFM016',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Group that never arrives from Auth0',
  reason:
    'Roles are bound to a group, and people come from Auth0 alone, which sends no such group: without auth0.groups it sends none at all, and with fromRoles only those that are listed. The binding does nothing.',
  remedy:
    'Set auth0.groups.claim, and list the group in fromRoles if there is such a list, or the enterprise connection that sends it in fromConnections.',
  *check({ document }) {
    const { auth0, identity } = document;
    if (!auth0 || (identity?.connectors ?? []).length > 0 || identity?.connectorsFrom) return;
    for (const group of boundGroups({ document })) {
      const path = ['auth', 'roleBindings', `group:${group}`];
      const { groups } = auth0;
      if (!groups)
        yield {
          path,
          onKey: true,
          message: `Auth0 sends no groups, so no one is ever in "${group}"`,
          hint: 'set auth0.groups: { claim: https://acme.com/groups }, with a URL of yours',
        };
      else if (groups.fromRoles && !groups.fromConnections && !groups.fromRoles.includes(group))
        yield {
          path,
          onKey: true,
          message: `auth0.groups.fromRoles does not have "${group}", so no one is ever in it`,
          hint: didYouMean(group, groups.fromRoles) ?? 'add it to auth0.groups.fromRoles',
        };
    }
  },
};
