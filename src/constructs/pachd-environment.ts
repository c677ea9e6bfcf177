import type { Auth, Cluster, StorageBackend, StringMap } from '../model/cluster';
import { isInRange, type ReleaseRange } from '../releases/release';
import { deploymentIdVariables } from './deployment-id';
import { clientVariables, connectorsPlace } from './identity';
import { IAM_LOGIN_PASSWORD } from '../model/resolve-storage';
import { storageVariables } from './storage-secret';
import {
  configVariable,
  expandedVariable,
  fieldVariable,
  placeOf,
  plainVariable,
  secretVariable,
} from './support/environment';
import { activeAuth, sharesEnterpriseSecret } from '../model/auth-state';
import { k8s } from './support/kubernetes';
import { networkVariables } from './support/network-variables';
import { localDirectory } from './support/local-directory';
import { PLACES, type Place } from '../model/secret-places';

/** What the environment of pachd and pachw is made of. */
export type PachdEnvironmentProps = Pick<
  Cluster,
  | 'helmReleaseName'
  | 'release'
  | 'access'
  | 'urls'
  | 'auth'
  | 'enterprise'
  | 'identity'
  | 'dex'
  | 'storage'
  | 'database'
  | 'pachd'
  | 'pachw'
  | 'console'
  | 'images'
  | 'network'
  | 'loki'
  | 'securityContexts'
  | 'deploymentID'
>;

/** The two workloads that run pachd's program. */
export type PachdWorkload = 'pachd' | 'pachw';

/** The variables of a workload's container: the table below for the release, and the document's own on top. */
export function pachdEnvironment(cluster: PachdEnvironmentProps, workload: PachdWorkload): k8s.EnvVar[] {
  const variables = ROWS.filter(
    (row) => isInRange(cluster.release.version, row) && (row.workloads ?? PACHD).includes(workload),
  ).flatMap((row) => {
    const value = row.value(cluster);
    return value === undefined ? [] : [variableOf(row.name, value, workload)];
  });
  return replacedBy(cluster[workload].environment, [
    ...storageVariables(cluster),
    ...deploymentIdVariables(cluster),
    ...variables,
    ...(workload === 'pachd' ? [...networkVariables(cluster.network), ...furtherClients(cluster)] : []),
  ]);
}

/** The clients besides pachd and Console, where pachd registers clients itself. */
function furtherClients(cluster: PachdEnvironmentProps): k8s.EnvVar[] {
  const registers = cluster.release.bootstrap === 'environment' && activeAuth(cluster) !== undefined;
  return registers ? clientVariables(cluster) : [];
}

/** `variables` with those of the document in their place, and the document's others behind them. */
function replacedBy(own: StringMap, variables: readonly k8s.EnvVar[]): k8s.EnvVar[] {
  const kept = variables.filter(({ name }) => !Object.hasOwn(own, name));
  return [...kept, ...Object.entries(own).map(([name, value]) => expandedVariable(name, value))];
}

function variableOf(name: string, value: Value, workload: PachdWorkload): k8s.EnvVar {
  if (typeof value === 'string') return value === '' ? { name } : plainVariable(name, value);
  if ('secret' in value) return secretVariable(name, value.secret.name, value.secret.key);
  if ('config' in value) return configVariable(name, value.config.name, value.config.key);
  if ('variable' in value) return expandedVariable(name, `$(${value.variable})`);
  if ('field' in value) return fieldVariable(name, value.field);
  // Kubernetes' own default, which the official chart writes for pachw alone; without it the two would not be equal.
  const divisor = workload === 'pachw' ? { divisor: k8s.Quantity.fromString('0') } : {};
  const { resource } = value;
  return { name, valueFrom: { resourceFieldRef: { containerName: workload, resource, ...divisor } } };
}

/** Where the value of a variable comes from. An empty string makes a variable without a value. */
type Value =
  | string
  | { readonly secret: Place }
  | { readonly config: Place }
  | { readonly variable: string }
  | { readonly field: string }
  | { readonly resource: string };

