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
  /**
   * Which Dex reads the configuration, such as `dex@2.45`; follows from the version.
   * @internal
   */
  readonly target: Extract<Target, `dex@${string}`>;
  /** Image of the pods, with its tag. */
  readonly image: Image;
  /** Number of pods; several need storage that they share. */
  readonly replicas: number;
  /** Where Dex keeps its keys, sessions and refresh tokens. */
  readonly storage: DexStorage;
  /** The identity providers that people log in with. */
  readonly connectors: readonly Connector[];
  /** The programs that may log people in through this Dex. */
  readonly staticClients: readonly DexClient[];
  /** Users that Dex knows itself, with which the connector `local` is added. */
  readonly staticPasswords: readonly DexPassword[];
  /** How long keys, tokens and requests are valid. */
  readonly expiry: DexExpiry;
  /** Dex's section `oauth2`. */
  readonly oauth2: {
    /** Response types that clients may ask for, such as `code`. */
    readonly responseTypes: readonly string[];
    /** Missing for all that Dex knows. */
    readonly grantTypes?: readonly string[];
    /** Whether people are not asked to approve what a client learns about them. */
    readonly skipApprovalScreen: boolean;
    /** Whether the list of connectors is shown even when there is one only. */
    readonly alwaysShowLoginScreen: boolean;
    /** Id of the connector that checks passwords for the grant type `password`. */
    readonly passwordConnector?: string;
  };
  /** Dex's section `web`; its address and its TLS are not for callers to set. */
  readonly web: {
    /** Headers of every answer, by name; missing for none. Read from Dex 2.39 on. */
    readonly headers?: StringMap;
    /** Origins that may call Dex from a page (CORS); missing for none. */
    readonly allowedOrigins?: readonly string[];
    /** Headers that such calls may have; missing for Dex's own. Read from Dex 2.38 on. */
    readonly allowedHeaders?: readonly string[];
    /** Where the address of a client is read from behind proxies; missing for the connection. Read from Dex 2.41 on. */
    readonly clientRemoteIP?: {
      /** Header with the address, such as `X-Forwarded-For`. */
      readonly header: string;
      /** Networks of proxies whose header counts, in CIDR form. */
      readonly trustedProxies: readonly string[];
    };
  };
  /** Dex's section `frontend`: its login page. */
  readonly frontend: {
    /** Name shown on the page; missing for `dex`. */
    readonly issuer?: string;
    /** URL of the logo; missing for Dex's. */
    readonly logoURL?: string;
    /** Theme of the page, such as `light`; missing for Dex's. */
    readonly theme?: string;
    /** Values for templates of one's own. */
    readonly extra?: StringMap;
  };
  /** Dex's section `logger`. */
  readonly logger: {
    /** Least severity that is logged: `debug`, `info`, `warn` or `error`. */
    readonly level: string;
    /** Form of a line: `json` or `text`. */
    readonly format: string;
  };
  /** Dex's section `telemetry`. */
  readonly telemetry: {
    /** Whether the port of the metrics also serves profiles of the program. Read from Dex 2.32 on. */
    readonly enableProfiling: boolean;
  };
  /** The Service `dex`. */
  readonly service: {
    /** Port of every node; missing for a Service that only the cluster reaches. */
    readonly nodePort?: number;
    /** Annotations of the Service. */
    readonly annotations: StringMap;
    /** Labels of the Service besides its own. */
    readonly labels: StringMap;
  };
  /** The service account that the pods run as. */
  readonly serviceAccount: ServiceAccount;
  /** Which connections pods may have; missing for no network policy. */
  readonly networkPolicy?: {
    /** Ports that Dex may reach besides those that its connectors and storage name. */
    readonly egressPorts: readonly number[];
    /** Labels of the namespaces that may read metrics besides its own. */
    readonly metricsFrom?: StringMap;
  };
  /** How many pods may be evicted; missing for no disruption budget. */
  readonly podDisruptionBudget?: {
    /** Number of pods that may be evicted at one time. */
    readonly maxUnavailable: number;
  };
  /** A Secret mounted at /dexcreds/ for connectors that read files. */
  readonly credentialFilesSecretName?: string;
  /** Requests and limits of the container. */
  readonly resources: Resources;
  /** Where pods run, and their annotations and labels. */
  readonly placement: Placement;
  /** Variables on top of those that Dex gets anyway, or instead of them. */
  readonly environment: StringMap;
}

