import type { CheckedDocument } from '../pipeline/check-document';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { pictureOf } from './picture-of';
import type { Picture } from './picture';

/** A picture of every document of a run, with the findings about it. */
export function picturesOf(
  documents: readonly CheckedDocument[],
  diagnostics: readonly Diagnostic[],
): Picture[] {
  return documents.map((checked) => pictureOf(checked, about(checked, documents, diagnostics)));
}

/** The findings about a document: in its file or what it extends, and none that is known to be of another. */
function about(
  { document, diagnostics: own }: CheckedDocument,
  documents: readonly CheckedDocument[],
  diagnostics: readonly Diagnostic[],
): Diagnostic[] {
  const key = ({ code, path, location }: Diagnostic): string =>
    JSON.stringify([code, path, location.file, location.range?.line]);
  const ofThis = new Set(own.map(key));
  const ofOthers = new Set(
    documents.flatMap((other) => (other.document === document ? [] : other.diagnostics.map(key))),
  );
  return diagnostics.filter(
    (finding) =>
      ofThis.has(key(finding)) || (finding.location.file === document.file && !ofOthers.has(key(finding))),
  );
}
