import type { Cluster } from '../model/cluster';
import { countByKind } from '../outputs/object-files';
import type { OutputEntry, OutputFile } from '../outputs/output';
import { referredSecrets, type SecretKeys } from '../outputs/referred-secrets';
import { defaultOutputs } from '../outputs/registry';
import { construct } from './plan';

/** The files of one cluster, not yet written. */
export interface Synthesis {
  readonly files: readonly OutputFile[];
  /** Names of the outputs that the files are of. */
  readonly outputs: readonly string[];
  /** Kubernetes objects by kind; empty without an output of such objects. */
  readonly objectsByKind: Readonly<Record<string, number>>;
  /** Secrets that the objects refer to and that are not among them; empty without an output of such objects. */
  readonly referredSecrets: SecretKeys;
}

/** Writes nothing: turns a cluster into files, in the formats of `outputs` that apply to it. */
export async function synthesize(
  cluster: Cluster,
  outputs: readonly OutputEntry[] = defaultOutputs,
): Promise<Synthesis> {
  const { files, objects } = await construct(cluster, outputs);
  return {
    files,
    outputs: outputs.map(({ name }) => name),
    objectsByKind: countByKind(objects),
    referredSecrets: referredSecrets(objects),
  };
}
