import { fileInput } from '../document/input';
import { readRegularFile } from '../document/read-file';
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { Cluster } from '../model/cluster';
import { checkFiles } from './check-files';
import { readCluster } from './read-cluster';
import { present } from './present';

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
  const checked = checkFiles(fileNames, fileInput(options.directory ?? process.cwd()));
  if (hasErrors(checked.diagnostics)) return { clusters: [], diagnostics: checked.diagnostics };
  const environment = options.environment ?? {};
  const secrets = {
    variable: (name: string) => environment[name],
    readFile: readRegularFile,
    frozen: options.frozen ?? false,
  };
  const read = checked.documents.map((document) => readCluster(document, secrets));
  const diagnostics = present([...checked.diagnostics, ...read.flatMap((each) => each.diagnostics)]);
  const clusters = read.flatMap(({ value }) => (value ? [value] : []));
  return { clusters: hasErrors(diagnostics) ? [] : clusters, diagnostics };
}
