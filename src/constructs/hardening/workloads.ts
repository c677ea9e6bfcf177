import { DEV_DIRECTORY } from '../../model/dev-users';
import { CONFIG_JOB_PREFIX } from '../../model/secret-places';

/** Amounts of CPU and memory. */
export interface Amounts {
  readonly cpu: string;
  readonly memory: string;
}

/** Who may reach a port: everyone, pods of the namespace, pods of the cluster's own suite, or pods of the same workload. */
export type Reach = 'everyone' | 'namespace' | 'suite' | 'peers';

/** What is known of the pods of a workload. */
export interface WorkloadFacts {
  /** What a container asks for, and what it may use, where the document does not say it. */
  readonly requests: Amounts;
  readonly limits: Amounts;
  /** Who may reach its ports, by the name of the port; no one may reach the others. */
  readonly reach: Readonly<Record<string, Reach>>;
  /** A user and group that its program runs as just as well, and that no one on a node has. */
  readonly user?: number;
  /** Its pods connect to nothing but name servers and each other. */
  readonly isClosed?: true;
}

const API_PORTS = {
  'api-grpc-port': 'everyone',
  's3gateway-port': 'everyone',
  'oidc-port': 'everyone',
  'identity-port': 'everyone',
  'archive-port': 'everyone',
  // Metrics and the port of its peers ask no one who they are.
  'prom-metrics': 'namespace',
  'peer-port': 'suite',
} as const satisfies Record<string, Reach>;

const PACHD = {
  requests: { cpu: '1', memory: '2Gi' },
  limits: { cpu: '4', memory: '8Gi' },
} as const;

/** Above the users of nodes; that of distroless images. Programs that keep no files and look up no user run as any. */
export const HIGH_USER = 65_532;

/** A Job that runs pachd's program once. */
const PACHD_JOB: WorkloadFacts = {
  requests: { cpu: '500m', memory: '512Mi' },
  limits: { cpu: '2', memory: '4Gi' },
  reach: {},
};

/** Everything that runs, by the name of its Deployment, StatefulSet or Job. */
const WORKLOADS: Readonly<Record<string, WorkloadFacts>> = {
  pachd: { ...PACHD, reach: API_PORTS },
  pachw: { ...PACHD, reach: {} },
  'pach-enterprise': {
    requests: { cpu: '250m', memory: '512Mi' },
    limits: { cpu: '2', memory: '2Gi' },
    reach: API_PORTS,
  },
  etcd: {
    requests: { cpu: '250m', memory: '512Mi' },
    limits: { cpu: '2', memory: '2Gi' },
    // etcd asks no one who they are.
    reach: { 'client-port': 'suite', 'peer-port': 'peers' },
    isClosed: true,
  },
  postgres: {
    requests: { cpu: '250m', memory: '256Mi' },
    limits: { cpu: '2', memory: '2Gi' },
    reach: { 'tcp-postgresql': 'suite' },
    isClosed: true,
  },
  'pg-bouncer': {
    requests: { cpu: '100m', memory: '64Mi' },
    limits: { cpu: '1', memory: '512Mi' },
    reach: { 'client-port': 'suite' },
    user: HIGH_USER,
  },
  'cloudsql-auth-proxy': {
    requests: { cpu: '100m', memory: '64Mi' },
    limits: { cpu: '1', memory: '256Mi' },
    reach: { '': 'suite' },
  },
  console: {
    requests: { cpu: '100m', memory: '256Mi' },
    limits: { cpu: '1', memory: '1Gi' },
    reach: { 'console-http': 'everyone' },
  },
  'pachyderm-proxy': {
    requests: { cpu: '100m', memory: '512Mi' },
    limits: { cpu: '2', memory: '512Mi' },
    user: HIGH_USER,
    reach: {
      'http-port': 'everyone',
      'https-port': 'everyone',
      's3-direct': 'everyone',
      'grpc-direct': 'everyone',
      'oidc-direct': 'everyone',
      'identity-direct': 'everyone',
      'archive-direct': 'everyone',
      'console-direct': 'everyone',
      'dex-direct': 'everyone',
      'metrics-direct': 'namespace',
    },
  },
  // Dex has a policy of its own, which knows what its connectors ask.
  dex: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '256Mi' }, reach: {} },
  [DEV_DIRECTORY.name]: {
    requests: { cpu: '10m', memory: '64Mi' },
    limits: { cpu: '500m', memory: '256Mi' },
    // Dex searches it, which runs in pachd or on its own.
    reach: { ldap: 'suite' },
    isClosed: true,
  },
  'pachyderm-preflight-check': PACHD_JOB,
  'pachyderm-restore-snapshot': PACHD_JOB,
};

/** The Job of 2.2 that hands settings to pachd. */
const CONFIG_JOB: WorkloadFacts = {
  requests: { cpu: '50m', memory: '64Mi' },
  limits: { cpu: '500m', memory: '256Mi' },
  reach: {},
};

/** What is known of a workload. Throws where it has no row: no port of it would be open. */
export function factsOfWorkload(name: string): WorkloadFacts {
  const facts = name.startsWith(CONFIG_JOB_PREFIX) ? CONFIG_JOB : WORKLOADS[name];
  if (facts === undefined) throw new Error(`the table of workloads has no ${name}`);
  return facts;
}
