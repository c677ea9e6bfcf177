import type { Target } from '../releases/target';
import { isUnreadable } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { todayOf, type DocumentInput } from '../document/input';
import { hideSecretsBeforeShowing } from '../document/mask';
import { isTypeScript, placeOf, readSource } from '../document/read-source';
import { readYaml } from '../document/read-yaml';
import type { SourceFile } from '../document/source-file';
import { mayBeTemplate } from '../helm-values/layers/template-around';
import { unreadableEscapes } from '../product-files/go-escapes';
import type { ProductFile, ProductFileKind } from '../product-files/product-file';
import { hideSecretData, objectsIn } from '../product-files/kubernetes-manifest';
import { fileOfTerraform, nothingToCheck } from '../product-files/other-files';
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
import { suppress } from './suppressions';
import { unsuitedTarget } from './unsuited-target';
import type { CheckedProductFile, ValidateOptions } from './validate-files';

export { productFileKinds } from '../product-files/registry';
export { validateLayers } from './validate-layers';

/** A file that is no document of ours, after checking. */
export interface OtherFile {
  /** What it holds of each kind; none where there is nothing to check in it. */
  readonly productFiles: readonly CheckedProductFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks a file of a product; undefined for what is to be taken for a cluster document. */
export function checkOtherFile(
  fileName: string,
  input: DocumentInput,
  options: Omit<ValidateOptions, 'kind'> & { readonly kind: ProductFileKind | undefined },
): OtherFile | undefined {
  const { shownName: file } = placeOf(fileName, input);
  const { parts = [], source, other } = recognize(fileName, input, options);
  if (other) return { productFiles: [], diagnostics: [other] };
  if (parts.length === 0) return undefined;
  const productFiles: CheckedProductFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const found: Diagnostic[] = [];
  for (const { kind, reading } of parts) {
    const target = options.target ?? defaultTarget(kind, reading.nodes);
    const summary = source && kind.summary?.({ source, roots: reading.nodes });
    productFiles.push({ file, kind, target, ...(summary === undefined ? {} : { summary }) });
    if (isTypeScript(fileName)) diagnostics.push(program(file, kind));
    else if (!suits(kind, target)) diagnostics.push(unsuitedTarget(file, kind, target));
    else if (source) found.push(...checkProductFile(source, kind, target, reading, options.rules));
    else diagnostics.push(...readFile(fileName, input).diagnostics);
  }
  const roots = parts.flatMap(({ reading }) => reading.nodes);
  return { productFiles, diagnostics: [...diagnostics, ...suppress(found, roots, todayOf(input))] };
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
  const file = mayBeTemplate(reading) ? kind.recover?.(source) : undefined;
  if (file && file.hint === undefined) {
    for (const node of nodes) hideSecretsBeforeShowing(node);
    return [...file.diagnostics];
  }
  if (first) {
    // What the parser says after its first error is about the same slip.
    if (file) return [{ ...first, hint: file.hint ?? '' }, ...file.diagnostics, ...check(file)];
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
  { kind, target }: { readonly kind: ProductFileKind | undefined; readonly target?: Target },
): RecognizedFile {
  const { source } = readFile(fileName, input);
  if (kind)
    return source
      ? { source, parts: [{ kind, reading: readObjects(source) }] }
      : { parts: [{ kind, reading: NOTHING }] };
  if (!source) return {};
  const terraform = fileOfTerraform(placeOf(fileName, input).shownName);
  if (terraform) return { other: terraform };
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
