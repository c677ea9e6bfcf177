import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { placeholders } from '../helm-migration/placeholder';
import type { Cluster } from '../model/cluster';
import { resolveCluster } from '../model/resolve';
import type { CheckedDocument } from '../pipeline/check-document';

/** What is wrong with clusters of which only their objects can tell: with overrides, and with pods that are not admitted. */
export async function objectFindings(
  clusters: readonly { readonly cluster: Cluster; readonly document: Document }[],
): Promise<Diagnostic[]> {
  const concerned = clusters.filter(({ cluster }) => isConcerned(cluster));
  if (concerned.length === 0) return [];
  const { checkObjects } = await import('../outputs/objects');
  return concerned.flatMap(({ cluster, document }) => checkObjects(document, cluster));
}

/** The same of documents that have been checked and have no errors. No secret is read: a variable stands for each. */
export function objectFindingsOf(documents: readonly CheckedDocument[]): Promise<Diagnostic[]> {
  return objectFindings(
    documents.flatMap(({ cluster: checked, diagnostics, document }) => {
      if (checked === undefined || !isConcerned(checked) || hasErrors(diagnostics)) return [];
      const { value: cluster } = resolveCluster(document, placeholders);
      return cluster ? [{ cluster, document }] : [];
    }),
  );
}

function isConcerned({ overrides, podSecurity }: Cluster): boolean {
  return overrides.length > 0 || podSecurity !== undefined;
}
