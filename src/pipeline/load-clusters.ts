import { fileInput } from '../document/input';
import { readRegularFile } from '../files/read-file';
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { Cluster } from '../model/cluster';
import { readClusters } from './read-clusters';

export interface LoadOptions {
  /** Absolute directory that relative file names start from. @default process.cwd() */
  readonly directory?: string;
  /** Environment that `{ env: NAME }` is read from. @default none */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Generate no secrets; a missing one is an error. @default false */
  readonly frozen?: boolean;
}

/**
 * The clusters that documents describe, ready for constructs: files are read and checked, secrets read or generated. When
 * there is an error, `clusters` is empty and `diagnostics` says what is wrong and where.
 *
 * @example
 * const { clusters, diagnostics } = loadClusters(['pachyderm.yaml'], { environment: process.env });
 */
export function loadClusters(
  fileNames: readonly string[],
  options: LoadOptions = {},
): { clusters: readonly Cluster[]; diagnostics: readonly Diagnostic[] } {
  const environment = options.environment ?? {};
  const { clusters, diagnostics } = readClusters(fileNames, fileInput(options.directory ?? process.cwd()), {
    variable: (name) => environment[name],
    readFile: readRegularFile,
    frozen: options.frozen ?? false,
  });
  return { clusters: hasErrors(diagnostics) ? [] : clusters.map(({ cluster }) => cluster), diagnostics };
}
