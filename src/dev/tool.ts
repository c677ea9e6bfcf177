import type { DevNodes } from '../model/dev-nodes';
import type { MappedPort } from './access-services';

/** A cluster on this machine, as a tool is asked for it. */
export interface DevCluster {
  /** Name that the tool knows it by. */
  readonly name: string;
  readonly ports: readonly MappedPort[];
  /** What its node is, as `dev.nodes` says for the tool, with a digest where one is locked. Default: what the tool takes. */
  readonly node?: string;
}

/** A program that makes clusters of Kubernetes on this machine. */
export interface ClusterTool {
  readonly name: keyof DevNodes;
  /** Where it can be had. */
  readonly homepage: string;
  /** Its configuration of a cluster as YAML; missing for a tool that takes arguments alone. */
  readonly configuration?: (cluster: DevCluster) => string;
  /** Arguments that list its clusters, and what reads their names from what it prints. */
  readonly list: { readonly args: readonly string[]; readonly names: (output: string) => readonly string[] };
  /**
   * Arguments that make a cluster.
   *
   * @param file where the configuration is
   */
  readonly create: (cluster: DevCluster, file: string) => readonly string[];
  readonly remove: (name: string) => readonly string[];
  /** Name of the container that its node runs in. */
  readonly nodeContainer: (name: string) => string;
  /** Arguments that load images from an archive into the cluster. */
  readonly load: (name: string, archive: string) => readonly string[];
  /** Whether its nodes know an image by a digest when the archive names it so. Docker knows those of registries alone. */
  readonly keepsDigests: boolean;
  /** Name of the context that it writes into the kubeconfig. */
  readonly context: (name: string) => string;
}
