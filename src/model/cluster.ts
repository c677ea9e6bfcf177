import type { GitOps } from './gitops';
import type { DocumentProvider } from '../document/document';
import type { JsonValue, PathStep } from '../document/source-node';
import type { DevNodes } from './dev-nodes';
import type { DevUsers } from './dev-users';
import type { DexServer } from './dex';
import type { ReleaseTraits } from '../releases/release-traits';
import type { ReferredSecret, Secret, SecretReference } from './secret';
import type { SecretForm } from './secret-form';
import type { ClusterUrls } from './urls';
import type {
  ComponentService,
  Console,
  EnterpriseServer,
  Etcd,
  Image,
  Pachd,
  PachdJob,
  Pachw,
  Placement,
  Resources,
  RestoreSnapshot,
  StringMap,
} from './workloads';

export type * from './workloads';

/**
 * The cluster that a document describes, with every default applied, every URL derived and every secret a reference.
 * All constructs and outputs are functions of this object and of nothing else.
 */
export interface Cluster {
  readonly name: string;
  readonly namespace: string;
  /** Name of the release of the official chart, which is part of selectors and of the name of Loki's Service. */
  readonly helmReleaseName: string;
  readonly profile: Profile;
  readonly release: ReleaseTraits;
  readonly access: Access;
  readonly urls: ClusterUrls;
  /** Missing when authentication is switched off. */
  readonly auth?: Auth;
  /** Missing from release 2.12 on, and without a license and membership. */
  readonly enterprise?: Enterprise;
  /** What runs in the place of pachd where the cluster is an enterprise server; missing for every other cluster. */
  readonly enterpriseServer?: EnterpriseServer;
  readonly identity: Identity;
  /** The standalone Dex; missing when Dex runs inside pachd. */
  readonly dex?: DexServer;
  /** Missing when the document has no `auth0` section. */
  readonly auth0?: Auth0;
  /** What Keycloak imports; missing without the section `keycloak`. */
  readonly keycloak?: Keycloak;
  /** People to try the cluster with; missing for none. */
  readonly dev?: DevUsers;
  /** What nodes of dev clusters are; missing where the tools' own defaults are taken. */
  readonly devNodes?: DevNodes;
  readonly storage: Storage;
  readonly database: Database;
  readonly etcd: Etcd;
  readonly pachd: Pachd;
  readonly pachw: Pachw;
  /** The Job that tries a migration; missing for none, and before release 2.11. */
  readonly preflightJob?: PachdJob;
  /** The Job that restores a snapshot; missing for none, and before release 2.12. */
  readonly restoreSnapshot?: RestoreSnapshot;
  readonly console: Console;
  readonly images: Images;
  /** Digests by image with its tag, from the lock file of the document; without it tags alone are written. */
  readonly imageDigests?: StringMap;
  readonly network: Network;
  readonly loki: Loki;
  readonly securityContexts: boolean;
  readonly hardening: Hardening;
  /** The level of Pod Security that the namespace enforces; missing for none that is known. */
  readonly podSecurity?: PodSecurityLevel;
  readonly deploymentID: SecretReference;
  /** Where engines roll the cluster out from; missing when the document does not say. */
  readonly gitops?: GitOps;
  readonly supplyChain: SupplyChain;
  /** The form in which Secrets are written. */
  readonly secretForm: SecretForm;
  /** Changes to single objects, in their order. */
  readonly overrides: readonly Override[];
}

/** How much objects are hardened: as in the official chart, or as much as their programs allow. */
export type Hardening = 'chart' | 'strict';

/** A level of Pod Security that a namespace can enforce. */
export type PodSecurityLevel = 'baseline' | 'restricted';

/** Changes to one object, as a JSON patch. */
export interface Override {
  readonly kind: string;
  readonly name: string;
  readonly patch: readonly PatchOperation[];
}

/** An operation of RFC 6902. */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

export type Profile = 'production' | 'dev';

export type AccessVia = 'proxy' | 'ingress' | 'nodePort' | 'portForward';

/** How browsers and pachctl reach the cluster. */
export interface Access {
  readonly via: AccessVia;
  readonly host?: string;
  readonly port?: number;
  readonly tls?: {
    readonly secretName?: string;
    readonly offloaded: boolean;
    /** What the Secret holds; missing where it exists already. */
    readonly newSecret?: NewCertificate;
  };
  readonly ingress: {
    readonly className?: string;
    readonly annotations: StringMap;
    readonly through: 'proxy' | 'services';
  };
  readonly proxy: Proxy;
}

