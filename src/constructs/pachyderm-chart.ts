import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Cluster } from '../model/cluster';
import { BootstrapSecret } from './bootstrap-secret';
import { CloudSqlProxy } from './cloud-sql-proxy';
import { ConfigJob } from './config-job';
import { Console } from './console';
import { DeploymentId } from './deployment-id';
import { Dex } from './dex';
import { EnvoyProxy } from './envoy-proxy';
import { Etcd } from './etcd';
import { Identity } from './identity';
import { Ingress } from './ingress';
import { Pachd } from './pachd';
import { PachdServices } from './pachd-services';
import { Pachw } from './pachw';
import { PgBouncer } from './pg-bouncer';
import { Postgres } from './postgres';
import { Rbac } from './rbac';
import { ServiceAccounts } from './service-accounts';
import { StorageSecret } from './storage-secret';

/** A part of the chart: a construct, and the clusters that have it. */
interface Component {
  readonly create: new (scope: Construct, id: string, cluster: Cluster) => Construct;
  /** Missing for parts that every cluster has, or that are empty by themselves where there is nothing to write. */
  readonly existsIn?: (cluster: Cluster) => boolean;
}

/** The parts by id, in the order in which they are created. The output sorts objects into files by these ids. */
const COMPONENTS: Readonly<Record<string, Component>> = {
  'service-accounts': { create: ServiceAccounts },
  rbac: { create: Rbac },
  'deployment-id': { create: DeploymentId },
  'storage-secret': { create: StorageSecret },
  identity: { create: Identity },
  'bootstrap-secret': { create: BootstrapSecret },
  dex: { create: Dex, existsIn: (cluster) => cluster.dex !== undefined },
  etcd: { create: Etcd },
  postgres: { create: Postgres },
  'cloud-sql-proxy': {
    create: CloudSqlProxy,
    existsIn: (cluster) => cluster.database.cloudSqlProxy !== undefined,
  },
  'pg-bouncer': { create: PgBouncer },
  pachd: { create: Pachd },
  'pachd-services': { create: PachdServices },
  pachw: { create: Pachw },
  console: { create: Console, existsIn: (cluster) => cluster.console.enabled },
  'envoy-proxy': { create: EnvoyProxy, existsIn: (cluster) => cluster.access.proxy.enabled },
  ingress: { create: Ingress, existsIn: (cluster) => cluster.access.via === 'ingress' },
  'config-job': { create: ConfigJob },
};

/**
 * Every Kubernetes object of a cluster, as the official chart of its release would have them. A pure function of the
 * cluster: names are fixed, nothing is random, and each object is in the cluster's namespace.
 *
 * @example
 * const app = new App();
 * new PachydermChart(app, cluster.name, cluster);
 * app.synth();
 */
export class PachydermChart extends Chart {
  constructor(scope: Construct, id: string, cluster: Cluster) {
    super(scope, id, { namespace: cluster.namespace, disableResourceNameHashes: true });
    for (const [name, { create: Part, existsIn }] of Object.entries(COMPONENTS))
      if (existsIn === undefined || existsIn(cluster)) new Part(this, name, cluster);
  }
}