/** One variable, in the releases in which it is written. */
interface Row extends ReleaseRange {
  readonly name: string;
  /** Whose variable it is; missing for pachd's alone. */
  readonly workloads?: readonly PachdWorkload[];
  /** Undefined when the cluster has no such variable. */
  readonly value: (cluster: PachdEnvironmentProps) => Value | undefined;
}

const BACKENDS: Readonly<Record<StorageBackend['kind'], string>> = {
  local: 'LOCAL',
  s3: 'AMAZON',
  gcs: 'GOOGLE',
  azure: 'MICROSOFT',
};

/** Kubernetes sets it in every pod for the Service `<release>-loki`, which Loki has in a Helm release of that name. */
function lokiVariable({ helmReleaseName }: PachdEnvironmentProps, end: 'HOST' | 'PORT'): string {
  return `${helmReleaseName.replace(/[-.]/g, '_').toUpperCase()}_LOKI_SERVICE_${end}`;
}

const PACHD: readonly PachdWorkload[] = ['pachd'];
const PACHW: readonly PachdWorkload[] = ['pachw'];
const BOTH: readonly PachdWorkload[] = ['pachd', 'pachw'];

/**
 * The variables in the order of the official charts 2.2.8, 2.11.6 and 2.12.0-rc.3. Where a boundary between them is not
 * known to the patch, the earlier one is taken: pachd skips variables that it does not know.
 */
