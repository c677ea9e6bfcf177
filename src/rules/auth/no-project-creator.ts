import type { Rule } from '../rule';
import { bindingsAsMeant } from './bindings-as-meant';
import { ALL_USERS } from './malformed-subject';

export const nobodyCreatesProjects: Rule = {
  code: 'AUT006',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Bindings that take project creation away',
  reason:
    'When authentication is activated, from release 2.5 on, everyone may create projects: allClusterUsers is projectCreator. The bindings of a document are complete, so a document with bindings and without that one takes it away.',
  remedy: 'Add allClusterUsers: [projectCreator], or bind the role to those who should create projects.',
  *check({ cluster }) {
    const bindings = bindingsAsMeant(cluster);
    if (!cluster.release.hasProjects || bindings.some(([subject]) => subject === ALL_USERS)) return;
    const roles = bindings.flatMap(([, names]) => names);
    if (roles.length === 0 || roles.includes('projectCreator')) return;
    yield {
      path: ['auth', 'roleBindings'],
      onKey: true,
      message:
        'The bindings replace those of the cluster, with which everyone may create projects; then only administrators can',
      hint: `add ${ALL_USERS}: [projectCreator], or bind the role to those who should`,
    };
  },
};
