import type { Diagnostic } from '../diagnostics/diagnostic';
import { Bases } from '../document/bases';
import { clusterName } from '../document/document';
import { todayOf, type DocumentInput } from '../document/input';
import { readDocuments } from '../document/read-documents';
import { checkDocument, type CheckedDocument } from './check-document';
import { checkTogether } from './check-together';
import { present } from './present';
import { suppress } from './suppressions';

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
  found.push(checkTogether(documents));
  const roots = documents.map(({ document }) => document.root);
  return { documents, diagnostics: present(suppress(found.flat(), roots, todayOf(input))) };
}
