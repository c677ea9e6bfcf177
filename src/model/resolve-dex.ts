import type { PathStep } from '../document/source-node';
import type { ClusterDocument } from '../generated/cluster-document';
import type { Auth, Cluster, Database, Placement } from './cluster';
import { defined } from './defined';
import { passwordsOf, type DevUsers } from './dev-users';
import type { DexClient, DexServer, DexStorage, PostgresDexStorage } from './dex';
import { isShared } from './dex';
import { resolveDexServer } from './dex-server';
import { pullPolicyOf, type ResolveContext } from './resolve-context';
import { resolvePlacement, resolveResources } from './resolve-pod';
import { IAM_LOGIN_PASSWORD } from './resolve-storage';
import { resolveServiceAccount } from './resolve-workloads';
import { literalSecret } from './secret';
import { DEX_NODE_PORT, isStandalone } from './standalone';

type DexSection = NonNullable<ClusterDocument['dex']>;

/** What the standalone Dex is derived from besides its own section. */
export interface DexSurroundings extends Pick<
  Cluster,
  'name' | 'urls' | 'identity' | 'access' | 'console' | 'database'
> {
  readonly auth?: Auth | undefined;
  readonly dev?: DevUsers | undefined;
}

/** The standalone Dex; undefined when it runs inside. */
export function resolveDex(context: ResolveContext, cluster: DexSurroundings): DexServer | undefined {
  const { document } = context;
  if (!isStandalone(document)) return undefined;
  const given = document.dex ?? {};
  const storage = resolveDexStorage(context, given, cluster.database);
  const replicas = given.replicas ?? (document.profile !== 'dev' && isShared(storage) ? 2 : 1);
  const registry = given.image?.registry ?? document.images?.registry;
  const disruption = given.podDisruptionBudget ?? {};
  const server = resolveDexServer(
    defined({
      issuer: cluster.urls.issuer,
      version: given.version,
      image: defined({ pullPolicy: pullPolicyOf(context), ...given.image, registry }),
      replicas,
      storage,
      connectors: cluster.identity.connectors,
      staticClients: resolveClients(cluster),
      staticPasswords: [...resolvePasswords(context, given), ...passwordsOf(cluster.dev, cluster.name)],
      expiry: resolveExpiry(given, cluster.identity),
      oauth2: defined({
        responseTypes: given.oauth2?.responseTypes ?? ['code'],
        grantTypes: given.oauth2?.grantTypes,
        skipApprovalScreen: given.oauth2?.skipApprovalScreen ?? true,
        alwaysShowLoginScreen: given.oauth2?.alwaysShowLoginScreen ?? false,
        passwordConnector: given.oauth2?.passwordConnector,
      }),
      web: { ...given.web },
      frontend: { ...given.frontend },
      logger: { level: given.logger?.level ?? 'info', format: given.logger?.format ?? 'json' },
      telemetry: { enableProfiling: given.telemetry?.enableProfiling ?? false },
      service: defined({
        nodePort: cluster.access.via === 'nodePort' ? (given.service?.nodePort ?? DEX_NODE_PORT) : undefined,
        annotations: given.service?.annotations ?? {},
        labels: given.service?.labels ?? {},
      }),
      serviceAccount: resolveServiceAccount('dex', given.serviceAccount),
      networkPolicy: defined({
        egressPorts: given.networkPolicy?.egressPorts ?? [],
        metricsFrom: given.networkPolicy?.metricsFrom,
      }),
      podDisruptionBudget: { maxUnavailable: disruption.maxUnavailable ?? 1 },
      credentialFilesSecretName: cluster.identity.credentialFilesSecretName,
      resources: given.resources === undefined ? undefined : resolveResources(given.resources),
      placement: withSuite(resolvePlacement(given.placement)),
      environment: given.environment ?? {},
    }),
  );
  const { networkPolicy, podDisruptionBudget, ...rest } = server;
  return defined({
    ...rest,
    networkPolicy: (given.networkPolicy?.enabled ?? true) ? networkPolicy : undefined,
    podDisruptionBudget: (disruption.enabled ?? replicas > 1) ? podDisruptionBudget : undefined,
  });
}

/** The label by which `pachctl debug dump` finds the pods whose logs it takes. */
function withSuite(placement: Placement): Placement {
  return { ...placement, labels: { ...placement.labels, suite: 'pachyderm' } };
}