/** A certificate and its key that are written as a TLS Secret. */
export interface NewCertificate {
  /** PEM, those of the authorities behind it. */
  readonly certificate: SecretReference;
  /** PEM. */
  readonly key: SecretReference;
}

export interface Proxy {
  /** Whether the Envoy proxy runs: as the way in, or behind an ingress. */
  readonly enabled: boolean;
  readonly replicas: number;
  readonly image: Image;
  readonly resources: Resources;
  readonly placement: Placement;
  readonly service: {
    readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
    readonly httpPort: number;
    readonly httpsPort: number;
    readonly httpNodePort: number;
    readonly httpsNodePort: number;
    /** Ports that lead to one server behind the proxy each. */
    readonly legacyPorts: LegacyPorts;
    readonly loadBalancerIP?: string;
    readonly externalTrafficPolicy?: 'Cluster' | 'Local';
    readonly annotations: StringMap;
    readonly labels: StringMap;
  };
}

/** Ports of the proxy's Service, by the server behind the proxy that they lead to. */
export type LegacyPorts = Readonly<
  Partial<Record<'console' | 'grpc' | 's3' | 'oidc' | 'identity' | 'metrics', number>>
>;

export interface Auth {
  readonly rootToken: SecretReference;
  /** Lifetime of a session in minutes; missing for pachd's own default of 43200, which is 30 days. */
  readonly sessionDurationMinutes?: number;
  readonly clientID: string;
  readonly clientSecret: SecretReference;
  readonly requireVerifiedEmail: boolean;
  readonly scopes: readonly string[];
  /** Robots for which a token is to be made. */
  readonly robots: readonly {
    readonly name: string;
    /** Missing for a token that never expires. */
    readonly ttlMinutes?: number;
    readonly secretName: string;
  }[];
  /**
   * Roles by subject; pachd removes every other binding. Missing when the document does not have the field, which leaves
   * the bindings in the cluster as they are.
   */
  readonly roleBindings?: Readonly<Record<string, readonly string[]>>;
}

export interface Enterprise {
  readonly licenseKey?: SecretReference;
  readonly secret: SecretReference;
  readonly member?: {
    readonly serverAddress: string;
    readonly serverToken: SecretReference;
    readonly callbackAddress: string;
    readonly userAddress: string;
  };
}

export interface Identity {
  /** A Go duration. */
  readonly idTokenExpiry: string;
  /** A Go duration. */
  readonly rotationTokenExpiry: string;
  readonly connectors: readonly Connector[];
  /** A Secret in the namespace that holds the connectors instead. */
  readonly connectorsFrom?: { readonly name: string; readonly key: string };
  readonly clients: readonly Client[];
  /** A Secret in the namespace that holds the further clients instead. */
  readonly clientsFrom?: { readonly name: string; readonly key: string };
  /** Ids of clients, besides Console, that may ask for tokens for pachd. */
  readonly trustedPeers: readonly string[];
  readonly credentialFilesSecretName?: string;
}

/** A value of a connector's configuration: JSON with secrets in some places. */
export type ConfigValue =
  string | number | boolean | null | Secret | ReferredSecret | ConfigMapping | readonly ConfigValue[];

/** Values of a connector's configuration by key. */
export interface ConfigMapping {
  /** The value of a key. */
  readonly [key: string]: ConfigValue;
}

/** A connector of Dex, its redirectURI and its secrets filled in. */
export interface Connector {
  /** Type of the connector, by Dex's own name. */
  readonly type: string;
  /** Id of the connector: part of login URLs and of every user's identity. */
  readonly id: string;
  /** What the login page calls it. */
  readonly name: string;
  /** Version of the connector document. */
  readonly version: number;
  /** Dex's own settings of the type. */
  readonly config: ConfigMapping;
  /** The identity provider that the document names in the place of a type. */
  readonly provider?: DocumentProvider;
}

/** The section `keycloak`: what Keycloak imports for the connector of the section. */
export interface Keycloak {
  /** Where Keycloak is, without the realm. */
  readonly url: string;
  readonly realm: string;
  readonly connectorID: string;
  readonly clientID: string;
  /** Missing where the connector has none. */
  readonly clientSecret?: SecretReference;
  /** Path of that secret in the document. */
  readonly clientSecretPath: readonly PathStep[];
  readonly redirectURIs: readonly string[];
  /** What becomes groups, and how they are called; missing where none come along. */
  readonly groups?: { readonly from: 'groups' | 'roles'; readonly fullPath: boolean };
  /** Groups that roles are bound to, as pachd knows them. */
  readonly boundGroups: readonly string[];
  readonly users: readonly KeycloakUser[];
  /** How Terraform makes the client; missing where it does not. */
  readonly terraform?: KeycloakTerraform;
}

