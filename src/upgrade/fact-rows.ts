import type { Cluster } from '../model/cluster';
import type { RELEASE_FLAGS, ReleaseFlag, ReleaseTraits } from '../releases/release-traits';
import type { Audience, Move } from './difference';

/** What a difference of the table of facts means. */
interface FactRow {
  readonly audience: Audience;
  /** What is to be done. */
  readonly todo?: (move: Move) => string | undefined;
  /** Whether a cluster has the part at all. @default every cluster has it */
  readonly concerns?: (move: Move) => boolean;
  /** What of the objects changes because of it. */
  readonly explains?: readonly RegExp[];
}

/** What is said when a release begins to do something, and when it no longer does. */
type FlagRow<Range> = FactRow &
  (Range extends { readonly since: string } ? { readonly comes: string } : unknown) &
  (Range extends { readonly before: string } ? { readonly goes: string } : unknown);

type FlagRows = { readonly [Flag in ReleaseFlag]: FlagRow<(typeof RELEASE_FLAGS)[Flag]> };

/** What changes when a trait has another value. */
interface TraitRow extends FactRow {
  readonly says: (before: string, after: string) => string;
}

/** Traits that say again what a flag or a table of its own says. */
type SaidElsewhere = 'version' | 'bootstrap' | 'connectorForm' | 'connectorTarget' | 'roles';

/** Paths of everything in the traits that is not a mapping: `images.etcd`, `pachdUserID`. */
export type TraitPath = PathsOf<Omit<ReleaseTraits, ReleaseFlag | SaidElsewhere>>;

type PathsOf<Traits> = {
  [Key in keyof Traits & string]: Key extends 'resources'
    ? Key
    : Traits[Key] extends string | number | boolean
      ? Key
      : `${Key}.${PathsOf<Traits[Key]>}`;
}[keyof Traits & string];

const hasAuth = ({ before }: Move): boolean => before.auth !== undefined;
const hasOwnDex = ({ before }: Move): boolean => hasAuth({ before, after: before }) && !before.dex;
const hasConsole = ({ after }: Move): boolean => after.console.enabled;
const keepsProxy = ({ before, after }: Move): boolean =>
  before.access.proxy.enabled && after.access.proxy.enabled;
const hasPostgres = ({ after }: Move): boolean => after.database.internal !== undefined;
const hasCloudSql = ({ after }: Move): boolean => after.database.cloudSqlProxy !== undefined;
const isStoredIn =
  (...kinds: readonly Cluster['storage']['backend']['kind'][]) =>
  ({ after }: Move): boolean =>
    kinds.includes(after.storage.backend.kind);

/** What follows from how the cluster is reached. */
const URLS =
  /^Deployment\/console .*env\[name=(ISSUER_URI|REACT_APP_RUNTIME_(ISSUER_URI|SUBSCRIPTIONS_PREFIX)|OAUTH_REDIRECT_URI)\]/;

/** The mark by which Pods restart when their configuration changes. */
const CHECKSUM = /^Deployment\/\S+ .*annotations\["pachkit\.dev\/configuration-checksum"\]/;

/** Workloads that run pachd's program. */
const PACHD = String.raw`(Deployment/(pachd|pachw|pach-enterprise)|Job/\S+)`;

/**
 * What a release that begins to do something, or no longer does it, means for a cluster that moves to it: a row for every
 * flag of the table, which the compiler asks for.
 */
