import { isInRange, type ReleaseBound, type ReleaseVersion } from './release';

/** The workloads that run pachd's program. */
export type PachdWorkload = 'pachd' | 'pachw' | 'enterpriseServer' | 'preflightJob' | 'restoreSnapshot';

/** A value that no document decides: a string, or what Kubernetes knows of the pod. */
export type FixedValue = string | { readonly field: string } | { readonly resource: string };

/** One variable of pachd's program, in the releases in which it is written. */
interface VariableRow {
  readonly name: string;
  readonly since?: ReleaseBound;
  readonly before?: ReleaseBound;
  /** Whose variable it is; missing for pachd's alone. */
  readonly workloads?: readonly PachdWorkload[];
  /** Its value where no document decides it. */
  readonly value?: FixedValue;
  /** What of the cluster is its value otherwise: a name that `src/constructs/pachd-environment.ts` gives the value of. */
  readonly from?: string;
}

const PACHW = ['pachw'] as const;
const BOTH = ['pachd', 'pachw'] as const;
const SERVER = ['enterpriseServer'] as const;
const SERVERS = ['pachd', 'enterpriseServer'] as const;
const STORING = ['pachd', 'pachw', 'restoreSnapshot'] as const;
const LIMITED = ['pachd', 'pachw', 'preflightJob', 'restoreSnapshot'] as const;
const ALL = ['pachd', 'pachw', 'enterpriseServer', 'preflightJob', 'restoreSnapshot'] as const;

/**
 * The variables in the order of the official charts 2.2.8, 2.11.6 and 2.12.0-rc.3. Where a boundary between them is not
 * known to the patch, the earlier one is taken: pachd skips variables that it does not know.
 */
