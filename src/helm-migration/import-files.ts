import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import { formatPath, toPointer } from '../document/source-node';
import type { DocumentInput } from '../document/input';
import type { SetArgument } from '../helm-values/layers/read-layers';
import { parseRelease } from '../releases/release';
import { releaseTraits, type ReleaseTraits } from '../releases/release-traits';
import type { ChartPart } from '../product-files/umbrella';
import { locationOf, type ImportOptions } from './context';
import { importValues, type ImportedDocument } from './import-values';
import { readValues } from './read-values';
import type { ReportEntry } from './report';
import { plainSecrets, secretInUrlCarried } from './plain-secrets';
import { chartValuesRelease } from './release-of-values';

/** What an import of files is asked for. The release may be left to the values. */
export type FileImportOptions = Omit<ImportOptions, 'release'> & {
  readonly release?: ReleaseTraits;
  /** Single values that are laid over the files. @default none */
  readonly sets?: readonly SetArgument[];
  /** The key of the values of the chart in those of a chart that depends on it. @default what the values tell */
  readonly key?: string | undefined;
};

/** The document that values files say, and what is to be known about it. */
export interface FileImport {
  /** Missing when the files are not values, or say what no document can. */
  readonly imported?: ImportedDocument;
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes a document of files with values of the official chart, laid over each other as Helm does. */
export function importFiles(
  files: readonly string[],
  input: DocumentInput,
  { sets = [], key, ...options }: FileImportOptions,
): FileImport {
  const { part, diagnostics } = readValues({ files, sets, key }, input);
  if (!part) return { diagnostics };
  const { imported, diagnostics: found } = importPart(part, options);
  return { ...(imported ? { imported } : {}), diagnostics: [...diagnostics, ...found] };
}

function importPart(part: ChartPart, { release: asked, ...options }: FileImportOptions): FileImport {
  const { root } = part;
  const chosen = asked === undefined ? chartValuesRelease(root) : { release: asked };
  const imported = importValues(root, { ...options, release: chosen.release });
  const diagnostics = part.inFile([
    ...('diagnostic' in chosen ? [chosen.diagnostic] : []),
    ...imported.report.flatMap((entry) => diagnosticOf(entry) ?? secretInUrlCarried(entry) ?? []),
    ...imported.warnings,
    ...plainSecrets('document', imported.plainFields.length, root),
  ]);
  return hasErrors(diagnostics)
    ? { diagnostics }
    : { imported: { ...imported, report: reportOfFile(imported.report, part) }, diagnostics };
}

/** The report with paths as they are in the file, and with what stands there beside the values of the chart. */
function reportOfFile(report: readonly ReportEntry[], part: ChartPart): readonly ReportEntry[] {
  if (part.isAll) return report;
  const beside = part.others.map(({ path, node, of }): ReportEntry => ({
    path: formatPath(path),
    fate: 'other-product',
    message: `it is of ${of}`,
    location: locationOf(node),
  }));
  const own = report.map((entry) =>
    entry.location ? { ...entry, path: part.pathInFile(entry.path.split('.')).join('.') } : entry,
  );
  return [...own, ...beside];
}

/** Values without which the document would be of another cluster. */
const ESSENTIAL = new Set(['enterpriseServer.enabled', 'pachd.enabled']);

/** Without it the cluster would ask its own Dex, and let other people in. */
const MEMBER = 'pachd.activateEnterpriseMember';

/** Values that decide where the data is: a document without them would be of local storage. */
const STORAGE = new Set(['deployTarget', 'pachd.storage.backend']);

function diagnosticOf({ path, fate, message, location }: ReportEntry): Diagnostic | undefined {
  if (!location || (fate !== 'not-carried' && fate !== 'unknown')) return undefined;
  const at = { location, path: toPointer(path.split('.')) };
  if (ESSENTIAL.has(path))
    return {
      ...at,
      code: 'IMP005',
      severity: 'error',
      message: `${path}: ${message ?? 'a document cannot say it'}`,
      hint: 'set pachd.enabled and enterpriseServer.enabled so that one of the two is true',
    };
  if (path === MEMBER && fate === 'not-carried')
    return {
      ...at,
      code: 'IMP005',
      severity: 'error',
      message: `${path} cannot be carried, and without it people would log in at a Dex of the cluster itself, not at that of the enterprise server: ${message ?? 'a document cannot say it'}`,
      hint: 'set pachd.enterpriseServerAddress, pachd.enterpriseServerToken and pachd.enterpriseCallbackAddress, and import again',
    };
  if (STORAGE.has(path))
    return {
      ...at,
      code: 'IMP010',
      severity: 'error',
      message: `${path} cannot be carried, and without it pachd would begin with no data: ${message ?? 'a document cannot say it'}`,
      hint: 'correct the storage values as far as the report names them, and import again',
    };
  return fate === 'unknown'
    ? {
        ...at,
        code: 'IMP004',
        severity: 'warning',
        message: `No release of the chart reads ${path}, and neither does the document say it${message === undefined ? '' : `; ${message}`}`,
        hint:
          message === undefined
            ? 'remove it, or correct its name and import again'
            : 'correct its name and import again',
      }
    : {
        ...at,
        code: 'IMP003',
        severity: 'warning',
        message: `${path} is not carried: ${message ?? 'a document cannot say it'}`,
        hint: 'look at what it did in the release before you apply the manifests',
      };
}

/** The traits of a release as it is written on the command line; undefined for one that is not supported. */
export function releaseNamed(text: string): ReleaseTraits | undefined {
  const version = parseRelease(text.replace(/^v/, ''));
  return version && releaseTraits(version);
}
