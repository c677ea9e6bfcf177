import type { Rule } from '../rule';

export const evenEtcd: Rule = {
  code: 'STO006',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Even number of etcd members',
  reason:
    'etcd works as long as more than half of its members do. A fourth member is one more that can fail, while the cluster still survives the loss of one only, as with three.',
  remedy: 'Take an odd number: 1, 3 or 5.',
  *check({ cluster: { etcd } }) {
    if (etcd.replicas % 2 === 1) return;
    yield {
      path: ['etcd', 'replicas'],
      message: `etcd with ${etcd.replicas} members survives the loss of ${etcd.replicas / 2 - 1}, no more than with ${etcd.replicas - 1}`,
      hint: `take ${etcd.replicas - 1} or ${etcd.replicas + 1}`,
    };
  },
};
