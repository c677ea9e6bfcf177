import type { Access } from './access';
import type { DevNodes } from './dev-nodes';
import type { DevUsers } from './dev-users';
import type { DexServer } from './dex';
import type { GitOps } from './gitops';
import type { Auth, Auth0, Identity, Keycloak } from './identity';
import type { ReleaseTraits } from '../releases/release-traits';
import type { SecretReference } from './secret';
import type { SecretForm } from './secret-form';
import type { Database, Storage } from './storage';
import type { ClusterUrls } from './urls';
import type {
  Console,
  EnterpriseServer,
  Etcd,
  Pachd,
  PachdJob,
  Pachw,
  RestoreSnapshot,
  StringMap,
} from './workloads';

export type * from './access';
export type * from './identity';
export type * from './storage';
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
