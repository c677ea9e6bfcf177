import { newestTarget, productOf, type Target } from '../releases/target';
import type { SourceFile } from '../document/source-file';
import type { SourceNode } from '../document/source-node';
import { connectorFile } from './connector-file';
import { dexConfig } from './dex-config/dex-config';
import { helmValues } from './helm-values';
import { isManifest } from './kubernetes-manifest';
import { readLoosely } from './loose-yaml';
import type { ProductFileKind, RecoveredFile } from './product-file';
import { upstreamIdps } from './upstream-idps';

/** Every kind of file that is checked although it is no cluster document; the first one that recognizes a document has it. */
export const productFileKinds: readonly ProductFileKind[] = [
  connectorFile,
  dexConfig,
  helmValues,
  upstreamIdps,
];

/**
 * The kind of a file that says by itself what it is; undefined for cluster documents and everything else. The first document
 * tells, or of Kubernetes manifests the first one that holds something to check.
 */
export function recognizeKind(roots: readonly SourceNode[]): ProductFileKind | undefined {
  const [first, ...others] = roots.filter(({ scalar }) => scalar !== null);
  if (!first || roots.some(isClusterDocument)) return undefined;
  const candidates = isManifest(first) ? [first, ...others.filter(isManifest)] : [first];
  for (const root of candidates) {
    const kind = kindOfDocument(root);
    if (kind) return kind;
  }
  return undefined;
}

/** What a file holds of one kind, and the documents that it is in. */
export interface FilePart {
  readonly kind: ProductFileKind;
  readonly roots: readonly SourceNode[];
}

/** Everything in a file that is checked: of Kubernetes manifests some may be of one kind and some of another. */
export function partsOf(roots: readonly SourceNode[]): readonly FilePart[] {
  const kind = recognizeKind(roots);
  if (!kind) return [];
  const objects = roots.filter(isManifest);
  const parts = productFileKinds
    .map((each) => ({ kind: each, roots: objects.filter((root) => kindOfDocument(root) === each) }))
    .filter((part) => part.roots.length > 0);
  return parts.length > 1 ? parts : [{ kind, roots }];
}

/** The parts that a target is asked about: those of its own product, where a file has some of another too. */
export function partsFor(parts: readonly FilePart[], target: Target | undefined): readonly FilePart[] {
  if (target === undefined) return parts;
  const own = parts.filter(({ kind }) => kind.products[0] === productOf(target));
  return own.length > 0 ? own : parts;
}

function kindOfDocument(root: SourceNode): ProductFileKind | undefined {
  return productFileKinds.find((each) => each.recognizes(root));
}

function isClusterDocument(root: SourceNode): boolean {
  return String(root.entries?.get('apiVersion')?.scalar).startsWith('pachkit/');
}

/** A string that is not well-formed to YAML 1.2, and is to the reader of the kind that it is of. */
export function readsLoosely(
  source: SourceFile,
): { kind: ProductFileKind; reading: NonNullable<ReturnType<typeof readLoosely>> } | undefined {
  const reading = readLoosely(source);
  const kind = reading && recognizeKind(reading.nodes);
  return reading && kind?.readsLoosely ? { kind, reading } : undefined;
}

/** The kind of a string that is not well-formed, and what can be made out of it. */
export function recoverKind(source: SourceFile): { kind: ProductFileKind; file: RecoveredFile } | undefined {
  for (const kind of productFileKinds) {
    const file = kind.recover?.(source);
    if (file) return { kind, file };
  }
  return undefined;
}

/** The target that a kind is checked against unless the user names one: what the file says, or the newest version of its product. */
export function defaultTarget(kind: ProductFileKind, roots: readonly SourceNode[] = []): Target {
  return kind.targetIn?.(roots) ?? newestTarget(kind.products[0] ?? 'pachyderm');
}

/** Whether a target reads files of a kind. */
export function suits(kind: ProductFileKind, target: Target): boolean {
  return kind.products.includes(productOf(target));
}