/** What Terraform makes in a realm that exists. */
export interface KeycloakTerraform {
  /** Whether it makes the client, or takes over one that exists. */
  readonly client: 'create' | 'import';
  /** Whether it makes the groups, or realm roles, that roles of Pachyderm are bound to. */
  readonly createsGroups: boolean;
  /** Terraform sends the client secret when this number has changed. */
  readonly clientSecretVersion: number;
  readonly backend: TerraformBackendSettings;
  readonly providerVersion: string;
}

/** A user to try a login with. */
export interface KeycloakUser {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly password: SecretReference;
  readonly groups: readonly string[];
}

/** A client of Dex besides pachd and Console. */
export interface Client {
  readonly id: string;
  readonly name: string;
  /** Missing for a public client. */
  readonly secret?: SecretReference;
  readonly redirectURIs: readonly string[];
  readonly trustedPeers: readonly string[];
  /** The product that the document names, and where people open it. */
  readonly preset?: { readonly name: string; readonly url?: string };
}

/** A client that proves who it is; the Dex inside pachd knows no others. */
export interface ConfidentialClient extends Client {
  readonly secret: SecretReference;
}

/** The application at Auth0, and who may log in with it. */
export interface Auth0 {
  /** Domain that browsers and Dex know the tenant by. */
  readonly domain: string;
  /** Domain of the tenant's Management API. */
  readonly tenantDomain: string;
  readonly application: Auth0ApplicationSettings;
  readonly connectorID: string;
  readonly groups?: {
    /** Name of the claim that carries the groups, here and in the connector. */
    readonly claim: string;
    /** The roles that become groups; missing for all of them. */
    readonly fromRoles?: readonly string[];
    /** Connections whose own groups come along, by name or id; missing for none. */
    readonly fromConnections?: readonly string[];
  };
  /** Names or ids of connections that exist. */
  readonly connections: readonly string[];
  /** A database connection to create. */
  readonly database?: {
    readonly name: string;
    readonly signUp: boolean;
    readonly passwordPolicy: 'none' | 'low' | 'fair' | 'good' | 'excellent';
  };
  /** Who may log in: each list that is not empty has to be met. Missing for everyone. */
  readonly allow?: {
    readonly connections: readonly string[];
    readonly emailDomains: readonly string[];
    readonly roles: readonly string[];
  };
  readonly organizations: {
    readonly usage: 'deny' | 'allow' | 'require';
    readonly requireBehavior: 'no_prompt' | 'pre_login_prompt' | 'post_login_prompt';
    readonly create: readonly Auth0Organization[];
  };
  /** Roles to create. */
  readonly roles: readonly { readonly name: string; readonly description: string }[];
  readonly users: readonly Auth0User[];
  readonly terraform: {
    readonly backend: TerraformBackendSettings;
    readonly encryptedState: boolean;
    readonly providerVersion: string;
  };
}

export interface Auth0ApplicationSettings {
  /** Whether Terraform makes the application, takes over one that exists, or leaves it to others. */
  readonly provision: 'create' | 'import' | 'none';
  readonly name: string;
  /** Empty when there is none. */
  readonly description: string;
  /** Missing until Terraform has created the application. */
  readonly clientID?: string;
  /** Missing while Auth0 has yet to make it. */
  readonly clientSecret?: SecretReference;
  readonly clientSecretFrom: 'variable' | 'state';
  /** Terraform sends the client secret when this number has changed. */
  readonly clientSecretVersion: number;
  /** That of the cluster first. */
  readonly callbackURLs: readonly string[];
  readonly logoutURLs: readonly string[];
  readonly authenticationMethod: 'client_secret_post' | 'client_secret_basic';
  /** Whether Auth0 asks people to confirm a callback that it cannot verify, such as one on localhost. */
  readonly confirmsUnverifiableCallbacks: boolean;
  readonly refreshToken: {
    readonly rotation: 'rotating' | 'non-rotating';
    readonly leewaySeconds: number;
    readonly lifetimeSeconds: number;
    readonly idleLifetimeSeconds: number;
  };
}

