import type { PathStep } from '../document/source-node';
import type { ReleaseTraits } from '../releases/release-traits';
import type { DocumentConnector } from './document-connectors';

/** A value that was read, and where it is written. */
export interface Placed<Value> {
  readonly value: Value;
  readonly path: readonly PathStep[];
}

/** What is written about Dex's issuer. */
export interface IssuerFacts {
  /** Missing where it is not written, or has not the form of one. */
  readonly issuer?: WrittenIssuer | undefined;
  /** What an issuer that is not written is formed from. */
  readonly issuerFrom?: IssuerSource | undefined;
}

export interface WrittenIssuer {
  readonly url: string;
  readonly path: readonly PathStep[];
  /** What leads `/dex` to Dex, and everything else elsewhere. */
  readonly routedBy?: 'proxy' | 'ingress';
  /** Whether the official chart looks at the issuer, and renders nothing with one that leads elsewhere. */
  readonly isRefusedByChart?: boolean;
  /** The key that the issuer is formed from when its line is removed. */
  readonly derivedFrom?: string;
  /** Whether no other place has to change with it, so that it can be fixed here. */
  readonly isAlone: boolean;
  /** The issuer in the place of the same file that it is compared with; missing where there is no such place. */
  readonly comparedWith?: ComparedIssuer;
}

export interface ComparedIssuer {
  /** The key that has it. */
  readonly key: string;
  /** Whether Dex has it from there, and pachd from here. */
  readonly isOfDex: boolean;
  /** Undefined where it is not written. */
  readonly url: string | undefined;
}

export interface IssuerSource {
  readonly url: string;
  readonly host?: Placed<string>;
  /** Where the port is written that is a part of the issuer. */
  readonly port?: readonly PathStep[];
}

/** How users come back from identity providers. */
export interface LoginFacts {
  /** Missing where another Dex decides, or nothing tells what the issuer is. */
  readonly logins?: Logins | undefined;
  /** Connectors of a known type. */
  readonly connectors: readonly DocumentConnector[];
  /** Whether browsers come in with https for certain. */
  readonly servesTls: boolean;
}

export interface Logins {
  readonly issuer: string;
  /** The URL that Dex derives from its issuer, and compares others with. */
  readonly issuerCallback: string;
  /** The URL at which browsers reach that place. */
  readonly callback: string;
  /** Whether a connector without a redirectURI has `callback`. Where nothing is derived, what is not written is none of the rules' business. */
  readonly isDerived: boolean;
  /** Whether `callback` was set by the user. */
  readonly isOverridden: boolean;
  /** Whether this Dex reads the switch of oidc that turns the comparison off. */
  readonly knowsSwitch: boolean;
}

/** What anyone is on the cluster. */
export interface RoleFacts {
  readonly release: ReleaseTraits;
  readonly roleBindings: readonly RoleBinding[];
}

export interface RoleBinding {
  readonly subject: string;
  /** The key that is the subject. */
  readonly path: readonly PathStep[];
  readonly roles: readonly Placed<string>[];
}

/** URLs that browsers are sent to. */
export interface BrowserUrlFacts {
  readonly browserUrls: readonly Placed<string>[];
  /** Whether a profile says who can reach the server; without one, http may be meant. */
  readonly hasProfile: boolean;
}

/** Dex's clients. */
export interface ClientFacts {
  readonly clients: readonly Client[];
  /** Whether every client that is written somewhere is among them. */
  readonly knowsAllClients: boolean;
}

export interface Client {
  readonly id: Placed<string>;
  /** Whether the id is written, and not a default, which cannot be pointed at. */
  readonly isWritten: boolean;
  /** Whether it has no secret; undefined where it is not written as a boolean. */
  readonly isPublic: boolean | undefined;
  /** Missing where it is not written, or asked for nowhere. */
  readonly secret?: string | undefined;
  readonly redirectURIs: readonly Placed<string>[];
  readonly trustedPeers: readonly Placed<string>[];
}

/** What Dex answers to scripts of other sites. */
export interface OriginFacts {
  /** The origins that are written, those that are not strings left out. */
  readonly allowedOrigins: readonly Placed<string>[];
}

/** The users that Dex has itself. */
export interface UserFacts {
  /** Email addresses of the users that are written. */
  readonly users: readonly Placed<string>[];
  /** Whether Dex has its password database, and so a connector `local`. */
  readonly hasPasswordDatabase: boolean;
  /** What switches it on. */
  readonly passwordDatabaseKey: string;
  /** Whether a database may hold connectors that are not written. */
  readonly mayStoreConnectors: boolean;
  /** The connector that the grant `password` asks. */
  readonly passwordConnector?: Placed<string> | undefined;
}

/** The ids of all connectors, of types that are not known too. */
export interface ConnectorIdFacts {
  readonly connectorIDs: readonly ConnectorID[];
}

export interface ConnectorID extends Placed<string> {
  readonly type: string | undefined;
}

/** Where Dex expands no environment variables. */
export interface LiteralReferenceFacts {
  readonly literalReferences: Iterable<LiteralReference>;
}

/** What looks like a reference to a variable where it is none. */
export interface LiteralReference {
  readonly path: readonly PathStep[];
  /** As it is written; missing in a secret, which is not shown. */
  readonly reference: string | undefined;
  /** What to do about it, where that is more than writing the value. */
  readonly instead?: string | undefined;
}

/** How long tokens live. */
export interface LifetimeFacts {
  readonly lifetimes: Lifetimes;
}

/** Durations of Go, as far as their form is right. */
export interface Lifetimes {
  readonly idTokenExpiry?: Placed<string> | undefined;
  readonly rotationTokenExpiry?: Placed<string> | undefined;
}

/** How PostgreSQL is reached. */
export interface DatabaseFacts {
  readonly databaseConnections: readonly DatabaseConnection[];
}

/** The connection of one client, each of which has modes and authorities of its own. */
export interface DatabaseConnection {
  readonly client: 'Dex' | 'pg-bouncer';
  /** The mode in force, and where it is written, or would be. */
  readonly sslMode: Placed<string>;
  /** Whether it is written for this client. */
  readonly isModeGiven: boolean;
  /** Missing where the file does not say it. */
  readonly host?: string | undefined;
  /** Whether the server is the one that is installed along with the cluster, and serves no TLS. */
  readonly isInternal: boolean;
  /** What brings in a server of the user's own in its place. */
  readonly externalKey?: string;
  /** Whether the client has an authority to compare certificates with. */
  readonly hasAuthority: boolean;
  /** What gives it one; missing where nothing does. */
  readonly authorityKey?: string;
}
