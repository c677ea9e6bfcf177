import type { Cluster } from '../model/cluster';
import type { OutputEntry, OutputFile } from '../outputs/output';
import type { SecretKeys } from '../outputs/referred-secrets';
import { outputs as allOutputs } from '../outputs/registry';

/** The files of one cluster, not yet written. */
export interface Synthesis {
  readonly files: readonly OutputFile[];
  /** Names of the outputs that the files are of. */
  readonly outputs: readonly string[];
  /** Kubernetes objects by kind; empty without the output `manifests`. */
  readonly objectsByKind: Readonly<Record<string, number>>;
  /** Secrets that the objects refer to and that are not among them; empty without the output `manifests`. */
  readonly referredSecrets: SecretKeys;
}

/** Writes nothing: turns a cluster into files, in the formats of `outputs` that apply to it. */
export async function synthesize(
  cluster: Cluster,
  outputs: readonly OutputEntry[] = allOutputs,
): Promise<Synthesis> {
  const files: OutputFile[] = [];
  let objectsByKind: Readonly<Record<string, number>> = {};
  let referredSecrets: SecretKeys = {};
  for (const entry of outputs) {
    if (!entry.appliesTo(cluster)) continue;
    const result = (await entry.load()).emit(cluster);
    files.push(...result.files);
    objectsByKind = result.objectsByKind ?? objectsByKind;
    referredSecrets = result.referredSecrets ?? referredSecrets;
  }
  return { files, outputs: outputs.map(({ name }) => name), objectsByKind, referredSecrets };
}