const ROWS: readonly Row[] = [
  { name: 'IS_PACHW', workloads: PACHW, value: () => 'true' },
  // In 2.10 the bucket is opened by URL only when this says so; from 2.11 on always.
  { name: 'GOCDK_ENABLED', since: '2.10', before: '2.11', workloads: BOTH, value: () => 'true' },
  { name: 'STORAGE_URL', since: '2.9', workloads: BOTH, value: ({ storage }) => storage.url },
  { name: 'PACHW_MIN_REPLICAS', since: '2.5', value: ({ pachw }) => String(pachw.minReplicas) },
  { name: 'PACHW_MAX_REPLICAS', since: '2.5', value: ({ pachw }) => String(pachw.maxReplicas) },

  { name: 'POSTGRES_HOST', workloads: BOTH, value: ({ database }) => database.host },
  { name: 'POSTGRES_PORT', workloads: BOTH, value: ({ database }) => String(database.port) },
  { name: 'POSTGRES_USER', workloads: BOTH, value: ({ database }) => database.user },
  { name: 'POSTGRES_DATABASE', workloads: BOTH, value: ({ database }) => database.name },
  {
    name: 'POSTGRES_PASSWORD',
    workloads: BOTH,
    value: ({ database }) =>
      database.password === undefined
        ? IAM_LOGIN_PASSWORD
        : { secret: placeOf(database.password, PLACES.databasePassword) },
  },
  { name: 'PG_BOUNCER_HOST', workloads: BOTH, value: () => 'pg-bouncer' },
  { name: 'PG_BOUNCER_PORT', workloads: BOTH, value: () => '5432' },

  { name: 'LOKI_LOGGING', value: ({ loki }) => String(loki.enabled) },
  // Before 2.3 pachd takes the names of the two variables, and LOKI_SERVICE_HOST and _PORT unless told others.
  {
    name: 'LOKI_SERVICE_HOST_VAR',
    before: '2.3',
    value: (cluster) =>
      cluster.loki.enabled && cluster.loki.host === undefined ? lokiVariable(cluster, 'HOST') : undefined,
  },
  {
    name: 'LOKI_SERVICE_PORT_VAR',
    before: '2.3',
    value: (cluster) =>
      cluster.loki.enabled && cluster.loki.port === undefined ? lokiVariable(cluster, 'PORT') : undefined,
  },
  { name: 'LOKI_SERVICE_HOST', before: '2.3', value: ({ loki }) => loki.host },
  {
    name: 'LOKI_SERVICE_PORT',
    before: '2.3',
    value: ({ loki }) => (loki.port === undefined ? undefined : String(loki.port)),
  },
  {
    name: 'LOKI_SERVICE_HOST',
    since: '2.3',
    value: (cluster) => cluster.loki.host ?? { variable: lokiVariable(cluster, 'HOST') },
  },
  {
    name: 'LOKI_SERVICE_PORT',
    since: '2.3',
    value: (cluster) =>
      cluster.loki.port === undefined
        ? { variable: lokiVariable(cluster, 'PORT') }
        : String(cluster.loki.port),
  },

  { name: 'PACH_ROOT', workloads: BOTH, value: () => '/pach' },
  { name: 'ETCD_PREFIX', workloads: BOTH, value: () => '' },
  { name: 'STORAGE_BACKEND', workloads: BOTH, value: ({ storage }) => BACKENDS[storage.backend.kind] },
  { name: 'STORAGE_HOST_PATH', workloads: BOTH, value: localDirectory },

  { name: 'WORKER_IMAGE', value: ({ pachd }) => pachd.worker.image.reference },
  {
    name: 'WORKER_USES_ROOT',
    value: ({ storage: { backend } }) =>
      backend.kind === 'local' && backend.requireRoot ? 'True' : undefined,
  },
  {
    name: 'IMAGE_PULL_SECRETS',
    workloads: BOTH,
    value: ({ images }) => (images.pullSecrets.length === 0 ? undefined : images.pullSecrets.join(',')),
  },
  { name: 'WORKER_SIDECAR_IMAGE', value: ({ pachd }) => pachd.image.reference },
  { name: 'WORKER_IMAGE_PULL_POLICY', value: ({ pachd }) => pachd.worker.image.pullPolicy },
  { name: 'WORKER_SERVICE_ACCOUNT', value: ({ pachd }) => pachd.worker.serviceAccount.name },

  { name: 'METRICS', value: ({ pachd }) => String(pachd.metrics.enabled) },
  { name: 'METRICS_ENDPOINT', value: ({ pachd }) => pachd.metrics.endpoint },
  {
    name: 'GOMAXPROCS',
    workloads: BOTH,
    value: ({ pachd }) => (pachd.goMaxProcs === undefined ? undefined : String(pachd.goMaxProcs)),
  },
  { name: 'LOG_FORMAT', before: '2.3', value: () => 'text' },
  { name: 'LOG_LEVEL', before: '2.5', value: ({ pachd }) => pachd.logLevel },
  { name: 'PACHYDERM_LOG_LEVEL', since: '2.5', workloads: BOTH, value: ({ pachd }) => pachd.logLevel },
  { name: 'PACH_NAMESPACE', workloads: BOTH, value: () => ({ field: 'metadata.namespace' }) },
  {
    name: 'REQUIRE_CRITICAL_SERVERS_ONLY',
    value: ({ pachd }) => String(pachd.requireCriticalServersOnly),
  },
  { name: 'PACHD_POD_NAME', workloads: BOTH, value: () => ({ field: 'metadata.name' }) },
  { name: 'PPS_WORKER_GRPC_PORT', value: () => '1080' },
  { name: 'PPS_WORKER_PREPROCESSING', since: '2.7', value: () => 'false' },

  {
    name: 'STORAGE_UPLOAD_CONCURRENCY_LIMIT',
    workloads: BOTH,
    value: ({ storage }) => String(storage.uploadConcurrencyLimit),
  },
  {
    name: 'STORAGE_PUT_FILE_CONCURRENCY_LIMIT',
    workloads: BOTH,
    value: ({ storage }) => String(storage.putFileConcurrencyLimit),
  },
  { name: 'STORAGE_COMPACTION_SHARD_SIZE_THRESHOLD', since: '2.4', workloads: BOTH, value: () => '0' },
  { name: 'STORAGE_COMPACTION_SHARD_COUNT_THRESHOLD', since: '2.4', workloads: BOTH, value: () => '0' },
  { name: 'STORAGE_COMPACTION_MAX_FANIN', since: '2.5', workloads: BOTH, value: () => '10' },
  { name: 'STORAGE_FILESETS_MAX_OPEN', since: '2.5', workloads: BOTH, value: () => '50' },
  { name: 'STORAGE_DISK_CACHE_SIZE', since: '2.5', workloads: BOTH, value: () => '100' },
  { name: 'STORAGE_MEMORY_CACHE_SIZE', since: '2.5', workloads: BOTH, value: () => '100' },

  {
    name: 'SSL_CERT_DIR',
    value: ({ pachd }) => (pachd.tls?.customCertificateAuthority ? '/pachd-tls-cert' : undefined),
  },
  {
    name: 'TLS_CERT_SECRET_NAME',
    value: ({ pachd }) => (pachd.tls?.customCertificateAuthority ? pachd.tls.secretName : undefined),
  },

  {
    name: 'ENABLE_WORKER_SECURITY_CONTEXTS',
    value: ({ securityContexts }) => String(securityContexts),
  },
  { name: 'ENABLE_PREFLIGHT_CHECKS', since: '2.4', value: ({ pachd }) => String(pachd.preflightChecks) },
  { name: 'UNPAUSED_MODE', value: () => 'full' },
  {
    name: 'IDENTITY_SERVER_DATABASE',
    value: ({ database }) => (database.identityName === 'dex' ? undefined : database.identityName),
  },
  {
    name: 'K8S_MEMORY_REQUEST',
    since: '2.5',
    workloads: BOTH,
    value: () => ({ resource: 'requests.memory' }),
  },
  { name: 'K8S_MEMORY_LIMIT', since: '2.5', workloads: BOTH, value: () => ({ resource: 'limits.memory' }) },
  { name: 'GOMEMLIMIT', value: ({ pachd }) => pachd.goMemLimit },
  {
    name: 'GC_PERCENT',
    value: ({ pachd }) => (pachd.gcPercent === undefined ? undefined : String(pachd.gcPercent)),
  },
  { name: 'GOCOVERDIR', since: '2.6', value: () => '/tmp' },
  { name: 'PACHYDERM_PUBLIC_HOST', since: '2.6', value: ({ urls }) => urls.publicHost ?? '' },
  // Whether the proxy itself serves TLS: an ingress in front of it does not count, in the official charts either.
  {
    name: 'PACHYDERM_PUBLIC_TLS',
    since: '2.6',
    value: ({ access }) => String(access.via === 'proxy' && access.tls !== undefined),
  },
  {
    name: 'PJS_WORKER_AUTH_TOKEN',
    since: '2.12',
    workloads: PACHW,
    // pachd makes this Secret itself when it starts, with a token that it knows; one made by anyone else it would hand
    // on without knowing it, and pachw could not log in.
    value: () => ({ secret: { name: 'pachyderm-pjs-worker-authentication', key: 'pjsWorkerAuthToken' } }),
  },

  {
    name: 'SESSION_DURATION_MINUTES',
    value: withAuth(({ sessionDurationMinutes: minutes }) =>
      minutes === undefined ? undefined : String(minutes),
    ),
  },
  // From here on only what pachd bootstraps itself from; before 2.3 a Job does that.
  {
    name: 'LICENSE_KEY',
    since: '2.3',
    value: ({ enterprise }) =>
      enterprise?.licenseKey && { secret: placeOf(enterprise.licenseKey, PLACES.licenseKey) },
  },
  {
    name: 'ENTERPRISE_SECRET',
    since: '2.3',
    value: ({ enterprise }) =>
      enterprise && sharesEnterpriseSecret(enterprise)
        ? { secret: placeOf(enterprise.secret, PLACES.enterpriseSecret) }
        : undefined,
  },
  {
    name: 'ENTERPRISE_MEMBER',
    since: '2.2.3',
    before: '2.3',
    value: ({ enterprise }) => String(enterprise?.member !== undefined),
  },
  { name: 'ENTERPRISE_MEMBER', since: '2.3', value: ({ enterprise }) => enterprise?.member && 'true' },
  {
    name: 'ENTERPRISE_SERVER_ADDRESS',
    since: '2.3',
    value: ({ enterprise }) => enterprise?.member?.serverAddress,
  },
  {
    name: 'ENTERPRISE_SERVER_TOKEN',
    since: '2.3',
    // The official charts write the token itself here, or a reference to a Secret that Kubernetes refuses.
    value: ({ enterprise }) =>
      enterprise?.member && {
        secret: placeOf(enterprise.member.serverToken, PLACES.enterpriseServerToken),
      },
  },
  {
    name: 'ENTERPRISE_MEMBER_CONFIG',
    since: '2.3',
    value: ({ enterprise }) => enterprise?.member && { config: PLACES.enterpriseCluster },
  },
  {
    name: 'IDP_CONNECTORS',
    since: '2.3',
    value: (cluster) => {
      const place = readsConnectors(cluster) ? connectorsPlace(cluster) : undefined;
      return place && { secret: place };
    },
  },
  {
    name: 'IDP_CONFIG',
    since: '2.3',
    // The official charts leave it out without connectors; then Dex has no issuer and pachd does not start.
    value: (cluster) =>
      readsConnectors(cluster) || (activeAuth(cluster) && !cluster.enterprise?.member && !cluster.dex)
        ? { config: PLACES.identityConfig }
        : undefined,
  },
  { name: 'ACTIVATE_AUTH', since: '2.3', value: withAuth(() => 'true') },
  {
    name: 'AUTH_ROOT_TOKEN',
    since: '2.3',
    value: withAuth((auth) => ({ secret: placeOf(auth.rootToken, PLACES.rootToken) })),
  },
  { name: 'AUTH_CONFIG', since: '2.3', value: withAuth(() => ({ secret: PLACES.authConfig })) },
  {
    name: 'AUTH_CLIENT_SECRET',
    since: '2.3',
    value: withAuth((auth) => ({ secret: placeOf(auth.clientSecret, PLACES.pachdClientSecret) })),
  },
  { name: 'IDP_CLIENTS', since: '2.3', value: withAuth(() => ({ config: PLACES.ownClients })) },
  {
    name: 'TRUSTED_PEERS',
    since: '2.3',
    value: withAuth((_, { identity }) =>
      identity.trustedPeers.length === 0 ? undefined : { config: PLACES.trustedPeers },
    ),
  },
  {
    name: 'AUTH_CLUSTER_RBAC',
    since: '2.3',
    value: withAuth((auth) => auth.roleBindings && { secret: PLACES.roleBindings }),
  },
  {
    name: 'CONSOLE_OAUTH_ID',
    since: '2.3',
    value: ({ console }) => (console.enabled ? console.clientID : undefined),
  },
  {
    name: 'CONSOLE_OAUTH_SECRET',
    since: '2.3',
    value: ({ console }) =>
      console.enabled ? { secret: placeOf(console.clientSecret, PLACES.consoleClientSecret) } : undefined,
  },
];

/** The value of a variable that exists only where authentication is activated. */
function withAuth(value: (auth: Auth, cluster: PachdEnvironmentProps) => Value | undefined): Row['value'] {
  return (cluster) => {
    const auth = activeAuth(cluster);
    return auth && value(auth, cluster);
  };
}

/** Whether pachd sets up Dex's connectors: in releases with a license only with one, authentication or not. */
function readsConnectors(cluster: PachdEnvironmentProps): boolean {
  const { enterprise, release } = cluster;
  return (
    connectorsPlace(cluster) !== undefined && (!release.needsLicense || enterprise?.licenseKey !== undefined)
  );
}