/** A client of a standalone Dex. */
export interface DexClient {
  /** Id of the client, as it sends it. */
  readonly id: string;
  /** Name shown to people who approve it. */
  readonly name: string;
  /** Missing for a public client, which cannot keep one. */
  readonly secret?: SecretReference;
  /** Where Dex may send browsers back to, compared exactly; `/device/callback` is for the device flow. */
  readonly redirectURIs: readonly string[];
  /** Ids of clients that may ask for tokens for this one. */
  readonly trustedPeers: readonly string[];
}

/** A user that Dex knows itself. The last four keys are read from Dex 2.45 on. */
export interface DexPassword {
  /** E-mail address that the user logs in with. */
  readonly email: string;
  /** bcrypt hash of the password, with a cost from 10 to 16. */
  readonly hash: SecretReference;
  /** Name of the user in tokens. */
  readonly username: string;
  /** Id that clients know the user by; a change makes another user. */
  readonly userID: string;
  /** Full name; missing for none. */
  readonly name?: string;
  /** Preferred user name; missing for none. */
  readonly preferredUsername?: string;
  /** Whether the address counts as verified; missing for true. */
  readonly emailVerified?: boolean;
  /** Groups of the user; missing for none. */
  readonly groups?: readonly string[];
}

/** How long keys, tokens and requests are valid: Go durations, such as `24h`. */
export interface DexExpiry {
  /** ID tokens. */
  readonly idTokens: string;
  /** Keys that tokens are signed with, until the next one takes over. */
  readonly signingKeys: string;
  /** Logins that were begun and not finished. */
  readonly authRequests: string;
  /** Logins by the device flow that were begun and not finished. */
  readonly deviceRequests: string;
  /** Refresh tokens. */
  readonly refreshTokens: {
    /** Whether a refresh token stays the same when it is used. */
    readonly disableRotation: boolean;
    /** How long a rotated token is still taken, for clients whose answer was lost. */
    readonly reuseInterval: string;
    /** Missing for as long as it lives. */
    readonly validIfNotUsedFor?: string;
    /** Missing for ever. */
    readonly absoluteLifetime?: string;
  };
}

/** Where Dex keeps its state. */
export type DexStorage = PostgresDexStorage | SqliteDexStorage | KubernetesDexStorage | MemoryDexStorage;

/** A database on a PostgreSQL server, which any number of pods can use. */
export interface PostgresDexStorage {
  /** Says that it is this storage. */
  readonly type: 'postgres';
  /** Host name or address of the server. */
  readonly host: string;
  /** TCP port of the server. */
  readonly port: number;
  /** User that Dex logs in as. */
  readonly user: string;
  /** Password of the user. */
  readonly password: SecretReference;
  /** Name of the database, which has to exist. */
  readonly database: string;
  /** Whether the connection is encrypted and how the server's certificate is verified, in PostgreSQL's words. */
  readonly sslMode: 'disable' | 'require' | 'verify-ca' | 'verify-full';
  /** Certificates, as PEM text, that the server's certificate is verified against. */
  readonly certificateAuthority?: string;
  /** A TLS Secret with the client certificate to show. */
  readonly clientCertificateSecretName?: string;
  /** Most connections of a pod; 0 for no limit. */
  readonly maxOpenConns: number;
  /** Most connections that a pod keeps open while idle. */
  readonly maxIdleConns: number;
  /** Seconds after which a connection is replaced; 0 for never. */
  readonly connMaxLifetimeSeconds: number;
  /** Seconds to wait for a connection; 0 for no limit. */
  readonly connectionTimeoutSeconds: number;
}

/** A file on a volume, which one pod at a time can use. */
export interface SqliteDexStorage {
  /** Says that it is this storage. */
  readonly type: 'sqlite3';
  /** Size of the volume, a Kubernetes quantity such as `1Gi`. */
  readonly size: string;
  /** Storage class of the volume; missing for the cluster's default. */
  readonly storageClass?: string;
}

/** Custom resources in the namespace. */
export interface KubernetesDexStorage {
  /** Says that it is this storage. */
  readonly type: 'kubernetes';
}

/** The memory of one pod: everything is gone when it ends. */
export interface MemoryDexStorage {
  /** Says that it is this storage. */
  readonly type: 'memory';
}

/** Whether several pods can share the storage. */
export function isShared({ type }: DexStorage): boolean {
  return type === 'postgres' || type === 'kubernetes';
}
