import type { Target } from '../releases/target';
import type { Connector, Image, Placement, Resources, ServiceAccount, StringMap } from './cluster';
import type { SecretReference } from './secret';

/**
 * A standalone Dex: everything that its server and its pods are made from. `dexServer()` fills in what is left out.
 * Durations are Go's. Names under `oauth2`, `web`, `frontend`, `logger` and `telemetry` are those of Dex's own file.
 */
export interface DexServer {
  /** What Dex calls itself in tokens; its path is the path that it serves, and every callback URL follows from it. */
  readonly issuer: string;
  /** Which Dex reads the configuration, such as `dex@2.45`. */
  readonly target: Extract<Target, `dex@${string}`>;
  readonly image: Image;
  readonly replicas: number;
  readonly storage: DexStorage;
  readonly connectors: readonly Connector[];
  readonly staticClients: readonly DexClient[];
  /** Users that Dex knows itself, with which the connector `local` is added. */
  readonly staticPasswords: readonly DexPassword[];
  readonly expiry: DexExpiry;
  readonly oauth2: {
    readonly responseTypes: readonly string[];
    /** Missing for all that Dex knows. */
    readonly grantTypes?: readonly string[];
    readonly skipApprovalScreen: boolean;
    readonly alwaysShowLoginScreen: boolean;
    /** Id of the connector that checks passwords for the grant type `password`. */
    readonly passwordConnector?: string;
  };
  readonly web: {
    readonly headers?: StringMap;
    readonly allowedOrigins?: readonly string[];
    readonly allowedHeaders?: readonly string[];
    readonly clientRemoteIP?: { readonly header: string; readonly trustedProxies: readonly string[] };
  };
  readonly frontend: {
    readonly issuer?: string;
    readonly logoURL?: string;
    readonly theme?: string;
    readonly extra?: StringMap;
  };
  readonly logger: { readonly level: string; readonly format: string };
  readonly telemetry: { readonly enableProfiling: boolean };
  readonly service: {
    /** Port of every node; missing for a Service that only the cluster reaches. */
    readonly nodePort?: number;
    readonly annotations: StringMap;
    readonly labels: StringMap;
  };
  readonly serviceAccount: ServiceAccount;
  /** Missing for none. */
  readonly networkPolicy?: {
    /** Ports that Dex may reach besides those that its connectors and storage name. */
    readonly egressPorts: readonly number[];
    /** Labels of the namespaces that may read metrics besides its own. */
    readonly metricsFrom?: StringMap;
  };
  /** Missing for none. */
  readonly podDisruptionBudget?: { readonly maxUnavailable: number };
  /** A Secret mounted at /dexcreds/ for connectors that read files. */
  readonly credentialFilesSecretName?: string;
  readonly resources: Resources;
  readonly placement: Placement;
  /** Variables on top of those that Dex gets anyway, or instead of them. */
  readonly environment: StringMap;
}

/** A client of a standalone Dex. */
export interface DexClient {
  readonly id: string;
  readonly name: string;
  /** Missing for a public client, which cannot keep one. */
  readonly secret?: SecretReference;
  readonly redirectURIs: readonly string[];
  readonly trustedPeers: readonly string[];
}

/** A user that Dex knows itself. The last four keys are read from Dex 2.45 on. */
export interface DexPassword {
  readonly email: string;
  /** bcrypt hash of the password. */
  readonly hash: SecretReference;
  readonly username: string;
  /** By which clients know the user. */
  readonly userID: string;
  readonly name?: string;
  readonly preferredUsername?: string;
  readonly emailVerified?: boolean;
  readonly groups?: readonly string[];
}

export interface DexExpiry {
  readonly idTokens: string;
  readonly signingKeys: string;
  readonly authRequests: string;
  readonly deviceRequests: string;
  readonly refreshTokens: {
    readonly disableRotation: boolean;
    readonly reuseInterval: string;
    /** Missing for as long as it lives. */
    readonly validIfNotUsedFor?: string;
    /** Missing for ever. */
    readonly absoluteLifetime?: string;
  };
}

export type DexStorage = PostgresDexStorage | SqliteDexStorage | KubernetesDexStorage | MemoryDexStorage;

export interface PostgresDexStorage {
  readonly type: 'postgres';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: SecretReference;
  readonly database: string;
  readonly sslMode: 'disable' | 'require' | 'verify-ca' | 'verify-full';
  /** Certificates, as PEM text, that the server's certificate is verified against. */
  readonly certificateAuthority?: string;
  /** A TLS Secret with the client certificate to show. */
  readonly clientCertificateSecretName?: string;
  readonly maxOpenConns: number;
  readonly maxIdleConns: number;
  readonly connMaxLifetimeSeconds: number;
  readonly connectionTimeoutSeconds: number;
}

/** A file on a volume, which one pod at a time can use. */
export interface SqliteDexStorage {
  readonly type: 'sqlite3';
  readonly size: string;
  readonly storageClass?: string;
}

/** Custom resources in the namespace. */
export interface KubernetesDexStorage {
  readonly type: 'kubernetes';
}

/** The memory of one pod. */
export interface MemoryDexStorage {
  readonly type: 'memory';
}

/** Whether several pods can share the storage. */
export function isShared({ type }: DexStorage): boolean {
  return type === 'postgres' || type === 'kubernetes';
}