export const FLAG_ROWS: FlagRows = {
  hasBootstrapJob: {
    audience: 'operators',
    goes: 'pachd bootstraps itself from its environment at every start; the Job that read the Secret pachyderm-bootstrap-config is gone, so a change of a connector, client or binding takes effect with a restart of pachd and no Job has to run',
    concerns: hasAuth,
    explains: [
      /^Job\/pachyderm-config-/,
      /^Secret\/pachyderm-(bootstrap-config|auth|license|enterprise|identity)( |$)/,
      /^ConfigMap\/pachyderm-identity-config( |$)/,
      CHECKSUM,
    ],
  },
  decodesWithProtojson: {
    audience: 'operators',
    comes:
      'pachctl, not pachd, refuses a connector whose `config` is not a mapping, and pachd decodes connectors strictly',
    concerns: hasOwnDex,
  },
  identityTablesAreOriginal: {
    audience: 'operators',
    comes:
      'the tables of the Dex inside become those of Dex itself: pachd changes them when it starts, so its database is part of the backup',
    concerns: hasOwnDex,
  },
  needsLicense: {
    audience: 'operators',
    goes: 'there are no licenses and no enterprise servers any more: authentication works without a license key',
    concerns: ({ before }) => before.enterprise !== undefined,
    todo: () => 'remove the section `enterprise`',
    explains: [
      /^Secret\/pachyderm-(license|enterprise)( |$)/,
      /^ConfigMap\/pachyderm-enterprise-config( |$)/,
      /^Deployment\/\S+ .*env\[name=(LICENSE_KEY|ENTERPRISE_\w+)\]/,
      CHECKSUM,
    ],
  },
  hasProxy: {
    audience: 'operators',
    comes: 'the Envoy proxy exists: `access.via: proxy` serves Console, pachctl and logins on one port',
    explains: [/^\S+\/pachyderm-proxy( |$)/],
  },
  usesProxyByDefault: {
    audience: 'operators',
    comes: 'a document that does not say `access.via` gets the proxy, and an Ingress leads to the proxy',
    todo: ({ before, after }) =>
      before.access.via === after.access.via && before.access.ingress.through === after.access.ingress.through
        ? undefined
        : 'write access.via (and access.ingress.through) to keep the way in that there is, or move DNS and firewalls to the proxy',
    concerns: ({ before, after }) =>
      before.access.via !== after.access.via ||
      before.access.ingress.through !== after.access.ingress.through,
    explains: [/^\S+\/pachyderm-proxy( |$)/, /^Ingress\//, /^Service\/\S+-proxy-backend/, URLS],
  },
  proxyIsReachedAsLocalhost: {
    audience: 'users',
    comes: 'a proxy without a host is reached as plain localhost, and not at the old ports',
    concerns: ({ after }) => after.access.proxy.enabled && after.access.host === undefined,
    explains: [URLS],
  },
  hasRestApi: {
    audience: 'users',
    comes: "pachd's API is spoken over HTTP with JSON as well, below /api/",
    explains: [/^ConfigMap\/pachyderm-proxy/],
  },
  ingressIssuerIsReachable: {
    audience: 'operators',
    goes: 'behind an Ingress pachd reaches its own Dex on localhost, and names the issuer for browsers apart from it',
    concerns: ({ before }) => before.access.via === 'ingress' && !before.dex,
  },
  hasPachw: {
    audience: 'operators',
    comes:
      'pachw takes over work on storage: a Deployment that pachd scales between two sizes (section `pachw`)',
    explains: [/^\S+\/pachw( |$)/],
  },
  hasContainerSecurityContexts: {
    audience: 'operators',
    comes:
      'containers get security contexts: no privilege escalation, a read-only root file system, and the profile RuntimeDefault',
    concerns: ({ after }) => after.securityContexts,
    explains: [
      /^(Deployment|StatefulSet)\/\S+ .*securityContext/,
      /^Deployment\/console .*(volumes|volumeMounts)$/,
    ],
  },
  postgresWaitsForInitialization: {
    audience: 'operators',
    goes: 'the bundled PostgreSQL counts as ready when it answers, and no longer waits for a mark of its set-up',
    concerns: hasPostgres,
    explains: [/^StatefulSet\/postgres .*readinessProbe/],
  },
  lokiByDefault: {
    audience: 'operators',
    comes: 'pachd asks Loki for logs unless told otherwise',
    todo: ({ before, after }) =>
      before.loki.enabled === after.loki.enabled
        ? undefined
        : 'write loki: { enabled: false } where there is no Loki',
    explains: [new RegExp(`^${PACHD} .*\\[name=LOKI_`)],
  },
  usesStorageUrl: {
    audience: 'operators',
    comes: 'pachd opens the bucket by a URL, and no longer by keys of the storage secret alone',
    concerns: isStoredIn('s3', 'gcs', 'azure', 'minio'),
  },
  hasMinioBackend: {
    audience: 'operators',
    goes: 'pachd has no client of its own for MinIO any more, and refuses `storage.minio`',
    concerns: ({ before }) => before.storage.backend.kind === 'minio',
    todo: () => 'write storage.s3 with the endpoint of MinIO, which works in every release',
  },
  hasPreflightJob: {
    audience: 'operators',
    comes: 'a Job can try the migration of the database before an upgrade (section `preflightJob`)',
  },
  hasSnapshots: {
    audience: 'operators',
    comes: 'pachd takes snapshots of its database, and a Job restores one (section `restoreSnapshot`)',
  },
  chartNeedsStorageUrl: {
    audience: 'chart',
    comes: 'the official chart wants pachd.storage.storageURL for every deployment target but LOCAL',
  },
  chartKeepsServersApart: {
    audience: 'chart',
    comes: 'the official chart refuses pachd and an enterprise server in one release of Helm',
    goes: 'the official chart takes pachd and an enterprise server in one release of Helm',
  },
  chartServerReadsConsoleID: {
    audience: 'chart',
    comes:
      "the official chart's enterprise server needs the client id of Console in the Secret of Console, where the chart does not write it; charts before 2.11 were not compared",
    goes: "the official chart's enterprise server does not need the client id of Console",
  },
  chartWantsDeterminedPassword: {
    audience: 'chart',
    comes: 'the official chart stops where the bundled Determined has no first password',
  },
  configuresClients: {
    audience: 'operators',
    comes: 'further clients of Dex can stand in a Secret of the namespace (`identity.clientsFrom`)',
    concerns: hasOwnDex,
  },
  chartKnowsProxyHost: {
    audience: 'chart',
    comes: 'the official chart derives the issuer from proxy.host; before, from that of the Ingress alone',
  },
  chartMockCreatesProjects: {
    audience: 'chart',
    comes: 'the mock login of the official chart binds allClusterUsers to projectCreator',
  },
  hasProjects: {
    audience: 'users',
    comes:
      'there are projects: repositories and pipelines that exist are in the project `default`, subjects of pipelines are `pipeline:PROJECT/NAME`, and projectCreator, which every user has unless bindings say otherwise, lets people make more',
    todo: ({ before }) =>
      before.auth?.roleBindings && before.auth.roleBindings['allClusterUsers'] === undefined
        ? 'bind projectCreator to allClusterUsers, or to those who should create projects'
        : undefined,
  },
};

const image =
  (name: string) =>
  (before: string, after: string): string =>
    `${name} runs ${after} in place of ${before}`;

const probes = (what: string): string =>
  `Kubernetes asks ${what} whether it is ready and alive, and restarts it when it hangs`;

/** What another value of a trait means: a row for every one, which the compiler asks for. */
export const TRAIT_ROWS: Readonly<Record<TraitPath, TraitRow>> = {
  userAccessibleIssuerForm: {
    audience: 'operators',
    says: () => '`user_accessible_issuer_host` of pachd is a URL, and no longer a bare host and port',
    concerns: hasAuth,
  },
  pachdUserID: {
    audience: 'operators',
    says: (before, after) => `pachd and pachw run as user and group ${after} in place of ${before}`,
    concerns: ({ after }) => after.securityContexts,
    todo: ({ after }) =>
      after.storage.backend.kind === 'local' && !after.storage.backend.requireRoot
        ? `hand over the files of ${after.storage.backend.hostPath} on the node first: Kubernetes does not change the owner of a hostPath`
        : undefined,
    explains: [/(runAsUser|runAsGroup|fsGroup)$/],
  },
  defaultRegistry: {
    audience: 'operators',
    says: (before, after) =>
      `images are pulled from ${after === '' ? 'the default registry of the nodes' : after}, which their names say${before === '' ? '' : ` in place of ${before}`}; \`images.registry\` puts another in its place`,
    explains: [/\.(image)$/, /\[name=\w*IMAGE\]/],
  },
  'images.pachd': {
    audience: 'operators',
    says: image('pachd'),
    explains: [new RegExp(`^${PACHD} .*\\.image$`), /\[name=WORKER_SIDECAR_IMAGE\]/],
  },
  'images.worker': {
    audience: 'operators',
    says: (before, after) => `pipelines run ${after} in place of ${before}: pachd starts their workers anew`,
    explains: [/\[name=WORKER_IMAGE\]/],
  },
  'images.console': {
    audience: 'users',
    says: image('Console'),
    concerns: hasConsole,
    explains: [/^Deployment\/console .*\.image$/],
  },
  'images.etcd': { audience: 'operators', says: image('etcd'), explains: [/^StatefulSet\/etcd .*\.image$/] },
  'images.pgBouncer': {
    audience: 'operators',
    says: image('pg-bouncer'),
    explains: [/^Deployment\/pg-bouncer .*\.image$/],
  },
  'images.postgres': {
    audience: 'operators',
    says: image('the bundled PostgreSQL'),
    concerns: hasPostgres,
    explains: [/^StatefulSet\/postgres .*\.image$/],
  },
  'images.envoy': {
    audience: 'operators',
    says: image('the proxy'),
    concerns: keepsProxy,
    explains: [/^Deployment\/pachyderm-proxy .*\.image$/],
  },
  'images.configPod': { audience: 'operators', says: image('the bootstrap Job') },
  'images.cloudSqlProxy': {
    audience: 'operators',
    says: image('the Cloud SQL Auth Proxy'),
    concerns: hasCloudSql,
    explains: [/^Deployment\/cloudsql-auth-proxy .*\.image$/],
  },
  'pgBouncer.maxConnections': {
    audience: 'operators',
    says: (before, after) => `pg-bouncer takes ${after} connections in place of ${before}`,
    explains: [/^Deployment\/pg-bouncer .*\[name=PGBOUNCER_MAX_CLIENT_CONN\]/],
  },
  'pgBouncer.poolSize': {
    audience: 'operators',
    says: (before, after) =>
      `pg-bouncer keeps up to ${after} connections to the database server for each user and database, in place of ${before}`,
    todo: ({ after }) =>
      after.database.internal ? undefined : 'the database server has to allow as many: see max_connections',
    explains: [/^Deployment\/pg-bouncer .*\[name=PGBOUNCER_DEFAULT_POOL_SIZE\]/],
  },
  'pgBouncer.hasProbes': {
    audience: 'operators',
    says: () => probes('pg-bouncer'),
    explains: [/^Deployment\/pg-bouncer .*(livenessProbe|readinessProbe)/],
  },
  'pgBouncer.writableFolders': {
    audience: 'operators',
    says: () => 'pg-bouncer writes its configuration and logs into volumes of its Pod',
    explains: [/^Deployment\/pg-bouncer .*volume/],
  },
  'pgBouncer.passesDatabaseAndAuthType': {
    audience: 'operators',
    says: () => 'pg-bouncer is told the database and how clients authenticate (`database.authType`)',
    explains: [/^Deployment\/pg-bouncer .*\[name=(POSTGRESQL_DATABASE|PGBOUNCER_AUTH_TYPE)\]/],
  },
  'pgBouncer.resources': {
    audience: 'operators',
    says: () => 'pg-bouncer asks for no CPU and memory unless `database.pgBouncer.resources` says so',
    explains: [/^Deployment\/pg-bouncer .*resources/],
  },
  defaultSslMode: {
    audience: 'operators',
    says: (before, after) =>
      `pg-bouncer reaches the database server with sslmode ${after} in place of ${before}: with TLS where the server has it`,
    explains: [/^Deployment\/pg-bouncer .*\[name=PGBOUNCER_SERVER_TLS_SSLMODE\]/],
  },
  'envoy.logsAsJson': {
    audience: 'operators',
    says: () => "the proxy's access log is JSON",
    concerns: keepsProxy,
    explains: [/^ConfigMap\/pachyderm-proxy/],
  },
  'etcd.startsThroughShell': {
    audience: 'operators',
    says: () => 'etcd is started by itself, and not through a shell',
    explains: [/^StatefulSet\/etcd .*(command|args|env\[name=NAMESPACE\])/],
  },
  'etcd.hasProbes': {
    audience: 'operators',
    says: () => probes('etcd'),
    explains: [/^StatefulSet\/etcd .*(livenessProbe|readinessProbe)/],
  },
  'console.hasProbes': {
    audience: 'operators',
    says: () => probes('Console'),
    concerns: hasConsole,
    explains: [/^Deployment\/console .*(livenessProbe|readinessProbe)/],
  },
  'console.hasPublicHost': {
    audience: 'users',
    says: () => 'Console is told the host that people reach the cluster by, and shows it in its commands',
    concerns: hasConsole,
    explains: [/^Deployment\/console .*\[name=REACT_APP_RUNTIME_PACHYDERM_PUBLIC_/],
  },
  'cloudSqlProxy.isVersion2': {
    audience: 'operators',
    says: () =>
      'version 2 of the Cloud SQL Auth Proxy takes its settings from variables, and not from its command line',
    concerns: hasCloudSql,
    explains: [/^Deployment\/cloudsql-auth-proxy /],
  },
  'cloudSqlProxy.usesPrivateAddress': {
    audience: 'operators',
    says: () => 'the Cloud SQL Auth Proxy uses the private address of the instance unless told otherwise',
    concerns: hasCloudSql,
    explains: [/^Deployment\/cloudsql-auth-proxy /],
  },
  'storageSecretKeys.awsSdk': {
    audience: 'operators',
    says: () => "the storage secret has the keys of the AWS SDK's own variables as well",
    concerns: isStoredIn('s3', 'minio'),
    explains: [/^Secret\/pachyderm-storage-secret /],
  },
  'storageSecretKeys.googleApplicationCredentials': {
    audience: 'operators',
    says: () => 'the storage secret names the file of the Google credentials',
    concerns: isStoredIn('gcs'),
    explains: [/^Secret\/pachyderm-storage-secret /],
  },
  'storageSecretKeys.microsoft': {
    audience: 'operators',
    says: () => 'the keys of the storage secret that begin with MICROSOFT_ are gone',
    concerns: isStoredIn('azure'),
    explains: [/^Secret\/pachyderm-storage-secret /],
  },
  'storageSecretKeys.azure': {
    audience: 'operators',
    says: () => 'the storage secret has keys that begin with AZURE_ as well',
    concerns: isStoredIn('azure'),
    explains: [/^Secret\/pachyderm-storage-secret /],
  },
  'pachd.hasArchivePort': {
    audience: 'operators',
    says: () => 'pachd serves archives of files on a port of its own',
    explains: [/^(Deployment|Service)\/pachd.*(1659|archive)/],
  },
  'pachd.hasTemporaryVolume': {
    audience: 'operators',
    says: () => 'pachd writes temporary files into a volume of its Pod',
    explains: [/^Deployment\/pachd .*(volumes|volumeMounts)\[(name|mountPath)=\/?tmp/],
  },
  'pachd.hasLivenessProbe': {
    audience: 'operators',
    says: () => probes('pachd'),
    explains: [/^Deployment\/pachd .*(livenessProbe|startupProbe|readinessProbe)/],
  },
  'pachd.mountsTokenInPod': {
    audience: 'operators',
    says: () =>
      'the Pods of pachd say themselves that they get the token of their account, and the account no longer gives it to others',
    explains: [/automountServiceAccountToken$/],
  },
  'pachd.watchesEvents': {
    audience: 'operators',
    says: () => 'pachd may list the events of the namespace',
    explains: [/^(Role|ClusterRole)\/pachyderm /],
  },
};
