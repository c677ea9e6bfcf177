import type { Document } from '../document/document';
import type { OutputName } from '../generated/output-names';
import type { Cluster } from '../model/cluster';
import type { SecretForm } from '../model/secret-form';
import type { SecretRequest } from '../model/secret-reader';
import type { ClusterObject } from './objects';

/** A file to write, below the folder of its cluster. */
export interface OutputFile {
  /** Path with forward slashes, such as `manifests/04-etcd.yaml`. */
  readonly path: string;
  readonly content: string;
  /** Whether it holds secrets and only its owner may read it. */
  readonly isSecret: boolean;
}

/** A cluster whose files are written, as far as commands depend on it. */
export interface WrittenCluster {
  readonly cluster: Cluster;
  readonly document: Document;
  /** Folder of the cluster, as the user would name it. */
  readonly directory: string;
  /** Absolute folder that the user runs commands in. */
  readonly workingDirectory: string;
}

/** What several clusters of a run are written over, as their documents extend the same base. */
export interface SharedBase {
  /** Name of the folder beside those of the clusters. */
  readonly folder: string;
  /** The Kubernetes objects that are in it: those of one of the clusters. */
  readonly objects: readonly ClusterObject[];
}

/** What an output may ask for besides the cluster and its objects. */
export interface EmitContext {
  /** What the cluster shares with others. */
  readonly base?: SharedBase | undefined;
  /** Images that other outputs of the run name besides those of the objects, with tags. @default none */
  readonly otherImages?: readonly string[];
  /** The objects of the same document with another host; undefined where it cannot have that one, or no document is there. */
  readonly objectsWithHost?: (host: string) => readonly ClusterObject[] | undefined;
}

/** A format that clusters are written in: one folder below the cluster's. */
export interface Output {
  /** A pure function of the cluster and its Kubernetes objects, which are empty unless the row needs them or their images. */
  emit(cluster: Cluster, objects: readonly ClusterObject[], context?: EmitContext): readonly OutputFile[];
  /** The files of a base that clusters share, in a folder of its own. @default none: clusters share nothing */
  emitShared?(objects: readonly ClusterObject[]): readonly OutputFile[];
  /** Commands that put the files to use, in the order in which they work. @default none */
  commands?(written: WrittenCluster): readonly string[];
  /** Environment variables that those commands read secrets from. @default none */
  variables?(cluster: Cluster): readonly string[];
}

/**
 * What an output needs:
 *
 * - `objects`: the Kubernetes objects. Its commands apply them, so what they refer to has to exist before, and the way
 *   to the login comes after. Commands of outputs without objects come first: they set up what the objects refer to.
 * - `images`: the Kubernetes objects, for what they run. Nothing of it is applied.
 * - `repository`: where engines roll the cluster out from, as the section `gitops` says. They roll out what Git may have.
 * - `client-id`: the client id of the application at Auth0, which exists once Terraform was applied.
 */
export type OutputNeed = 'objects' | 'images' | 'client-id' | 'repository';

/** A row of the registry: what the output is called, what it needs, and how its code is loaded. */
export interface OutputEntry {
  /** Name on the command line, of the folder, and of the module in `src/outputs/`. */
  readonly name: OutputName;
  /** What is in the folder, for `synth --help`. */
  readonly description: string;
  /** Whether it is written when `--only` does not select outputs; a function for one that the document asks for. */
  readonly isDefault: boolean | ((cluster: Cluster) => boolean);
  readonly needs: readonly OutputNeed[];
  /** Whether Terraform keeps a state in the folder, which has to survive every synthesis. @default false */
  readonly keepsState?: boolean;
  /** Whether `pachkit deploy` runs Terraform there. @default false */
  readonly isMadeByDeploy?: boolean;
  /** Whether clusters whose documents extend the same base share files of it. @default false */
  readonly sharesBases?: boolean;
  /** Whether what rolls it out decrypts Secrets that sops encrypted. @default false */
  readonly decrypts?: boolean;
  /** Whether it brings a library so large that the program loads its code from a file of its own. @default false */
  readonly isPart?: boolean;
  /** Whether the cluster has anything to write in this format; asked before the code is loaded. */
  appliesTo(cluster: Cluster): boolean;
  /** Whether it needs a secret to be read, or generated and kept, when Secrets are written in a form. */
  readsSecret(request: SecretRequest, form: SecretForm['kind']): boolean;
  /** Images that its files name besides those of the Kubernetes objects, with tags. @default none */
  otherImages?(cluster: Cluster): readonly string[];
  load(): Promise<Output>;
}