export interface Auth0Organization {
  readonly name: string;
  readonly displayName: string;
  readonly connections: readonly string[];
  readonly assignMembershipOnLogin: boolean;
}

/** A user to try a login with. */
export interface Auth0User {
  readonly email: string;
  readonly name?: string;
  readonly password: SecretReference;
  readonly emailVerified: boolean;
  /** Name or id of the connection the user belongs to; missing when the document has none, which a rule refuses. */
  readonly connection?: string;
  readonly roles: readonly string[];
}

/** A backend of Terraform by its own name, with its own settings. */
export interface TerraformBackendSettings {
  readonly kind: string;
  readonly settings: Readonly<Record<string, JsonValue>>;
}

export interface Storage {
  readonly backend: StorageBackend;
  /** URL of the bucket; missing for local storage and for releases that do not know it. */
  readonly url?: string;
  readonly uploadConcurrencyLimit: number;
  readonly putFileConcurrencyLimit: number;
}

export type StorageBackend = LocalStorage | S3Storage | MinioStorage | GcsStorage | AzureStorage;

export interface LocalStorage {
  readonly kind: 'local';
  readonly hostPath: string;
  readonly requireRoot: boolean;
}

export interface S3Storage {
  readonly kind: 's3';
  /** Missing where the URL of the bucket is given instead. */
  readonly bucket?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly disableSSL: boolean;
  readonly verifySSL: boolean;
  readonly credentials?: {
    readonly id: SecretReference;
    readonly secret: SecretReference;
    readonly token?: SecretReference;
  };
  readonly cloudFrontDistribution?: string;
  readonly uploadACL: string;
  readonly timeout: string;
  readonly retries: number;
  readonly partSizeBytes: number;
  readonly maxUploadParts: number;
}

export interface MinioStorage {
  readonly kind: 'minio';
  readonly bucket: string;
  /** Host and port. */
  readonly endpoint: string;
  readonly secure: boolean;
  readonly signature?: string;
  readonly credentials: { readonly id: SecretReference; readonly secret: SecretReference };
}

export interface GcsStorage {
  readonly kind: 'gcs';
  /** Missing where the URL of the bucket is given instead. */
  readonly bucket?: string;
  readonly credentials?: SecretReference;
}

export interface AzureStorage {
  readonly kind: 'azure';
  /** Missing where the URL of the container is given instead. */
  readonly container?: string;
  readonly account: string;
  /** Missing where pods have an identity of Azure instead. */
  readonly key?: SecretReference;
}

export interface Database {
  /** Missing when an external server is used. */
  readonly internal?: {
    readonly size: string;
    readonly storageClass?: string;
    readonly password: SecretReference;
    readonly rootPassword: SecretReference;
    readonly image: Image;
    readonly service: ComponentService;
    readonly resources: Resources;
    readonly placement: Placement;
  };
  /** The Cloud SQL Auth Proxy; missing when nothing is in front of the server. */
  readonly cloudSqlProxy?: {
    readonly connectionName: string;
    readonly serviceAccount?: string;
    readonly privateIP: boolean;
    /** Port of the container. */
    readonly port: number;
    /** Registry, repository and tag. */
    readonly image: string;
    /** Missing for Kubernetes' own choice. */
    readonly imagePullPolicy?: string;
    readonly service: ComponentService;
    readonly resources: Resources;
    readonly placement: Placement;
  };
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Missing where a proxy in front of the server logs in with a cloud identity. */
  readonly password?: SecretReference;
  readonly name: string;
  readonly identityName: string;
  readonly authType: string;
  readonly sslMode: string;
  readonly sslCertificateAuthority?: string;
  readonly sslSecretName?: string;
  readonly pgBouncer: {
    readonly maxConnections: number;
    readonly poolSize: number;
    readonly image: Image;
    readonly service: ComponentService;
    readonly resources: Resources;
    readonly placement: Placement;
  };
}

export interface Images {
  readonly registry: string;
  readonly pullSecrets: readonly string[];
}

/** What is written beside the outputs for those who check what they were given. */
export interface SupplyChain {
  /** Whether a list of the images is. */
  readonly sbom: boolean;
  /** Whether checksums of the files are. */
  readonly checksums: boolean;
}

export interface Network {
  readonly httpProxy?: string;
  readonly noProxy?: string;
}

export interface Loki {
  readonly enabled: boolean;
  readonly host?: string;
  readonly port?: number;
}
