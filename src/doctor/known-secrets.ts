import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import type { Cluster } from '../model/cluster';
import { resolveCluster } from '../model/resolve';
import { withoutSecrets, type SecretReader } from '../model/secret-reader';
import type { ClusterSecrets, ReferredValue } from './cluster-secrets';
import { applicationOf } from '../secrets/made-application';
import { SecretSession, type SecretInput } from '../secrets/secret-session';

/** The sections of a document whose secrets a login needs. */
const SECTIONS: ReadonlySet<unknown> = new Set(['auth', 'identity', 'auth0', 'console', 'dex']);

/** A cluster with those secrets of a login that can be read here; the others are empty strings. */
export interface KnownCluster {
  readonly cluster: Cluster;
  /** What is said about secrets that cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many were read, and how many are in Secrets of the cluster. */
  readonly read: number;
  readonly existing: number;
  /** Those that are in Secrets of the cluster, and were not found there. */
  readonly references: readonly ReferredValue[];
}

/**
 * Reads what secrets of a login can be read, and generates none.
 *
 * @param find looks for a secret that is in the cluster
 */
export function readKnownSecrets(
  document: Document,
  input: SecretInput,
  find: ClusterSecrets['find'] = () => undefined,
): KnownCluster | undefined {
  const session = new SecretSession(document, { ...input, frozen: true });
  let read = 0;
  const references: ReferredValue[] = [];
  const reader: SecretReader = (request) => {
    if (!SECTIONS.has(request.path[0])) return withoutSecrets(request);
    const reference = session.reader(request);
    if (reference?.kind === 'literal') read++;
    if (reference?.kind === 'existing') {
      references.push({ path: request.path, reference });
      return find(reference) ?? reference;
    }
    return reference ?? withoutSecrets(request);
  };
  const { value } = resolveCluster(document, reader, applicationOf(document, input));
  if (value === undefined) return undefined;
  // A Console that does not run refers to a Secret that no one has to make.
  const used = references.filter(({ path }) => path[0] !== 'console' || value.console.enabled);
  return {
    cluster: value,
    diagnostics: session.diagnostics,
    read,
    existing: used.length,
    references: used,
  };
}

/** The hop that secrets are: whether those that are not in the cluster can be read. */
export function secretsSeen({ diagnostics, read, existing }: KnownCluster): string {
  const missing = diagnostics.filter(({ severity }) => severity === 'error').length;
  const inCluster = existing === 0 ? '' : `, ${existing} in Secrets of the cluster`;
  return hasErrors(diagnostics)
    ? `${missing} cannot be read (${codesOf(diagnostics)})`
    : `${read} read${inCluster}`;
}

/** The codes of findings, each once. */
export function codesOf(diagnostics: readonly Diagnostic[]): string {
  return [...new Set(diagnostics.map(({ code }) => code))].join(', ');
}
