import type { DocumentProvider } from '../document/document';
import type { JsonValue, PathStep } from '../document/source-node';
import type { ReferredSecret, Secret, SecretReference } from './secret';

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