/** pachd, Console and the clients of the document, as pachd would have told its own Dex. */
function resolveClients({ auth, console, identity, urls }: DexSurroundings): DexClient[] {
  const trustedPeers = [...(console.enabled ? [console.clientID] : []), ...identity.trustedPeers];
  return [
    ...(auth
      ? [
          {
            id: auth.clientID,
            name: auth.clientID,
            secret: auth.clientSecret,
            redirectURIs: [urls.pachdRedirect],
            trustedPeers,
          },
        ]
      : []),
    ...(console.enabled
      ? [
          {
            id: console.clientID,
            name: console.clientID,
            secret: console.clientSecret,
            redirectURIs: [urls.consoleRedirect],
            trustedPeers: [],
          },
        ]
      : []),
    ...identity.clients,
  ];
}

function resolvePasswords({ secret }: ResolveContext, given: DexSection): DexServer['staticPasswords'] {
  return (given.staticPasswords ?? []).map((user, index) => ({
    ...user,
    hash: secret(['dex', 'staticPasswords', index, 'hash'], user.hash),
    username: user.username ?? user.email,
  }));
}

function resolveExpiry(given: DexSection, identity: Cluster['identity']): DexServer['expiry'] {
  const expiry = given.expiry ?? {};
  return {
    idTokens: identity.idTokenExpiry,
    signingKeys: expiry.signingKeys ?? '6h',
    authRequests: expiry.authRequests ?? '1h',
    deviceRequests: expiry.deviceRequests ?? '5m',
    refreshTokens: defined({
      disableRotation: expiry.refreshTokens?.disableRotation ?? false,
      reuseInterval: expiry.refreshTokens?.reuseInterval ?? '3s',
      validIfNotUsedFor: expiry.refreshTokens?.validIfNotUsedFor,
      absoluteLifetime: identity.rotationTokenExpiry,
    }),
  };
}

function resolveDexStorage(context: ResolveContext, given: DexSection, database: Database): DexStorage {
  const { postgres = {}, kubernetes, sqlite3, memory } = given.storage ?? {};
  if (kubernetes) return { type: 'kubernetes' };
  if (memory) return { type: 'memory' };
  if (sqlite3)
    return defined({
      type: 'sqlite3' as const,
      size: String(sqlite3.size ?? '1Gi'),
      storageClass: sqlite3.storageClass,
    });
  return {
    type: 'postgres',
    ...postgresServer(context, postgres, database),
    database: postgres.database ?? database.identityName,
    maxOpenConns: postgres.maxOpenConns ?? 5,
    maxIdleConns: postgres.maxIdleConns ?? 5,
    connMaxLifetimeSeconds: postgres.connMaxLifetimeSeconds ?? 0,
    connectionTimeoutSeconds: postgres.connectionTimeoutSeconds ?? 0,
  };
}

type PostgresSection = NonNullable<NonNullable<DexSection['storage']>['postgres']>;
type PostgresConnection = Pick<
  PostgresDexStorage,
  'host' | 'port' | 'user' | 'password' | 'sslMode' | 'certificateAuthority' | 'clientCertificateSecretName'
>;

/** The path of the password in a document. */
const PASSWORD: readonly PathStep[] = ['dex', 'storage', 'postgres', 'password'];

function postgresServer(
  { secret }: ResolveContext,
  given: PostgresSection,
  database: Database,
): PostgresConnection {
  const isOther = given.host !== undefined;
  const certificates = defined({
    certificateAuthority: database.sslCertificateAuthority,
    clientCertificateSecretName: database.sslSecretName,
  });
  return {
    host: given.host ?? database.host,
    port: given.port ?? (isOther ? 5432 : database.port),
    user: given.user ?? database.user,
    password:
      given.password === undefined
        ? (database.password ?? literalSecret(IAM_LOGIN_PASSWORD))
        : secret(PASSWORD, given.password),
    sslMode: given.sslMode ?? (isOther ? 'require' : sslModeOf(database)),
    ...(database.internal === undefined && !isOther ? certificates : {}),
  };
}

/**
 * Dex asks for a trusted certificate unless told otherwise. The server in the namespace serves no TLS; Dex's driver does not
 * know pg-bouncer's modes allow and prefer, which fall back to plain text.
 */
function sslModeOf({ internal, sslMode }: Database): PostgresDexStorage['sslMode'] {
  if (internal) return 'disable';
  return DEX_SSL_MODES.find((mode) => mode === sslMode) ?? 'require';
}

const DEX_SSL_MODES: readonly PostgresDexStorage['sslMode'][] = [
  'disable',
  'require',
  'verify-ca',
  'verify-full',
];
