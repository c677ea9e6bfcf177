import type { DocumentProvider } from '../document/document';
import type { PathStep } from '../document/source-node';
import type { ClusterDocument, SecretValue } from '../generated/cluster-document';
import type { ReleaseTraits } from '../releases/release-traits';
import type { Hardening } from './cluster';
import type { Secret, SecretReference } from './secret';
import { withoutSlash } from '../forms/without-slash';

/** An application at Auth0 that Terraform has made for a document which does not say its client id. */
export interface MadeApplication {
  readonly clientID: string;
  /** The client secret, where Auth0 makes it and the state of Terraform has it. */
  readonly clientSecret?: Secret;
}

/** What the parts of resolution share. */
export interface ResolveContext {
  readonly document: ClusterDocument;
  readonly release: ReleaseTraits;
  /** The identity providers that connectors name in the place of a type, by the position of the connector. */
  readonly providers?: ReadonlyMap<number, DocumentProvider>;
  /** The application of the document, where it was made before. */
  readonly made?: MadeApplication;
  /** Reads the secret at `path`; `fallback` says what a document means that has none there. */
  readonly secret: (
    path: readonly PathStep[],
    value: SecretValue | undefined,
    fallback?: SecretValue,
  ) => SecretReference;
}

/** The registry in front of every image, without a slash at its end; empty for none. */
export function registryOf({ document, release }: ResolveContext): string {
  return withoutSlash(document.images?.registry ?? release.defaultRegistry);
}

/** How much objects are hardened. */
export function hardeningOf({ security }: ClusterDocument): Hardening {
  return security?.hardening ?? 'chart';
}

/** When nodes pull images whose section does not say it: strictly at each start, so that no pod gets one that it may not pull. */
export function pullPolicyOf({ document }: Pick<ResolveContext, 'document'>): string {
  return hardeningOf(document) === 'strict' ? 'Always' : 'IfNotPresent';
}
