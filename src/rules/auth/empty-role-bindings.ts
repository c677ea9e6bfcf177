import type { Rule } from '../rule';

export const emptyRoleBindings: Rule = {
  code: 'AUT010',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'Empty list of role bindings',
  reason:
    "auth.roleBindings is complete: pachd (up to release 2.2 the bootstrap Job) removes every binding on the cluster that is not in it, except Pachyderm's own. An empty list therefore removes all of them: no user has a role on the cluster, and only the root token administers it. A document without the field leaves the bindings as they are, including those that an earlier document made.",
  remedy:
    'Bind clusterAdmin to a person, as in \'user:ada@acme.com\': [clusterAdmin]. Remove the field if bindings are managed with "pachctl auth set cluster".',
  *check({ cluster: { auth } }) {
    if (!auth?.roleBindings || Object.keys(auth.roleBindings).length > 0) return;
    yield {
      path: ['auth', 'roleBindings'],
      onKey: true,
      message:
        'The list is empty: every role binding on the cluster is removed, and only the root token can administer the cluster or create projects',
      hint: "bind a role, such as 'user:NAME@DOMAIN': [clusterAdmin], or remove the field to leave the bindings as they are",
    };
  },
};
