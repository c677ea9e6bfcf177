import type { Target } from '../releases/target';
import { isUnreadable } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { readingOnce, todayOf, type DocumentInput } from '../document/input';
import { hideSecretsBeforeShowing } from '../document/mask';
import { isTypeScript, placeOf, readSource } from '../document/read-source';
import { readYaml } from '../document/read-yaml';
import type { SourceFile } from '../document/source-file';
import type { ValueLayers } from '../helm-values/layers/read-layers';
import { unreadableEscapes } from '../product-files/go-escapes';
import type { ProductFile, ProductFileKind } from '../product-files/product-file';
import { hideSecretData, objectsIn } from '../product-files/kubernetes-manifest';
import { nothingToCheck } from '../product-files/other-files';
import type { ValuesRules } from '../product-files/values-rules';
import { readLoosely } from '../product-files/loose-yaml';
import {
  defaultTarget,
  partsFor,
  partsOf,
  readsLoosely,
  recoverKind,
  suits,
} from '../product-files/registry';
import type { CheckedDocument } from './check-document';
import { checkFiles } from './check-files';
import { present } from './present';
import { suppress } from './suppressions';
import { unsuitedTarget } from './unsuited-target';
import { validateLayers } from './validate-layers';

export interface ValidateOptions {
  /** What every file is; `cluster` is a document of ours. @default each file says what it is */
  readonly kind?: ProductFileKind | 'cluster';
  /** The version of the product that is to read the files. @default the newest one */
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
  if (options.layers) return validateLayers(fileNames, options.layers, once, options);
  const diagnostics: Diagnostic[] = [];
  const productFiles: CheckedProductFile[] = [];
  const clusterFiles: string[] = [];
  for (const fileName of fileNames) {
    const { shownName: file } = placeOf(fileName, input);
    const { parts = [], source, other } = recognize(fileName, once, options);
    if (other) {
      diagnostics.push(other);
      continue;
    }
    if (parts.length === 0) {
      clusterFiles.push(fileName);
      if (options.target !== undefined) diagnostics.push(targetOfCluster(file, options.target));
      continue;
    }
    const found: Diagnostic[] = [];
    for (const { kind, reading } of parts) {
      const target = options.target ?? defaultTarget(kind, reading.nodes);
      const summary = source && kind.summary?.({ source, roots: reading.nodes });
      productFiles.push({ file, kind, target, ...(summary === undefined ? {} : { summary }) });
      if (isTypeScript(fileName)) diagnostics.push(program(file, kind));
      else if (!suits(kind, target)) diagnostics.push(unsuitedTarget(file, kind, target));
      else if (source) found.push(...checkProductFile(source, kind, target, reading, options.rules));
      else diagnostics.push(...readFile(fileName, once).diagnostics);
    }
    const roots = parts.flatMap(({ reading }) => reading.nodes);
    diagnostics.push(...suppress(found, roots, todayOf(input)));
  }
  const checked = checkFiles(clusterFiles, once);
  return {
    documents: checked.documents,
    productFiles,
    diagnostics: present([...diagnostics, ...checked.diagnostics]),
  };
}

/** Everything that is wrong with a file of a product, for one version of that. */
export function checkProductFile(
  source: SourceFile,
  kind: ProductFileKind,
  target: Target,
  strict = readObjects(source),
  rules?: ValuesRules,
): Diagnostic[] {
  const isUnread = strict.diagnostics.some(({ code }) => isUnreadable(code));
  const { nodes, diagnostics: found } = (isUnread && kind.readsLoosely && readLoosely(source)) || strict;
  const reading = found.flatMap((diagnostic) =>
    kind.explainReading ? (kind.explainReading(diagnostic) ?? []) : diagnostic,
  );
  const check = (file: ProductFile): Diagnostic[] => {
    for (const root of file.roots) {
      hideSecretsBeforeShowing(root);
      hideSecretData(root);
    }
    const escapes = kind.checksEscapes ? [] : file.roots.flatMap((root) => unreadableEscapes(root));
    return [...escapes, ...kind.check(file, target, rules)];
  };
  const first = reading.find(({ code }) => isUnreadable(code));
  if (first) {
    const file = kind.recover?.(source);
    // What the parser says after its first error is about the same slip.
    if (file) return [{ ...first, hint: file.hint }, ...file.diagnostics, ...check(file)];
    return nodes.length > 0 ? [...reading, ...check({ source, roots: nodes })] : reading;
  }
  if (nodes.length > 0) return [...reading, ...check({ source, roots: nodes })];
  return [
    {
      code: 'DOC010',
      severity: 'error',
      message: `The file is empty; it should be ${kind.title}`,
      location: source.locate(0, 0),
      path: '',
      hint: 'name another file',
    },
  ];
}

/** Reads a file of a product, with the objects of a list of Kubernetes as documents of their own. */
function readObjects(source: SourceFile): ReturnType<typeof readYaml> {
  const reading = readYaml(source);
  return { ...reading, nodes: [...objectsIn(reading.nodes)] };
}

/** What a file holds; no parts for cluster documents, programs and what cannot be read. */
function recognize(
  fileName: string,
  input: DocumentInput,
  { kind, target }: ValidateOptions,
): RecognizedFile {
  if (kind === 'cluster' || (kind === undefined && isTypeScript(fileName))) return {};
  const { source } = readFile(fileName, input);
  if (kind)
    return source
      ? { source, parts: [{ kind, reading: readObjects(source) }] }
      : { parts: [{ kind, reading: NOTHING }] };
  // A document of ours says so; it need not be parsed to find out.
  if (!source || /^\s*["']?apiVersion["']?\s*:\s*["']?pachkit\//m.test(source.text)) return {};
  const reading = readObjects(source);
  const isUnread = reading.diagnostics.some(({ code }) => isUnreadable(code));
  const loose = isUnread ? readsLoosely(source) : undefined;
  if (loose) return { source, parts: [loose] };
  const recovered = isUnread ? recoverKind(source)?.kind : undefined;
  const parts = recovered ? [{ kind: recovered, roots: reading.nodes }] : partsOf(reading.nodes);
  if (parts.length > 0)
    return {
      source,
      parts: partsFor(parts, target).map((part) => ({
        kind: part.kind,
        reading: { ...reading, nodes: [...part.roots] },
      })),
    };
  if (reading.diagnostics.some(({ severity }) => severity === 'error')) return {};
  const other = nothingToCheck(placeOf(fileName, input).shownName, reading.nodes);
  return other ? { other } : {};
}

/** What is read of a file that cannot be read. */
const NOTHING = { nodes: [], diagnostics: [] };

interface RecognizedFile {
  /** What it holds of each kind, with what was read to recognize it. */
  readonly parts?: readonly {
    readonly kind: ProductFileKind;
    readonly reading: ReturnType<typeof readYaml>;
  }[];
  readonly source?: SourceFile;
  /** That there is nothing to check in it, said instead of taking it for a cluster document. */
  readonly other?: Diagnostic;
}

function readFile(fileName: string, input: DocumentInput): ReturnType<typeof readSource> {
  const place = placeOf(fileName, input);
  return readSource(place, input, { file: place.shownName });
}

function program(file: string, kind: ProductFileKind): Diagnostic {
  return {
    code: 'FIL011',
    severity: 'error',
    message: `${file} is a program, and ${kind.title} is YAML or JSON`,
    location: { file },
    path: '',
    hint: 'leave out --as: programs yield cluster documents',
  };
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
