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
    const kind = productFileKinds.find((each) => each.recognizes(root));
    if (kind) return kind;
  }
  return undefined;
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
