import { sortDiagnostics, type Diagnostic } from '../diagnostics/diagnostic';
import type { DocumentInput } from '../document/input';
import { readDocuments } from '../document/read-documents';
import type { ClusterDocument } from '../generated/cluster-document';
import { checkRun } from '../rules/check-run';
import { checkDocument, type CheckedDocument } from './check-document';

/**
 * Reads and checks files, each document by itself and then all clusters together. All findings of all files come out,
 * sorted.
 */
export function checkFiles(
  fileNames: readonly string[],
  input: DocumentInput,
): { documents: CheckedDocument[]; diagnostics: Diagnostic[] } {
  const found: (readonly Diagnostic[])[] = [];
  const documents: CheckedDocument[] = [];
  for (const fileName of fileNames) {
    const read = readDocuments(fileName, input);
    found.push(read.diagnostics);
    for (const document of read.documents) {
      const checked = checkDocument(document);
      documents.push(checked);
      found.push(checked.diagnostics);
    }
  }
  found.push(
    checkRun(
      documents.flatMap(({ document: { file, root, value }, cluster }) =>
        cluster ? [{ file, root, cluster, document: value as unknown as ClusterDocument }] : [],
      ),
    ),
  );
  return { documents, diagnostics: sortDiagnostics(found.flat()) };
}
