import type { PathStep } from '../document/source-node';
import type { ClusterDocument, SecretValue } from '../generated/cluster-document';
import type { ReleaseTraits } from '../releases/release-traits';
import type { SecretReference } from './secret';

/** What the parts of resolution share. */
export interface ResolveContext {
  readonly document: ClusterDocument;
  readonly release: ReleaseTraits;
  /** Reads the secret at `path`; `fallback` says what a document means that has none there. */
  readonly secret: (
    path: readonly PathStep[],
    value: SecretValue | undefined,
    fallback?: SecretValue,
  ) => SecretReference;
}

/** The registry in front of every image, without a slash at its end; empty for none. */
export function registryOf({ document, release }: ResolveContext): string {
  return (document.images?.registry ?? release.defaultRegistry).replace(/\/+$/, '');
}
