import { describeRule } from '../../support/rule-cases';

describeRule('STO006', [
  {
    shows: 'four members',
    document: 'etcd: { replicas: ▸4 }',
    says: ['etcd with 4 members survives the loss of 1, no more than with 3'],
    severity: 'warning',
  },
  { shows: 'three', document: 'etcd: { replicas: 3 }' },
]);

describeRule('STO007', [
  {
    shows: 'a lower limit above the upper one',
    document: 'pachw: { minReplicas: ▸3, maxReplicas: 2 }',
    says: ['at least 3 pods of pachw and at most 2'],
    severity: 'error',
  },
  { shows: 'a lower limit above the default', document: 'pachw: { minReplicas: ▸2 }', says: ['at most 1'] },
  {
    shows: 'a release without pachw',
    document: 'release: 2.4.6\n▸pachw: { minReplicas: 3, maxReplicas: 2 }',
    says: ['Release 2.4.6 has no pachw'],
    severity: 'warning',
  },
  { shows: 'limits in order', document: 'pachw: { minReplicas: 2, maxReplicas: 2 }' },
]);

describeRule('STO026', [
  {
    shows: 'a claim that is not there',
    document: 'etcd: { inMemory: true, ▸size: 20Gi, ▸storageClass: fast }',
    says: ['etcd.size has no effect: with inMemory: true there is no volume claim', 'etcd.storageClass'],
    severity: 'warning',
  },
  {
    shows: 'the Job of another release',
    document: 'pachd: { ▸configJob: { annotations: { a: b } } }',
    says: ['pachd 2.12.0-rc.3 bootstraps itself'],
  },
  {
    shows: 'a Job that the release does not have',
    document: 'release: 2.6.11\n▸preflightJob: {}',
    says: ['the Job comes with 2.7'],
  },
  { shows: 'a Job that it has', document: 'release: 2.7.0\npreflightJob: {}' },
  {
    shows: 'what Console of 2.2 does not know',
    document: 'release: 2.2.8\nconsole: { ▸refetchInterval: 3000 }',
    says: ['Console of release 2.2.8 does not know it'],
  },
  {
    shows: 'a certificate that Console would trust, where there is none',
    document: 'console: { ▸customCertificateAuthority: true }',
    says: ['the cluster has no TLS Secret whose certificate Console could trust'],
  },
  {
    shows: 'ports that nodes do not open',
    document: `
etcd: { service: { ▸nodePort: 31000 } }
console: { service: { type: LoadBalancer, ▸nodePort: 31001 } }
database:
  internal: { service: { ▸nodePort: 31002 } }
  pgBouncer: { service: { ▸nodePort: 31003 } }
`,
    says: [
      'a Service of type ClusterIP opens no port',
      'a Service of type LoadBalancer opens no port',
      'database.internal.service.nodePort has no effect',
      'database.pgBouncer.service.nodePort has no effect',
    ],
  },
  {
    shows: 'fields that are read',
    document: `
etcd: { size: 20Gi, service: { type: NodePort, nodePort: 31000 } }
console: { refetchInterval: 3000, customCertificateAuthority: true }
access: { host: pach.example.com, tls: { secretName: public } }
`,
  },
  {
    shows: 'the Job of 2.2',
    document: 'release: 2.2.8\npachd: { configJob: { annotations: { a: b } } }',
  },
]);

describeRule('STO027', [
  {
    shows: 'etcd in memory in production',
    document: 'etcd: { inMemory: ▸true }',
    says: ['gone whenever its pod restarts'],
    severity: 'warning',
  },
  { shows: 'etcd with a volume', document: 'etcd: { inMemory: false }' },
  { shows: 'a cluster to try things', document: 'profile: dev\netcd: { inMemory: true }' },
]);
