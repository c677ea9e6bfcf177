import type { Cluster } from '../model/cluster';
import type { SecretRequest } from '../model/secret-reader';
import type { SecretKeys } from './referred-secrets';

/** A file to write, below the folder of its cluster. */
export interface OutputFile {
  /** Path with forward slashes, such as `manifests/04-etcd.yaml`. */
  readonly path: string;
  readonly content: string;
  /** Whether it holds secrets and only its owner may read it. */
  readonly isSecret: boolean;
}

/** What an output makes of a cluster. */
export interface OutputResult {
  readonly files: readonly OutputFile[];
  /** Kubernetes objects by kind, when the output writes such objects. */
  readonly objectsByKind?: Readonly<Record<string, number>>;
  /** Secrets that such objects refer to and that are not among them. */
  readonly referredSecrets?: SecretKeys;
}

/** A format that clusters are written in: one folder below the cluster's. A pure function of the cluster. */
export interface Output {
  emit(cluster: Cluster): OutputResult;
}

/** A row of the registry: what the output is called, and how its code, which may be large, is loaded. */
export interface OutputEntry {
  /** Name on the command line and of the folder. */
  readonly name: string;
  readonly description: string;
  /** Whether the cluster has anything to write in this format; asked before the code is loaded. */
  appliesTo(cluster: Cluster): boolean;
  /** Whether it needs a secret to be read, or generated and kept. */
  readsSecret(request: SecretRequest): boolean;
  load(): Promise<Output>;
}
