import type { Rule } from '../rule';
import { bindingsAsMeant } from './bindings-as-meant';

export const noDirectClusterAdmin: Rule = {
  code: 'AUT004',
  severity: 'warning',
  reads: ['cluster'],
  title: 'No person is clusterAdmin',
  reason:
    'The bindings of a document are complete: pachd removes others. If no user: subject has the role clusterAdmin, only the root token administers the cluster. Up to release 2.11 there is more to it: when the license lapses, pachd serves only the root user and users who are clusterAdmin by themselves; through a group does not count.',
  remedy: "Bind clusterAdmin to a person, as in 'user:ada@acme.com': [clusterAdmin].",
  *check({ cluster }) {
    const { profile, release } = cluster;
    const bindings = bindingsAsMeant(cluster);
    // Of an empty list AUT010 says what it removes.
    if (bindings.length === 0 || profile === 'dev') return;
    const hasAdmin = bindings.some(
      ([subject, roles]) => subject.startsWith('user:') && roles.includes('clusterAdmin'),
    );
    if (hasAdmin) return;
    yield {
      path: ['auth', 'roleBindings'],
      onKey: true,
      message: release.needsLicense
        ? 'No person is clusterAdmin: when the license lapses, everyone but the root token is locked out, groups of administrators too: `only cluster admins can perform any operations`'
        : 'No person is clusterAdmin: only the root token can administer the cluster',
      hint: "bind the role to a person: 'user:NAME@DOMAIN': [clusterAdmin]",
    };
  },
};
