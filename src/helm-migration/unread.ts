import { isInRange, type ReleaseRange, type ReleaseVersion } from '../releases/release';
import type { Fate } from './report';

/** A value, or all values below it, that never comes into a document, and why. */
export interface UnreadRow extends ReleaseRange {
  readonly path: string;
  readonly fate: Extract<Fate, 'dead' | 'other-product' | 'not-carried' | 'derived'>;
  readonly message: string;
}

const dead = (message: string, ...paths: readonly string[]): UnreadRow[] =>
  paths.map((path) => ({ path, fate: 'dead', message }));
const other = (message: string, ...paths: readonly string[]): UnreadRow[] =>
  paths.map((path) => ({ path, fate: 'other-product', message }));
const refused = (message: string, ...paths: readonly string[]): UnreadRow[] =>
  paths.map((path) => ({ path, fate: 'not-carried', message }));

const NO_TEMPLATE = 'no template reads it';

/** Values that are not carried, the narrower paths first. */
export const unreadRows: readonly UnreadRow[] = [
  ...dead(
    NO_TEMPLATE,
    'console.config.pachdAddress',
    'enterpriseServer.service.s3GatewayPort',
    'enterpriseServer.clusterDeploymentID',
    'cloudsqlAuthProxy.image.pullPolicy',
  ),
  { path: 'pachd.configJob.annotations', fate: 'dead', message: 'there is no Job any more', since: '2.3' },
  ...dead('the subchart has an init script of its own and ignores it', 'postgresql.initdbScripts'),
  { path: 'kubeEventTail', fate: 'dead', message: 'its templates are gone', since: '2.11' },
  { path: 'pgbouncer.resources', fate: 'dead', message: 'the template has its own', before: '2.3' },
  ...other('pachkit does not deploy Loki; deploy it with its own chart, and say where it is in loki', 'pachd.lokiDeploy', 'loki-stack'),
  ...other('Determined is another product, with a chart of its own', 'determined', 'pachd.determined'),
  ...other('kube-event-tail is another product', 'kubeEventTail'),
  ...refused('the test Pod of helm test is not written; pachctl version tells the same', 'testConnection'),
  ...refused(
    'certificates are not written; make the Secret once with kubectl create secret tls, and name it',
    'pachd.tls.newSecret',
    'ingress.tls.newSecret',
    'proxy.tls.secret',
  ),
  ...refused('a document describes pachd, not an enterprise server', 'enterpriseServer', 'pachd.enabled'),
  ...refused('there is no second load balancer; access.proxy.service is the way in', 'pachd.externalService'),
  ...refused('there is no field for this Service', 'console.service', 'etcd.service', 'pgbouncer.service', 'postgresql.service', 'cloudsqlAuthProxy.service'),
  ...refused('the image of the release runs', 'pgbouncer.image', 'postgresql.image', 'cloudsqlAuthProxy.image'),
  ...refused('the proxy opens no ports of older clients', 'proxy.service.legacyPorts'),
  ...refused('the proxy leads to port 4000 of Console', 'console.config.graphqlPort'),
  ...refused('there is no field for it', 'console.config.reactAppRuntimeRefetchInterval', 'etcd.inMemory', 'cloudsqlAuthProxy.privateIp', 'pachd.configJob.annotations'),
  ...refused('the database is called postgres, as pg-bouncer expects it', 'postgresql.fullnameOverride'),
  ...refused('the label of the volume cannot be chosen', 'postgresql.persistence.labels'),
  { path: 'postgresql.readReplicas', fate: 'dead', message: 'the chart starts no replicas' },
  ...refused('the Job is not written', 'preflightCheckJob', 'restoreSnapshot'),
];

/** The row of a value, if there is one for the release. */
export function unreadRow(path: string, release: ReleaseVersion): UnreadRow | undefined {
  return unreadRows.find(
    (row) => (path === row.path || path.startsWith(`${row.path}.`)) && isInRange(release, row),
  );
}
