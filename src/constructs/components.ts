import type { Construct } from 'constructs';
import type { Cluster } from '../model/cluster';
import { tlsSecrets } from '../model/tls-secrets';
import { BootstrapSecret } from './bootstrap-secret';
import { CloudSqlProxy } from './cloud-sql-proxy';
import { ConfigJob } from './config-job';
import { Console } from './console';
import { DeploymentId } from './deployment-id';
import { DevDirectory } from './dev-directory';
import { Dex } from './dex';
import { EnterpriseServer } from './enterprise-server';
import { EnvoyProxy } from './envoy-proxy';
import { Etcd } from './etcd';
import { HARDENING_SECTIONS, harden } from './hardening/harden';
import { Identity } from './identity';
import { Ingress } from './ingress';
import { Pachd } from './pachd';
import { PachdJobs } from './pachd-jobs';
import { PachdServices } from './pachd-services';
import { Pachw } from './pachw';
import { PgBouncer } from './pg-bouncer';
import { Postgres } from './postgres';
import { Rbac } from './rbac';
import { ServiceAccounts } from './service-accounts';
import { StorageSecret } from './storage-secret';
import { TlsSecrets } from './tls-secrets';

/** A part of the chart: a construct, the sections of the cluster that it is made from, and the clusters that have it. */
export interface Component {
  readonly id: string;
  readonly reads: readonly (keyof Cluster)[];
  readonly existsIn: (cluster: Cluster) => boolean;
  /** Creates the construct from the sections it reads and nothing else. */
  readonly create: (scope: Construct, cluster: Cluster) => Construct;
}

interface Row<Section extends keyof Cluster> {
  readonly create: new (scope: Construct, id: string, sections: Pick<Cluster, Section>) => Construct;
  readonly reads: readonly Section[];
  /** Missing for parts that every cluster has, or that are empty by themselves where there is nothing to write. */
  readonly existsIn?: (cluster: Cluster) => boolean;
}

/** The compiler refuses a row whose construct needs a section that is not in `reads`. */
function component<Section extends keyof Cluster>(
  id: string,
  { create: Part, reads, existsIn = () => true }: Row<Section>,
): Component {
  return {
    id,
    reads: [...new Set<keyof Cluster>([...reads, ...HARDENING_SECTIONS])],
    existsIn,
    create: (scope, cluster) => {
      const part = new Part(scope, id, sectionsOf(cluster, reads));
      harden(part, cluster);
      return part;
    },
  };
}

/** The sections that were taken last, by the list that names them. */
const latest = new Map<
  readonly (keyof Cluster)[],
  { readonly cluster: Cluster; readonly sections: object }
>();

/** Some sections of a cluster; the same object for parts that read the same ones, so that what they derive is derived once. */
function sectionsOf<Section extends keyof Cluster>(
  cluster: Cluster,
  reads: readonly Section[],
): Pick<Cluster, Section> {
  const known = latest.get(reads);
  if (known?.cluster === cluster) return known.sections as Pick<Cluster, Section>;
  const sections = Object.fromEntries(reads.map((section) => [section, cluster[section]]));
  latest.set(reads, { cluster, sections });
  return sections as Pick<Cluster, Section>;
}

/** What the environment of pachd's program is made of. */
const PACHD_SECTIONS = [
  'namespace',
  'helmReleaseName',
  'release',
  'access',
  'urls',
  'auth',
  'enterprise',
  'identity',
  'dex',
  'storage',
  'database',
  'pachd',
  'pachw',
  'enterpriseServer',
  'preflightJob',
  'restoreSnapshot',
  'console',
  'images',
  'network',
  'loki',
  'securityContexts',
  'deploymentID',
] as const;

/** Whether pachd itself runs, and not an enterprise server. */
function runsPachd({ enterpriseServer }: Cluster): boolean {
  return enterpriseServer === undefined;
}

