import type { Cluster } from '../model/cluster';
import type { OutputEntry, OutputFile } from '../outputs/output';
import { outputs as allOutputs } from '../outputs/registry';

/** The files of one cluster, not yet written. */
export interface Synthesis {
  readonly files: readonly OutputFile[];
  /** Names of the outputs that the files are of. */
  readonly outputs: readonly string[];
  /** Kubernetes objects by kind; empty without the output `manifests`. */
  readonly objectsByKind: Readonly<Record<string, number>>;
}

/** Writes nothing: turns a cluster into files, in the formats of `outputs` that apply to it. */
export async function synthesize(
  cluster: Cluster,
  outputs: readonly OutputEntry[] = allOutputs,
): Promise<Synthesis> {
  const files: OutputFile[] = [];
  let objectsByKind: Readonly<Record<string, number>> = {};
  for (const entry of outputs) {
    if (!entry.appliesTo(cluster)) continue;
    const result = (await entry.load()).emit(cluster);
    files.push(...result.files);
    objectsByKind = result.objectsByKind ?? objectsByKind;
  }
  return { files, outputs: outputs.map(({ name }) => name), objectsByKind };
}
