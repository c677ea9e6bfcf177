import type { Diagnostic } from '../diagnostics/diagnostic';
import { Bases } from '../document/bases';
import { clusterName } from '../document/document';
import { todayOf, type DocumentInput } from '../document/input';
import { readDocuments } from '../document/read-documents';
import { basesOfRun, type BaseOfRun } from './bases-of-run';
import { checkDocument, type CheckedDocument } from './check-document';
import { checkTogether } from './check-together';
import { present } from './present';
import { suppress } from './suppressions';

/**
 * Reads and checks files, each document by itself and then all clusters together. All findings of all files come out,
 * sorted. A document without all that a cluster needs, which others among them extend and complete, is their base and none of the documents.
 */
export function checkFiles(
  fileNames: readonly string[],
  input: DocumentInput,
): { documents: CheckedDocument[]; bases: readonly BaseOfRun[]; diagnostics: Diagnostic[] } {
  const found: (readonly Diagnostic[])[] = [];
  const checked: CheckedDocument[] = [];
  const readBases = new Bases(input);
  for (const fileName of fileNames) {
    const read = readDocuments(fileName, input, readBases);
    found.push(read.diagnostics);
    checked.push(...read.documents.map((document) => checkDocument(document)));
  }
  const bases = basesOfRun(checked);
  const documents = checked.filter((each) => !bases.has(each));
  for (const { document, diagnostics } of documents) {
    const clusters = [clusterName(document)];
    found.push(diagnostics.map((diagnostic) => ({ ...diagnostic, clusters })));
  }
  found.push(checkTogether(documents));
  const roots = documents.map(({ document }) => document.root);
  return {
    documents,
    bases: [...bases.values()],
    diagnostics: present(suppress(found.flat(), roots, todayOf(input))),
  };
}