/** The parts in the order in which they are created. The output sorts objects into files by their ids. */
export const components: readonly Component[] = [
  component('service-accounts', {
    create: ServiceAccounts,
    reads: ['namespace', 'release', 'pachd'],
    existsIn: runsPachd,
  }),
  component('rbac', { create: Rbac, reads: ['namespace', 'release', 'pachd'], existsIn: runsPachd }),
  component('deployment-id', { create: DeploymentId, reads: ['namespace', 'deploymentID'] }),
  component('storage-secret', {
    create: StorageSecret,
    reads: ['namespace', 'release', 'storage'],
    existsIn: runsPachd,
  }),
  component('tls-secrets', {
    create: TlsSecrets,
    reads: ['namespace', 'access', 'enterpriseServer', 'pachd'],
    existsIn: (cluster) => tlsSecrets(cluster).length > 0,
  }),
  component('identity', {
    create: Identity,
    reads: ['namespace', 'release', 'auth', 'identity', 'dex', 'console', 'urls'],
  }),
  component('bootstrap-secret', {
    create: BootstrapSecret,
    reads: ['namespace', 'release', 'auth', 'enterprise', 'identity', 'dex', 'console', 'urls'],
  }),
  component('dex', {
    create: Dex,
    reads: ['namespace', 'dex', 'images', 'network', 'securityContexts'],
    existsIn: ({ dex }) => dex !== undefined,
  }),
  component('dev-directory', {
    create: DevDirectory,
    reads: ['namespace', 'auth', 'dev', 'images', 'securityContexts'],
    existsIn: ({ dev }) => dev?.keptIn === 'directory',
  }),
  component('etcd', { create: Etcd, reads: ['namespace', 'release', 'etcd', 'images', 'securityContexts'] }),
  component('postgres', {
    create: Postgres,
    reads: ['namespace', 'helmReleaseName', 'release', 'database', 'dex', 'images', 'securityContexts'],
  }),
  component('cloud-sql-proxy', {
    create: CloudSqlProxy,
    reads: ['namespace', 'release', 'database', 'images', 'securityContexts'],
    existsIn: ({ database }) => database.cloudSqlProxy !== undefined,
  }),
  component('pg-bouncer', {
    create: PgBouncer,
    reads: ['namespace', 'release', 'database', 'images', 'securityContexts', 'auth', 'console'],
  }),
  component('pachd', { create: Pachd, reads: PACHD_SECTIONS, existsIn: runsPachd }),
  component('pachd-services', {
    create: PachdServices,
    reads: ['namespace', 'pachd'],
    existsIn: runsPachd,
  }),
  component('pachw', { create: Pachw, reads: PACHD_SECTIONS, existsIn: runsPachd }),
  component('enterprise-server', {
    create: EnterpriseServer,
    reads: PACHD_SECTIONS,
    existsIn: ({ enterpriseServer }) => enterpriseServer !== undefined,
  }),
  component('pachd-jobs', {
    create: PachdJobs,
    reads: PACHD_SECTIONS,
    existsIn: ({ preflightJob, restoreSnapshot }) =>
      preflightJob !== undefined || restoreSnapshot !== undefined,
  }),
  component('console', {
    create: Console,
    reads: [
      'namespace',
      'release',
      'access',
      'urls',
      'auth',
      'console',
      'database',
      'pachd',
      'images',
      'network',
      'securityContexts',
    ],
    existsIn: ({ console }) => console.enabled,
  }),
  component('envoy-proxy', {
    create: EnvoyProxy,
    reads: [
      'namespace',
      'release',
      'access',
      'dex',
      'enterpriseServer',
      'images',
      'securityContexts',
      'hardening',
    ],
    existsIn: ({ access }) => access.proxy.enabled,
  }),
  component('ingress', {
    create: Ingress,
    reads: ['namespace', 'access', 'console', 'dex', 'enterpriseServer'],
    existsIn: ({ access }) => access.via === 'ingress',
  }),
  component('config-job', {
    create: ConfigJob,
    reads: [
      'namespace',
      'release',
      'auth',
      'enterprise',
      'identity',
      'console',
      'urls',
      'images',
      'pachd',
      'enterpriseServer',
      'deploymentID',
      'hardening',
    ],
  }),
];
