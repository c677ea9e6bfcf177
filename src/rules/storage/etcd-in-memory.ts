import type { Rule } from '../rule';

export const etcdInMemory: Rule = {
  code: 'STO027',
  severity: 'warning',
  reads: ['cluster'],
  title: 'etcd without a volume outside of profile dev',
  reason:
    'With inMemory the data of etcd is gone whenever its pod restarts: on a new version of its image, when its node is drained. Pipelines that run are lost, and their jobs hang until someone restarts them.',
  remedy: 'Remove etcd.inMemory; keep it for clusters that live for hours.',
  *check({ cluster: { etcd, profile } }) {
    if (!etcd.inMemory || profile === 'dev') return;
    yield {
      path: ['etcd', 'inMemory'],
      message: 'The data of etcd is gone whenever its pod restarts, and pipelines that run with it',
      hint: 'remove the line, or write profile: dev',
    };
  },
};
