import type { PathStep } from '../../document/source-node';
import type { Cluster, ComponentService } from '../../model/cluster';
import { trustedByConsole } from '../../model/tls-secrets';
import { ignoredFields, type IgnoredField } from '../support/ignored-fields';
import type { Rule } from '../rule';

const SERVICES: readonly (readonly [
  readonly PathStep[],
  (cluster: Cluster) => ComponentService | undefined,
])[] = [
  [['etcd'], ({ etcd }) => etcd.service],
  [['console'], ({ console }) => console.service],
  [['database', 'internal'], ({ database }) => database.internal?.service],
  [['database', 'pgBouncer'], ({ database }) => database.pgBouncer.service],
  [['database', 'external', 'cloudSqlProxy'], ({ database }) => database.cloudSqlProxy?.service],
];

const FIELDS: readonly IgnoredField[] = [
  ...['size', 'storageClass'].map((field) => ({
    path: ['etcd', field],
    when: ({ etcd }: Cluster) => etcd.inMemory,
    why: () => 'with inMemory: true there is no volume claim',
    hint: 'remove one of the two',
  })),
  {
    path: ['pachd', 'configJob'],
    when: ({ release }) => !release.hasBootstrapJob,
    why: ({ release }) => `pachd ${release.version.text} bootstraps itself, and there is no Job`,
    hint: 'remove the section',
  },
  {
    path: ['preflightJob'],
    when: ({ release }) => !release.hasPreflightJob,
    why: ({ release }) => `pachd ${release.version.text} has no mode for it; the Job comes with 2.7`,
    hint: 'remove the section',
  },
  {
    path: ['console', 'refetchInterval'],
    when: ({ release }) => release.hasBootstrapJob,
    why: ({ release }) => `Console of release ${release.version.text} does not know it`,
    hint: 'remove the line',
  },
  {
    path: ['console', 'customCertificateAuthority'],
    when: (cluster) => cluster.console.customCertificateAuthority && trustedByConsole(cluster) === undefined,
    why: () => 'the cluster has no TLS Secret whose certificate Console could trust',
    hint: 'name one in access.tls.secretName, or remove the line',
  },
  ...SERVICES.map(([path, serviceOf]) => ({
    path: [...path, 'service', 'nodePort'],
    when: (cluster: Cluster) => serviceOf(cluster)?.type !== 'NodePort',
    why: (cluster: Cluster) => `a Service of type ${serviceOf(cluster)?.type} opens no port of nodes`,
    hint: 'write type: NodePort, or remove the line',
  })),
];

export const ignoredWorkloadFields: Rule = {
  code: 'STO026',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'overrides',
  title: 'Field of a workload that nothing reads',
  reason: 'What the release and the other fields decide leaves the field without effect.',
  remedy: 'Remove it, or change the field that switches it off.',
  check: (context) => ignoredFields(FIELDS, context),
};
