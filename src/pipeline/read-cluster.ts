import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import type { ClusterDocument } from '../generated/cluster-document';
import type { Cluster } from '../model/cluster';
import { resolveCluster } from '../model/resolve';
import { withoutSecrets } from '../model/secret-reader';
import type { OutputEntry } from '../outputs/output';
import { applicationOf } from '../secrets/made-application';
import { checkSecretValues } from '../secrets/check-secret-values';
import { SecretSession, type SecretInput } from '../secrets/secret-session';
import type { CheckedDocument } from './check-document';
import { presentable } from './present';

/**
 * The cluster of a checked document with its secrets read; generated ones are stored on the way. Without value when a
 * secret cannot be had. With `outputs`, the cluster is for these alone: secrets that none of them has stay empty.
 */
export function readCluster(
  { document }: Pick<CheckedDocument, 'document'>,
  input: SecretInput,
  outputs?: readonly OutputEntry[],
): { value?: Cluster; diagnostics: Diagnostic[] } {
  for (;;) {
    const session = new SecretSession(document, input);
    const { value, diagnostics } = readSecrets(document, session, input, outputs);
    if (!value || hasErrors(diagnostics)) return { diagnostics };
    const { changed } = session.save();
    if (hasErrors(session.diagnostics))
      return { diagnostics: [...diagnostics, ...session.diagnostics.slice(-1)] };
    // Another process has stored the same secrets a moment earlier: its strings hold, so they are read once more.
    if (!changed) return { value, diagnostics };
  }
}

/** What is wrong with the secrets of a document that nothing is made of, because there are errors; stores none. */
export function checkSecrets(
  { document, cluster, sound }: CheckedDocument,
  input: SecretInput,
  outputs?: readonly OutputEntry[],
): Diagnostic[] {
  const check = (each: Document): Diagnostic[] =>
    readSecrets(each, new SecretSession(each, input), input, outputs).diagnostics;
  return cluster ? check(document) : (sound?.check(check) ?? []);
}

function readSecrets(
  document: Document,
  session: SecretSession,
  input: SecretInput,
  outputs: readonly OutputEntry[] | undefined,
): { value?: Cluster; diagnostics: Diagnostic[] } {
  const form = (document.value as unknown as ClusterDocument).secrets?.output ?? 'manifests';
  const { value, diagnostics } = resolveCluster(
    document,
    (request) =>
      outputs?.some((output) => output.readsSecret(request, form)) === false
        ? withoutSecrets(request)
        : session.reader(request),
    applicationOf(document, input),
  );
  const values = value ? checkSecretValues(document, value) : [];
  return {
    ...(value ? { value } : {}),
    diagnostics: [...diagnostics, ...session.diagnostics, ...values].map(presentable),
  };
}
