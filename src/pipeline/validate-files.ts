import type { Target } from '../releases/target';
import { isUnreadable } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { readingOnce, type DocumentInput } from '../document/input';
import { isTypeScript, placeOf, readSource } from '../document/read-source';
import type { ValueLayers } from '../helm-values/layers/read-layers';
import type { ProductFileKind } from '../product-files/product-file';
import type { ValuesRules } from '../product-files/values-rules';
import type { BaseOfRun } from './bases-of-run';
import type { CheckedDocument } from './check-document';
import { checkFiles } from './check-files';
import { present } from './present';

export interface ValidateOptions {
  /** What every file is; `cluster` is a document of ours. @default each file says what it is */
  readonly kind?: ProductFileKind | 'cluster';
  /** The version of the product that is to read the files. @default what a file itself says, else the newest one */
  readonly target?: Target;
  /** Values of the official chart that are laid over the files, which are the first layers then. */
  readonly layers?: ValueLayers;
  /** What rules of documents say of values of the official chart. @default they are not asked */
  readonly rules?: ValuesRules;
}

/** A file of a product after checking. */
export interface CheckedProductFile {
  /** As the user named it. */
  readonly file: string;
  readonly kind: ProductFileKind;
  readonly target: Target;
  /** What was checked and what was not, where a kind tells it. */
  readonly summary?: string;
}

export interface ValidatedFiles {
  readonly documents: readonly CheckedDocument[];
  /** Documents that are only the bases of others among the files. */
  readonly bases?: readonly BaseOfRun[];
  readonly productFiles: readonly CheckedProductFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Checks files of every kind: cluster documents, and files that Pachyderm and Dex read themselves. All findings of all
 * files come out, sorted. Reads no secrets and writes nothing.
 */
export function validateFiles(
  fileNames: readonly string[],
  input: DocumentInput,
  options: ValidateOptions = {},
): ValidatedFiles {
  const once = readingOnce(input);
  if (options.layers) return productFileChecks().validateLayers(fileNames, options.layers, once, options);
  const diagnostics: Diagnostic[] = [];
  const productFiles: CheckedProductFile[] = [];
  const clusterFiles: string[] = [];
  for (const fileName of fileNames) {
    const other = isDocument(fileName, once, options)
      ? undefined
      : productFileChecks().checkOtherFile(fileName, once, { ...options, kind: productKindIn(options) });
    if (other) {
      productFiles.push(...other.productFiles);
      diagnostics.push(...other.diagnostics);
      continue;
    }
    clusterFiles.push(fileName);
  }
  const checked = checkFiles(clusterFiles, once);
  const { target } = options;
  if (target !== undefined)
    diagnostics.push(
      ...clusterFiles
        .map((fileName) => placeOf(fileName, input).shownName)
        // What a file is that cannot be read is not known.
        .filter(
          (file) =>
            !checked.diagnostics.some(({ code, location }) => location.file === file && isUnreadable(code)),
        )
        .map((file) => targetOfCluster(file, target)),
    );
  return {
    documents: checked.documents,
    bases: checked.bases,
    productFiles,
    diagnostics: present([...diagnostics, ...checked.diagnostics]),
  };
}

/** A part of the program of its own, loaded on use: most files that are checked are documents. */
function productFileChecks(): typeof import('./check-product-files') {
  return require('./check-product-files') as typeof import('./check-product-files');
}

/** Whether a file is a document without a look at what else it may be. */
function isDocument(fileName: string, input: DocumentInput, { kind }: ValidateOptions): boolean {
  if (kind !== undefined) return kind === 'cluster';
  if (isTypeScript(fileName)) return true;
  const place = placeOf(fileName, input);
  const { source } = readSource(place, input, { file: place.shownName });
  // A document of ours says so; it need not be parsed to find out.
  return !source || /^[ \t]*["']?apiVersion["']?\s*:\s*["']?pachkit\//m.test(source.text);
}

function productKindIn({ kind }: ValidateOptions): ProductFileKind | undefined {
  return kind === 'cluster' ? undefined : kind;
}

function targetOfCluster(file: string, target: Target): Diagnostic {
  return {
    code: 'FIL013',
    severity: 'error',
    message: `${file} is not a file of Pachyderm's or Dex's own, so it is not checked for ${target}: a cluster document names its release itself`,
    location: { file },
    path: '',
    hint: 'leave out --target, or say with --as what the file is',
  };
}
