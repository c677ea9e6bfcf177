import { hasErrors, type Diagnostic } from '../../diagnostics/diagnostic';
import type { Document } from '../../document/document';
import type { DocumentInput } from '../../document/input';
import { isMapping } from '../../document/is-mapping';
import { locate, toPointer, type SourceNode } from '../../document/source-node';
import { resolveCluster } from '../../model/resolve';
import { checkDocument, type CheckedDocument } from '../../pipeline/check-document';
import { checkFiles } from '../../pipeline/check-files';
import { present } from '../../pipeline/present';
import type { readCluster } from '../../pipeline/read-cluster';
import { plainSecrets } from '../plain-secrets';
import type { ReportEntry } from '../report';
import { exportValues, type ExportedValues } from './export-values';
import { placeholders } from '../placeholder';

/** Makes the cluster of a checked document. */
type Resolve = (checked: CheckedDocument) => ReturnType<typeof readCluster>;

/** What an export is asked for. */
export interface ExportOptions {
  /** Release of the chart; that of the document when it is missing. */
  readonly release?: string;
  /** Makes the cluster of a checked document, with its secrets. @default with placeholders in their place */
  readonly resolve?: Resolve;
}

/** The values that a document says, and what is to be known about it. */
export interface FileExport {
  /** Missing when the document has errors, or is none. */
  readonly exported?: ExportedValues;
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes values of the official chart of the document in a file. */
export function exportFile(
  file: string,
  input: DocumentInput,
  { release, resolve = withPlaceholders }: ExportOptions,
): FileExport {
  const { documents, diagnostics: found } = checkFiles([file], input);
  const [first, second] = documents;
  if (second) return { diagnostics: [severalDocuments(second.document)] };
  if (!first) return { diagnostics: found };
  const checked = release === undefined ? first : checkDocument(ofRelease(first.document, release));
  const diagnostics = release === undefined ? found : present(checked.diagnostics);
  if (hasErrors(diagnostics)) return { diagnostics };
  const { value: cluster, diagnostics: problems } = resolve(checked);
  if (!cluster) return { diagnostics: [...diagnostics, ...problems] };
  const exported = exportValues(checked.document, cluster);
  return {
    exported,
    diagnostics: [
      ...diagnostics,
      ...problems,
      ...exported.report.flatMap((entry) => diagnosticOf(entry) ?? []),
      ...plainSecrets('values', exported.plainPaths.length, checked.document.root),
    ],
  };
}

const withPlaceholders: Resolve = (checked) => {
  const { value, diagnostics } = resolveCluster(checked.document, placeholders);
  return { ...(value ? { value } : {}), diagnostics: [...diagnostics] };
};

/** The document as if it were of another release. */
function ofRelease(document: Document, release: string): Document {
  const { root, value } = document;
  const node: SourceNode = { source: root.source, start: root.start, end: root.start, scalar: release };
  return {
    ...document,
    root: {
      ...root,
      entries: new Map([
        ...(root.entries ?? []),
        [
          'release',
          root.entries?.get('release')
            ? ({ ...root.entries.get('release'), scalar: release } as SourceNode)
            : node,
        ],
      ]),
    },
    value: isMapping(value) ? { ...value, release } : value,
  };
}

function severalDocuments({ root }: Document): Diagnostic {
  return {
    code: 'EXP003',
    severity: 'error',
    message: 'The file has several documents, and values describe one release',
    location: locate(root, []),
    path: '',
    hint: 'give a file with one document',
  };
}

function diagnosticOf({ path, fate, message, location }: ReportEntry): Diagnostic | undefined {
  if (fate !== 'not-carried' || !location) return undefined;
  return {
    code: 'EXP001',
    severity: 'warning',
    message: `${path} is not in the values: ${message ?? 'the chart cannot say it'}`,
    location,
    path: toPointer(path.split('.')),
    hint: 'look at what it does in the cluster before you give the values to Helm',
  };
}
