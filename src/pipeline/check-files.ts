import type { Diagnostic } from '../diagnostics/diagnostic';
import { Bases } from '../document/bases';
import { clusterName } from '../document/document';
import type { DocumentInput } from '../document/input';
import { readDocuments } from '../document/read-documents';
import { locate } from '../document/source-node';
import { checkDocument, type CheckedDocument } from './check-document';
import { present } from './present';

/** Reads and checks files. All findings of all files come out, sorted. */
export function checkFiles(
  fileNames: readonly string[],
  input: DocumentInput,
): { documents: CheckedDocument[]; diagnostics: Diagnostic[] } {
  const found: (readonly Diagnostic[])[] = [];
  const documents: CheckedDocument[] = [];
  const bases = new Bases(input);
  for (const fileName of fileNames) {
    const read = readDocuments(fileName, input, bases);
    found.push(read.diagnostics);
    for (const document of read.documents) {
      const checked = checkDocument(document);
      documents.push(checked);
      const clusters = [clusterName(document)];
      found.push(checked.diagnostics.map((diagnostic) => ({ ...diagnostic, clusters })));
    }
  }
  found.push(sameNames(documents));
  return { documents, diagnostics: present(found.flat()) };
}

/** Two clusters of one name would be written into one folder. */
function sameNames(documents: readonly CheckedDocument[]): Diagnostic[] {
  const firstFile = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  for (const { document, cluster } of documents) {
    if (!cluster) continue;
    const other = firstFile.get(cluster.name);
    if (other === undefined) {
      firstFile.set(cluster.name, document.file);
      continue;
    }
    diagnostics.push({
      code: 'DOC012',
      severity: 'error',
      message: `The name "${cluster.name}" is taken by the cluster in ${other}; both would be written into one folder`,
      location: locate(document.root, ['name']),
      path: '/name',
      hint: 'give each cluster a name of its own',
    });
  }
  return diagnostics;
}
