import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { placeholders } from '../helm-migration/placeholder';
import type { Cluster } from '../model/cluster';
import { resolveCluster } from '../model/resolve';
import type { CheckedDocument } from '../pipeline/check-document';
import { suppress } from '../pipeline/suppressions';
import { isAboutObjects } from './about-objects';

/**
 * What is wrong with clusters of which only their objects can tell: with overrides, with pods that are not admitted, and with what Kubernetes has given up.
 * @param today the day that comments which suppress findings are judged by
 */
export async function objectFindings(
  clusters: readonly { readonly cluster: Cluster; readonly document: Document }[],
  today: string,
): Promise<readonly Diagnostic[]> {
  const concerned = clusters.filter(({ cluster, document }) => isAboutObjects(cluster, document));
  if (concerned.length === 0) return [];
  const { checkObjects } = await import('../outputs/objects');
  const found = concerned.flatMap(({ cluster, document }) => checkObjects(document, cluster));
  const roots = concerned.map(({ document }) => document.root);
  return suppress(found, roots, today, 'objects');
}

/** The same of documents that have been checked and have no errors. No secret is read: a variable stands for each. */
export function objectFindingsOf(
  documents: readonly CheckedDocument[],
  today: string,
): Promise<readonly Diagnostic[]> {
  return objectFindings(
    documents.flatMap(({ cluster: checked, diagnostics, document }) => {
      if (checked === undefined || !isAboutObjects(checked, document) || hasErrors(diagnostics)) return [];
      const { value: cluster } = resolveCluster(document, placeholders);
      return cluster ? [{ cluster, document }] : [];
    }),
    today,
  );
}
