import type { Rule } from '../rule';

export const pausedCluster: Rule = {
  code: 'ACC023',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Cluster without pods',
  reason:
    'With no pods of pachd, or of the proxy where everything goes through it, the cluster is paused: Kubernetes takes that, and no one can log in until there is a pod again. pachctl cannot reach it either.',
  remedy:
    'Leave it as it is for as long as the cluster is to be paused, and set the number to 1 or more then.',
  *check({ cluster: { access, pachd } }) {
    if (pachd.replicas === 0)
      yield {
        path: ['pachd', 'replicas'],
        message: 'With replicas: 0 no pachd runs, and no one can log in',
        hint: 'leave it while the cluster is paused, else write replicas: 1',
      };
    if (access.via === 'proxy' && access.proxy.replicas === 0)
      yield {
        path: ['access', 'proxy', 'replicas'],
        message: 'With replicas: 0 no proxy runs, and no one reaches pachd or Console',
        hint: 'leave it while the cluster is paused, else write replicas: 1',
      };
  },
};
