import type { PathStep } from '../document/source-node';
import type { Cluster, ConfigMapping, Connector } from '../model/cluster';
import type { Secret } from '../model/secret';
import type { Endpoint } from './network/dial';
import type { Answer } from './network/http';
import type { ProviderFacts } from './providers/facts';
import type { HopSubject } from './run-hops';
import type { World } from './world';

/** Something that listens at a host and port. */
export interface NetworkSubject extends HopSubject {
  readonly world: World;
  readonly endpoint: Endpoint;
  readonly tls: TlsExpectation;
}

/** What is expected of TLS with a subject. */
export interface TlsExpectation {
  /** Whether the connection begins with TLS, or switches to it as LDAP does. */
  readonly begins: 'never' | 'at once' | 'by StartTLS';
  /** Whether the program that connects verifies the certificate: not with `insecureSkipVerify`. */
  readonly isVerified: boolean;
  /** The authorities that the program trusts that connects, as far as they can be told from here. */
  readonly authorities: readonly string[];
  /** The same without those of `--ca`, when only Dex has to trust the server; missing where people's browsers decide. */
  readonly withoutOption?: readonly string[];
  /** A file of certificates in Dex's container, which cannot be read from here. */
  readonly fileInContainer?: string;
  /** What to do about a certificate, such as which Secret holds it. */
  readonly certificateHint: string;
  /** What to do about an authority that is not trusted. */
  readonly trustHint: string;
}

/** A discovery document, as far as a login needs it. */
export interface Discovery {
  readonly issuer?: string;
  readonly authorization_endpoint?: string;
  readonly token_endpoint?: string;
  readonly jwks_uri?: string;
}

/** Dex, as browsers reach it. */
export interface IssuerSubject extends NetworkSubject {
  readonly cluster: Cluster;
  /** What was learned from hops so far. */
  readonly known: {
    discovery?: Discovery;
    /** The answer to discovery, whose date tells Dex's clock. */
    answer?: Answer;
    /** Whether Dex takes pachd's client and its redirect URI. */
    takesClient?: boolean;
    /** Ids of the connectors that Dex offers on its login page; missing when it shows no choice. */
    offered?: readonly string[];
  };
}

/** A connector of the document, whatever its type. */
export interface ConnectorSubject extends NetworkSubject {
  readonly cluster: Cluster;
  readonly connector: Connector;
  readonly issuer: IssuerSubject;
  /** Place of the connector in the document. */
  readonly place: readonly PathStep[];
  /** Place of a key of its settings in the document. */
  readonly at: (key: string) => readonly PathStep[];
}

/** A connector that sends browsers to an identity provider. */
export interface ProviderSubject extends ConnectorSubject {
  readonly facts: ProviderFacts;
  readonly known: {
    discovery?: Discovery;
    answer?: Answer;
    /** Where Dex sends browsers. */
    sentTo?: string;
  };
}

/** A connector that asks a directory. */
export interface DirectorySubject extends ConnectorSubject {
  readonly settings: DirectorySettings;
}

/** The settings of an ldap connector that decide how it is asked. */
export interface DirectorySettings {
  readonly bindDN: string;
  /** Missing where the document refers to a Secret in the cluster, or the secret cannot be read. */
  readonly bindPW?: Secret;
  readonly userSearch: ConfigMapping;
  readonly groupSearch: ConfigMapping;
}

/** Where pachd or Console takes browsers back. */
export interface ReturnSubject extends NetworkSubject {
  readonly url: string;
}
