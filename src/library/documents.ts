import type { Diagnostic } from '../diagnostics/diagnostic';
import type { OutputName } from '../generated/output-names';
import { fileInput } from '../document/input';
import { readRegularFile } from '../files/read-file';
import { loadClusters as loadModels } from '../plan/load-clusters';
import { synthesize as synthesizeModel } from '../plan/synthesize';
import { validateFiles as validate } from '../pipeline/validate-files';
import { defaultOutputs, outputsNamed } from '../outputs/registry';
import { modelOf, resolvedCluster, type ResolvedCluster } from './resolved-cluster';

/** How documents are loaded. */
export interface LoadOptions {
  /**
   * Absolute directory that relative file names start from.
   * @default process.cwd()
   */
  readonly directory?: string;
  /**
   * Environment that secrets given as an `env` are read from, such as `process.env`.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /**
   * Generate no secrets; a missing one is an error.
   * @default false
   */
  readonly frozen?: boolean;
}

/** What documents describe. */
export interface LoadedClusters {
  /** The clusters in the order of the documents; empty when there is an error. */
  readonly clusters: readonly ResolvedCluster[];
  /** Everything that was found, sorted: errors and warnings, each with file, line and column. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The clusters that documents describe, ready for constructs: files are read and checked, secrets read, or generated and kept
 * beside the document, and images get the digests of the lock file. Never throws for what is wrong with a document:
 * `diagnostics` says it.
 *
 * @param fileNames - YAML, JSON and TypeScript files; a file may hold several documents
 *
 * @example
 * ```ts
 * const { clusters, diagnostics } = loadClusters(['pachyderm.yaml'], { environment: process.env });
 * ```
 */
export function loadClusters(
  fileNames: readonly string[],
  { directory = process.cwd(), environment = {}, frozen = false }: LoadOptions = {},
): LoadedClusters {
  const { clusters, diagnostics } = loadModels(fileNames, fileInput(directory), {
    variable: (name) => environment[name],
    readFile: readRegularFile,
    frozen,
  });
  return { clusters: clusters.map(({ cluster }) => resolvedCluster(cluster)), diagnostics };
}

/** How files are validated. */
export interface ValidateOptions {
  /**
   * Absolute directory that relative file names start from.
   * @default process.cwd()
   */
  readonly directory?: string;
}

/**
 * Checks files of every kind that `pachkit validate` checks: documents, connector files for pachctl, Dex configurations and
 * Helm values, each recognized by what it says. All findings of all files come out, sorted. Reads no secrets.
 *
 * @param fileNames - YAML, JSON and TypeScript files
 */
export function validateFiles(
  fileNames: readonly string[],
  { directory = process.cwd() }: ValidateOptions = {},
): readonly Diagnostic[] {
  return validate(fileNames, fileInput(directory)).diagnostics;
}

/** How a cluster is turned into files. */
export interface SynthesizeOptions {
  /**
   * The formats; one that does not apply to the cluster yields no files.
   * @default - those that `pachkit synth` writes
   */
  readonly outputs?: readonly OutputName[];
}

/** A file of a cluster. */
export interface SynthesizedFile {
  /** Path below the folder of the cluster, with forward slashes, such as `manifests/04-etcd.yaml`. */
  readonly path: string;
  /** The text. */
  readonly content: string;
  /** Whether it holds secrets, so that only its owner should be able to read it. */
  readonly isSecret: boolean;
}

/**
 * The files that `pachkit synth` writes for a cluster. Writes nothing; the same cluster always gives the same bytes.
 *
 * @param cluster - `PachydermCluster.resolved`, or one of `loadClusters()`
 */
export async function synthesize(
  cluster: ResolvedCluster,
  { outputs }: SynthesizeOptions = {},
): Promise<readonly SynthesizedFile[]> {
  const wanted = outputs ? outputsNamed(...outputs) : defaultOutputs;
  const { files } = await synthesizeModel(modelOf(cluster), wanted);
  return files.map(({ path, content, isSecret }) => ({ path, content, isSecret }));
}
