import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import { placeholders } from '../helm-migration/export/export-values';
import { resolveCluster } from '../model/resolve';
import type { CheckedDocument } from '../pipeline/check-document';

/**
 * What is wrong with overrides of documents that have been checked and have no errors, of which only the objects can tell. No secret
 * is read: a variable stands for each.
 */
export async function checkedOverrides(documents: readonly CheckedDocument[]): Promise<Diagnostic[]> {
  const overriding = documents.filter(
    ({ cluster, diagnostics }) => (cluster?.overrides.length ?? 0) > 0 && !hasErrors(diagnostics),
  );
  if (overriding.length === 0) return [];
  const { checkOverrides } = await import('../outputs/objects');
  return overriding.flatMap(({ document }) => {
    const { value: cluster } = resolveCluster(document, placeholders);
    return cluster ? checkOverrides(document, cluster) : [];
  });
}
