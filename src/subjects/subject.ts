import type { Target } from '../releases/target';
import type { SourceNode } from '../document/source-node';
import type { ClusterDocument } from '../generated/cluster-document';
import type { Cluster, Profile } from '../model/cluster';
import type { BootstrapSecretSubject } from './bootstrap-secret';
import type { ChartValuesSubject } from './chart-values';
import type { DexConfigSubject } from './dex-config';
import type { ConnectorListSubject } from './connector-list';
import type { DocumentConnector } from './document-connectors';
import type {
  BrowserUrlFacts,
  ClientFacts,
  ConnectorIdFacts,
  DatabaseFacts,
  IssuerFacts,
  LifetimeFacts,
  LiteralReferenceFacts,
  LoginFacts,
  Logins,
  OriginFacts,
  RoleFacts,
  UserFacts,
} from './facts';

/** What is known of a cluster: its document, and what it describes. */
export interface CheckedCluster {
  /** The document as it was written, of the form that the schema demands, with the settings that its Dex reads. */
  readonly document: ClusterDocument;
  /** The document with the places of its values, for fixes. */
  readonly root: SourceNode;
  /** The Dex that reads the connectors. */
  readonly target: Target;
  readonly profile: Profile;
  /** The cluster it describes: defaults applied, URLs derived. No secrets but those of the document itself are read; see `writtenSecrets`. */
  readonly cluster: Cluster;
}

/** A cluster. */
export interface ClusterSubject
  extends
    CheckedCluster,
    IssuerFacts,
    LoginFacts,
    RoleFacts,
    BrowserUrlFacts,
    ClientFacts,
    OriginFacts,
    UserFacts,
    ConnectorIdFacts,
    DatabaseFacts,
    LifetimeFacts,
    LiteralReferenceFacts {
  readonly kind: 'cluster';
}

/** One connector of a file that Dex or pachd reads itself. */
export interface ConnectorSubject extends Omit<CheckedCluster, 'cluster'> {
  readonly kind: 'connector';
  /** Whether only its author can reach the Dex that reads it, as far as the file says. */
  readonly profile: Profile;
  /** It is the only one of the document, which has nothing else. */
  readonly document: ClusterDocument;
  readonly cluster?: undefined;
  /** Whether environment variables are expanded in its settings. */
  readonly expandsVariables: boolean;
  /** Whether the file says nothing of the Dex that reads it, its issuer included. */
  readonly isAlone: boolean;
  /** How users come back, where the file tells the issuer. */
  readonly logins?: Logins | undefined;
  /** The same connector, with what is known about its type; none of a type that is not known. */
  readonly connectors: readonly DocumentConnector[];
}

/** What a rule may look at, by the name under which it asks for it. */
export interface Subjects {
  readonly cluster: ClusterSubject;
  readonly connector: ConnectorSubject;
  readonly 'dex-config': DexConfigSubject;
  readonly 'chart-values': ChartValuesSubject;
  readonly 'connector-list': ConnectorListSubject;
  readonly 'bootstrap-secret': BootstrapSecretSubject;
}

export type SubjectKind = keyof Subjects;
