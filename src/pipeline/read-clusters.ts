import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import type { DocumentInput } from '../document/input';
import type { Cluster } from '../model/cluster';
import type { OutputEntry } from '../outputs/output';
import type { SecretInput } from '../secrets/secret-session';
import type { BaseOfRun } from './bases-of-run';
import { checkFiles } from './check-files';
import { present } from './present';
import { checkSecrets, readCluster } from './read-cluster';

/** A cluster and the document that describes it. */
export interface DescribedCluster {
  readonly document: Document;
  readonly cluster: Cluster;
}

/** Clusters, and the documents that are only the bases of theirs. */
export interface ReadClusters {
  readonly clusters: readonly DescribedCluster[];
  readonly bases: readonly BaseOfRun[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The clusters that documents describe, their secrets read or generated: all those that can be had, and none when a document
 * has errors. With `outputs`, secrets that none of them has stay empty.
 */
export function readClusters(
  fileNames: readonly string[],
  input: DocumentInput,
  secrets: SecretInput,
  outputs?: readonly OutputEntry[],
): ReadClusters {
  const checked = checkFiles(fileNames, input);
  if (hasErrors(checked.diagnostics)) {
    const others = checked.documents.flatMap((each) => checkSecrets(each, secrets, outputs));
    return {
      clusters: [],
      bases: checked.bases,
      diagnostics: present([...checked.diagnostics, ...others]),
    };
  }
  const read = checked.documents.map((each) => ({
    document: each.document,
    ...readCluster(each, secrets, outputs),
  }));
  return {
    clusters: read.flatMap(({ document, value }) => (value ? [{ document, cluster: value }] : [])),
    bases: checked.bases,
    diagnostics: present([...checked.diagnostics, ...read.flatMap(({ diagnostics }) => diagnostics)]),
  };
}
