import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import type { ClusterDocument } from '../generated/cluster-document';
import type { Cluster } from '../model/cluster';
import { resolveCluster } from '../model/resolve';
import { withoutSecrets } from '../model/secret-reader';
import { checkRules } from '../rules/check-rules';
import { checkConnectorConfigs } from '../schema/check-connector-configs';
import { checkSchema } from '../schema/check-schema';

/** What is known about a document after checking. */
export interface CheckedDocument {
  readonly document: Document;
  readonly diagnostics: readonly Diagnostic[];
  /** The cluster, its secrets not read; missing when the document does not have the form for one. */
  readonly cluster?: Cluster;
}

/** Checks one document: its form, the configuration of its connectors, then the rules. Reads no secrets. */
export function checkDocument(document: Document): CheckedDocument {
  const shape = checkSchema(document);
  // Connectors are checked even beside errors of form elsewhere: all findings come out in one run.
  const connectors = checkConnectorConfigs(document);
  if (hasErrors(shape)) return { document, diagnostics: [...shape, ...connectors] };
  const { value: cluster, diagnostics } = resolveCluster(document, withoutSecrets);
  if (!cluster) return { document, diagnostics: [...connectors, ...diagnostics] };
  const context = { document: document.value as unknown as ClusterDocument, cluster, root: document.root };
  return { document, cluster, diagnostics: [...diagnostics, ...connectors, ...checkRules(context)] };
}
