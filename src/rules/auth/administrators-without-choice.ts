import type { Rule } from '../rule';
import { ALL_USERS } from './malformed-subject';

export const administratorsWithoutChoice: Rule<'cluster' | 'chart-values' | 'bootstrap-secret'> = {
  code: 'AUT014',
  severity: 'warning',
  reads: ['cluster', 'chart-values', 'bootstrap-secret'],
  title: 'Everyone who logs in is an administrator',
  reason:
    'allClusterUsers is everyone whom an identity provider logs in. With clusterAdmin each of them may do everything: read and delete all data, bind roles, and turn authentication off.',
  remedy: 'Bind clusterAdmin to persons or to a group, and to allClusterUsers what everyone may do.',
  *check(context) {
    if (context.kind !== 'bootstrap-secret' && context.profile === 'dev') return;
    for (const { subject, roles } of context.roleBindings)
      if (subject === ALL_USERS)
        for (const { value: role, path } of roles)
          if (role === 'clusterAdmin')
            yield {
              path,
              message:
                'Everyone who logs in is clusterAdmin: each of them may do everything, and turn authentication off',
              hint: "bind it to persons or a group, such as 'user:ada@acme.com': [clusterAdmin]",
            };
  },
};
