import type { Auth, Cluster, StorageBackend, StringMap } from '../model/cluster';
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
import {
  pachdVariables,
  type FixedValue,
  type PachdVariable,
  type PachdWorkload,
  type VariableSource,
} from '../releases/environment';

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
  | 'enterpriseServer'
  | 'console'
  | 'images'
  | 'network'
  | 'loki'
  | 'securityContexts'
  | 'deploymentID'
>;

/** The variables of a workload's container: those of the release, and the document's own on top. */
export function pachdEnvironment(cluster: PachdEnvironmentProps, workload: PachdWorkload): k8s.EnvVar[] {
  const variables = pachdVariables(cluster.release.version, workload).flatMap((variable) => {
    const value = valueOf(variable, cluster);
    return value === undefined ? [] : [variableOf(variable.name, value, workload)];
  });
  const isServer = workload === 'enterpriseServer';
  return replacedBy(cluster[workload]?.environment ?? {}, [
    ...(isServer ? [] : storageVariables(cluster)),
    ...deploymentIdVariables(cluster),
    ...variables,
    ...(workload === 'pachd' || isServer
      ? [...networkVariables(cluster.network), ...furtherClients(cluster)]
      : []),
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

function valueOf(variable: PachdVariable, cluster: PachdEnvironmentProps): Value | undefined {
  return 'value' in variable ? variable.value : SOURCES[variable.from](cluster);
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
  FixedValue | { readonly secret: Place } | { readonly config: Place } | { readonly variable: string };

/** Undefined when the cluster has no such variable. */
type Source = (cluster: PachdEnvironmentProps) => Value | undefined;

/** Where a pod of pachd finds its certificate. */
export const CERTIFICATE_DIRECTORY = '/pachd-tls-cert';

const BACKENDS: Readonly<Record<StorageBackend['kind'], string>> = {
  local: 'LOCAL',
  s3: 'AMAZON',
  minio: 'MINIO',
  gcs: 'GOOGLE',
  azure: 'MICROSOFT',
};

/** Kubernetes sets it in every pod for the Service `<release>-loki`, which Loki has in a Helm release of that name. */
function lokiVariable({ helmReleaseName }: PachdEnvironmentProps, end: 'HOST' | 'PORT'): string {
  return `${helmReleaseName.replace(/[-.]/g, '_').toUpperCase()}_LOKI_SERVICE_${end}`;
}

/** What of a cluster is the value of a variable. Which release has which variable is in `src/releases/environment.ts`. */
const SOURCES: Readonly<Record<VariableSource, Source>> = {
  storageUrl: ({ storage }) => storage.url,
  pachwMinReplicas: ({ pachw }) => String(pachw.minReplicas),
  pachwMaxReplicas: ({ pachw }) => String(pachw.maxReplicas),

  databaseHost: ({ database }) => database.host,
  databasePort: ({ database }) => String(database.port),
  databaseUser: ({ database }) => database.user,
  databaseName: ({ database }) => database.name,
  databasePassword: ({ database }) =>
    database.password === undefined
      ? IAM_LOGIN_PASSWORD
      : { secret: placeOf(database.password, PLACES.databasePassword) },

  lokiEnabled: ({ loki }) => String(loki.enabled),
  lokiHostVariable: (cluster) =>
    cluster.loki.enabled && cluster.loki.host === undefined ? lokiVariable(cluster, 'HOST') : undefined,
  lokiPortVariable: (cluster) =>
    cluster.loki.enabled && cluster.loki.port === undefined ? lokiVariable(cluster, 'PORT') : undefined,
  lokiHost: ({ loki }) => loki.host,
  lokiPort: ({ loki }) => (loki.port === undefined ? undefined : String(loki.port)),
  lokiHostOrService: (cluster) => cluster.loki.host ?? { variable: lokiVariable(cluster, 'HOST') },
  lokiPortOrService: (cluster) =>
    cluster.loki.port === undefined ? { variable: lokiVariable(cluster, 'PORT') } : String(cluster.loki.port),

  storageBackend: ({ storage }) => BACKENDS[storage.backend.kind],
  localDirectory,

  workerImage: ({ pachd }) => pachd.worker.image.reference,
  workerUsesRoot: ({ storage: { backend } }) =>
    backend.kind === 'local' && backend.requireRoot ? 'True' : undefined,
  imagePullSecrets: ({ images }) =>
    images.pullSecrets.length === 0 ? undefined : images.pullSecrets.join(','),
  pachdImage: ({ pachd }) => pachd.image.reference,
  workerImagePullPolicy: ({ pachd }) => pachd.worker.image.pullPolicy,
  workerServiceAccount: ({ pachd }) => pachd.worker.serviceAccount.name,

  metricsEnabled: ({ pachd }) => String(pachd.metrics.enabled),
  metricsEndpoint: ({ pachd }) => pachd.metrics.endpoint,
  goMaxProcs: ({ pachd }) => (pachd.goMaxProcs === undefined ? undefined : String(pachd.goMaxProcs)),
  logLevel: ({ pachd }) => pachd.logLevel,
  requireCriticalServersOnly: ({ pachd }) => String(pachd.requireCriticalServersOnly),
  storageUploads: ({ storage }) => String(storage.uploadConcurrencyLimit),
  storagePutFiles: ({ storage }) => String(storage.putFileConcurrencyLimit),

  certificateDirectory: ({ pachd }) =>
    pachd.tls?.customCertificateAuthority ? CERTIFICATE_DIRECTORY : undefined,
  serverCertificateDirectory: ({ enterpriseServer }) =>
    enterpriseServer?.tls?.customCertificateAuthority ? CERTIFICATE_DIRECTORY : undefined,
  certificateSecretName: ({ pachd }) =>
    pachd.tls?.customCertificateAuthority ? pachd.tls.secretName : undefined,

  securityContexts: ({ securityContexts }) => String(securityContexts),
  preflightChecks: ({ pachd }) => String(pachd.preflightChecks),
  identityDatabase: ({ database }) => (database.identityName === 'dex' ? undefined : database.identityName),
  goMemLimit: ({ pachd }) => pachd.goMemLimit,
  gcPercent: ({ pachd }) => (pachd.gcPercent === undefined ? undefined : String(pachd.gcPercent)),
  publicHost: ({ urls }) => urls.publicHost ?? '',
  // Whether the proxy itself serves TLS: an ingress in front of it does not count, in the official charts either.
  publicTls: ({ access }) => String(access.via === 'proxy' && access.tls !== undefined),
  // pachd makes this Secret itself when it starts, with a token that it knows; one made by anyone else it would hand
  // on without knowing it, and pachw could not log in.
  workerAuthToken: () => ({
    secret: { name: 'pachyderm-pjs-worker-authentication', key: 'pjsWorkerAuthToken' },
  }),

  sessionDuration: withAuth(({ sessionDurationMinutes: minutes }) =>
    minutes === undefined ? undefined : String(minutes),
  ),
  licenseKey: ({ enterprise }) =>
    enterprise?.licenseKey && { secret: placeOf(enterprise.licenseKey, PLACES.licenseKey) },
  enterpriseSecret: ({ enterprise }) =>
    enterprise && sharesEnterpriseSecret(enterprise)
      ? { secret: placeOf(enterprise.secret, PLACES.enterpriseSecret) }
      : undefined,
  isMember: ({ enterprise }) => String(enterprise?.member !== undefined),
  isMemberOrNothing: ({ enterprise }) => enterprise?.member && 'true',
  enterpriseServerAddress: ({ enterprise }) => enterprise?.member?.serverAddress,
  // The official charts write the token itself here, or a reference to a Secret that Kubernetes refuses.
  enterpriseServerToken: ({ enterprise }) =>
    enterprise?.member && {
      secret: placeOf(enterprise.member.serverToken, PLACES.enterpriseServerToken),
    },
  enterpriseCluster: ({ enterprise }) => enterprise?.member && { config: PLACES.enterpriseCluster },
  connectors: (cluster) => {
    const place = readsConnectors(cluster) ? connectorsPlace(cluster) : undefined;
    return place && { secret: place };
  },
  // The official charts leave it out without connectors; then Dex has no issuer and pachd does not start.
  identityConfig: (cluster) =>
    readsConnectors(cluster) || (activeAuth(cluster) && !cluster.enterprise?.member && !cluster.dex)
      ? { config: PLACES.identityConfig }
      : undefined,
  activatesAuth: withAuth(() => 'true'),
  rootToken: withAuth((auth) => ({ secret: placeOf(auth.rootToken, PLACES.rootToken) })),
  authConfig: withAuth(() => ({ secret: PLACES.authConfig })),
  pachdClientSecret: withAuth((auth) => ({ secret: placeOf(auth.clientSecret, PLACES.pachdClientSecret) })),
  ownClients: withAuth(() => ({ config: PLACES.ownClients })),
  trustedPeers: withAuth((_, { identity }) =>
    identity.trustedPeers.length === 0 ? undefined : { config: PLACES.trustedPeers },
  ),
  roleBindings: withAuth((auth) => auth.roleBindings && { secret: PLACES.roleBindings }),
  consoleClientId: ({ console }) => (console.enabled ? console.clientID : undefined),
  consoleClientSecret: ({ console }) =>
    console.enabled ? { secret: placeOf(console.clientSecret, PLACES.consoleClientSecret) } : undefined,
};

/** The value of a variable that exists only where authentication is activated. */
function withAuth(value: (auth: Auth, cluster: PachdEnvironmentProps) => Value | undefined): Source {
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