const ROWS = [
  { name: 'IS_PACHW', workloads: PACHW, value: 'true' },
  // In 2.10 the bucket is opened by URL only when this says so; from 2.11 on always.
  { name: 'GOCDK_ENABLED', since: '2.10', before: '2.11', workloads: BOTH, value: 'true' },
  { name: 'STORAGE_URL', since: '2.9', workloads: STORING, from: 'storageUrl' },
  { name: 'PACHW_MIN_REPLICAS', since: '2.5', from: 'pachwMinReplicas' },
  { name: 'PACHW_MAX_REPLICAS', since: '2.5', from: 'pachwMaxReplicas' },

  { name: 'POSTGRES_HOST', workloads: ALL, from: 'databaseHost' },
  { name: 'POSTGRES_PORT', workloads: ALL, from: 'databasePort' },
  { name: 'POSTGRES_USER', workloads: ALL, from: 'databaseUser' },
  { name: 'POSTGRES_DATABASE', workloads: ALL, from: 'databaseName' },
  { name: 'POSTGRES_PASSWORD', workloads: ALL, from: 'databasePassword' },
  { name: 'PG_BOUNCER_HOST', workloads: ALL, value: 'pg-bouncer' },
  { name: 'PG_BOUNCER_PORT', workloads: ALL, value: '5432' },

  { name: 'LOKI_LOGGING', from: 'lokiEnabled' },
  // Before 2.3 pachd takes the names of the two variables, and LOKI_SERVICE_HOST and _PORT unless told others.
  { name: 'LOKI_SERVICE_HOST_VAR', before: '2.3', from: 'lokiHostVariable' },
  { name: 'LOKI_SERVICE_PORT_VAR', before: '2.3', from: 'lokiPortVariable' },
  { name: 'LOKI_SERVICE_HOST', before: '2.3', from: 'lokiHost' },
  { name: 'LOKI_SERVICE_PORT', before: '2.3', from: 'lokiPort' },
  { name: 'LOKI_SERVICE_HOST', since: '2.3', from: 'lokiHostOrService' },
  { name: 'LOKI_SERVICE_PORT', since: '2.3', from: 'lokiPortOrService' },

  { name: 'PACH_ROOT', workloads: STORING, value: '/pach' },
  { name: 'ETCD_PREFIX', workloads: BOTH, value: '' },
  { name: 'STORAGE_BACKEND', workloads: STORING, from: 'storageBackend' },
  { name: 'SNAPSHOT_ID', workloads: ['restoreSnapshot'], from: 'snapshotId' },
  { name: 'STORAGE_HOST_PATH', workloads: BOTH, from: 'localDirectory' },

  { name: 'WORKER_IMAGE', from: 'workerImage' },
  { name: 'WORKER_USES_ROOT', from: 'workerUsesRoot' },
  { name: 'IMAGE_PULL_SECRETS', workloads: BOTH, from: 'imagePullSecrets' },
  { name: 'WORKER_SIDECAR_IMAGE', from: 'pachdImage' },
  { name: 'WORKER_IMAGE_PULL_POLICY', from: 'workerImagePullPolicy' },
  { name: 'WORKER_SERVICE_ACCOUNT', from: 'workerServiceAccount' },

  { name: 'METRICS', from: 'metricsEnabled' },
  { name: 'METRICS_ENDPOINT', from: 'metricsEndpoint' },
  { name: 'GOMAXPROCS', workloads: BOTH, from: 'goMaxProcs' },
  { name: 'LOG_FORMAT', before: '2.3', value: 'text' },
  { name: 'LOG_LEVEL', before: '2.5', from: 'logLevel' },
  { name: 'PACHYDERM_LOG_LEVEL', since: '2.5', workloads: BOTH, from: 'logLevel' },
  { name: 'PACH_NAMESPACE', workloads: BOTH, value: { field: 'metadata.namespace' } },
  { name: 'REQUIRE_CRITICAL_SERVERS_ONLY', from: 'requireCriticalServersOnly' },
  { name: 'PACHD_POD_NAME', workloads: BOTH, value: { field: 'metadata.name' } },
  { name: 'PPS_WORKER_GRPC_PORT', value: '1080' },
  { name: 'PPS_WORKER_PREPROCESSING', since: '2.7', value: 'false' },

  { name: 'STORAGE_UPLOAD_CONCURRENCY_LIMIT', workloads: BOTH, from: 'storageUploads' },
  { name: 'STORAGE_PUT_FILE_CONCURRENCY_LIMIT', workloads: BOTH, from: 'storagePutFiles' },
  { name: 'STORAGE_COMPACTION_SHARD_SIZE_THRESHOLD', since: '2.4', workloads: BOTH, value: '0' },
  { name: 'STORAGE_COMPACTION_SHARD_COUNT_THRESHOLD', since: '2.4', workloads: BOTH, value: '0' },
  { name: 'STORAGE_COMPACTION_MAX_FANIN', since: '2.5', workloads: BOTH, value: '10' },
  { name: 'STORAGE_FILESETS_MAX_OPEN', since: '2.5', workloads: BOTH, value: '50' },
  { name: 'STORAGE_DISK_CACHE_SIZE', since: '2.5', workloads: BOTH, value: '100' },
  { name: 'STORAGE_MEMORY_CACHE_SIZE', since: '2.5', workloads: BOTH, value: '100' },

  { name: 'SSL_CERT_DIR', from: 'certificateDirectory' },
  { name: 'SSL_CERT_DIR', workloads: SERVER, from: 'serverCertificateDirectory' },
  { name: 'TLS_CERT_SECRET_NAME', from: 'certificateSecretName' },

  { name: 'ENABLE_WORKER_SECURITY_CONTEXTS', from: 'securityContexts' },
  { name: 'ENABLE_PREFLIGHT_CHECKS', since: '2.3', from: 'preflightChecks' },
  { name: 'UNPAUSED_MODE', value: 'full' },
  { name: 'IDENTITY_SERVER_DATABASE', workloads: SERVERS, from: 'identityDatabase' },
  { name: 'K8S_MEMORY_REQUEST', since: '2.5', workloads: LIMITED, value: { resource: 'requests.memory' } },
  { name: 'K8S_MEMORY_LIMIT', since: '2.5', workloads: LIMITED, value: { resource: 'limits.memory' } },
  { name: 'GOMEMLIMIT', from: 'goMemLimit' },
  { name: 'GC_PERCENT', from: 'gcPercent' },
  { name: 'GOCOVERDIR', since: '2.6', value: '/tmp' },
  { name: 'PACHYDERM_PUBLIC_HOST', since: '2.6', from: 'publicHost' },
  { name: 'PACHYDERM_PUBLIC_TLS', since: '2.6', from: 'publicTls' },
  { name: 'PJS_WORKER_AUTH_TOKEN', since: '2.12', workloads: PACHW, from: 'workerAuthToken' },

  { name: 'SESSION_DURATION_MINUTES', workloads: SERVERS, from: 'sessionDuration' },
  // From here on only what pachd bootstraps itself from; before 2.3 a Job does that.
  { name: 'LICENSE_KEY', since: '2.3', workloads: SERVERS, from: 'licenseKey' },
  { name: 'ENTERPRISE_SECRET', since: '2.3', workloads: SERVERS, from: 'enterpriseSecret' },
  { name: 'ENTERPRISE_MEMBER', since: '2.2.3', before: '2.3', from: 'isMember' },
  { name: 'ENTERPRISE_MEMBER', since: '2.3', from: 'isMemberOrNothing' },
  { name: 'ENTERPRISE_SERVER_ADDRESS', since: '2.3', from: 'enterpriseServerAddress' },
  { name: 'ENTERPRISE_SERVER_TOKEN', since: '2.3', from: 'enterpriseServerToken' },
  { name: 'ENTERPRISE_MEMBER_CONFIG', since: '2.3', from: 'enterpriseCluster' },
  { name: 'IDP_CONNECTORS', since: '2.3', workloads: SERVERS, from: 'connectors' },
  { name: 'IDP_CONFIG', since: '2.3', workloads: SERVERS, from: 'identityConfig' },
  { name: 'ACTIVATE_AUTH', since: '2.3', workloads: SERVERS, from: 'activatesAuth' },
  { name: 'AUTH_ROOT_TOKEN', since: '2.3', workloads: SERVERS, from: 'rootToken' },
  { name: 'AUTH_CONFIG', since: '2.3', workloads: SERVERS, from: 'authConfig' },
  { name: 'AUTH_CLIENT_SECRET', since: '2.3', workloads: SERVERS, from: 'pachdClientSecret' },
  { name: 'IDP_CLIENTS', since: '2.3', workloads: SERVERS, from: 'ownClients' },
  { name: 'TRUSTED_PEERS', since: '2.3', workloads: SERVERS, from: 'trustedPeers' },
  { name: 'AUTH_CLUSTER_RBAC', since: '2.3', workloads: SERVERS, from: 'roleBindings' },
  { name: 'CONSOLE_OAUTH_ID', since: '2.3', workloads: SERVERS, from: 'consoleClientId' },
  { name: 'CONSOLE_OAUTH_SECRET', since: '2.3', workloads: SERVERS, from: 'consoleClientSecret' },
] as const satisfies readonly VariableRow[];

/** Everything of a cluster that is the value of a variable. */
export type VariableSource = Extract<(typeof ROWS)[number], { readonly from: string }>['from'];

/** A variable that a release has: with its value, or with what of the cluster is its value. */
export type PachdVariable = { readonly name: string } & (
  { readonly value: FixedValue } | { readonly from: VariableSource }
);

/** The variables of a workload in a release, in order. */
export function pachdVariables(release: ReleaseVersion, workload: PachdWorkload): readonly PachdVariable[] {
  return ROWS.filter(
    (row: VariableRow) => isInRange(release, row) && (row.workloads ?? ['pachd']).includes(workload),
  );
}
