import { App } from 'cdk8s';
import { PachydermChart } from '../../src/constructs/pachyderm-chart';
import type { Diagnostic } from '../../src/diagnostics/diagnostic';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import type { SecretForm } from '../../src/helm-migration/context';
import { documentText } from '../../src/helm-migration/document-text';
import { exportValues } from '../../src/helm-migration/export/export-values';
import { placeholders } from '../../src/helm-migration/placeholder';
import { valuesText } from '../../src/helm-migration/export/values-text';
import { importFiles, releaseNamed } from '../../src/helm-migration/import-files';
import type { ImportedDocument } from '../../src/helm-migration/import-values';
import type { ReportEntry } from '../../src/helm-migration/report';
import type { Cluster } from '../../src/model/cluster';
import { resolveCluster } from '../../src/model/resolve';
import { checkDocument } from '../../src/pipeline/check-document';
import { clusterOf } from './cluster-of';
import { documentOf, inputOf, type Files } from './input-of';

export interface ImportSettings {
  readonly release?: string;
  readonly secrets?: SecretForm;
  readonly namespace?: string;
  readonly helmReleaseName?: string;
}

export interface Import extends ImportedDocument {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  /** What became of a value. */
  entry(path: string): ReportEntry | undefined;
}

/** The document that values say, of release 2.11.6 unless told otherwise; several files are laid over each other. */
export function importOf(values: string | Files, settings: ImportSettings = {}): Import {
  const { imported, diagnostics } = tryImport(values, settings);
  if (!imported) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return {
    ...imported,
    diagnostics,
    text: documentText(imported),
    entry: (path) => imported.report.find((entry) => entry.path === path),
  };
}

/** The same for values that may not be any. */
export function tryImport(
  values: string | Files,
  { release = '2.11.6', secrets = 'existing', ...names }: ImportSettings = {},
): ReturnType<typeof importFiles> {
  const files = typeof values === 'string' ? { 'values.yaml': values } : values;
  const traits = releaseNamed(release);
  if (!traits) throw new Error(`there is no release ${release}`);
  return importFiles(Object.keys(files), inputOf(files), { release: traits, secrets, ...names });
}

/** The errors that pachkit validate finds in the text of an imported document. */
export function errorsIn(text: string): string[] {
  return checkDocument(documentOf(text))
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code} ${message}`);
}

/** The cluster that the text of an imported document describes. */
export function clusterOfText(text: string): Cluster {
  return clusterOf(documentOf(text).value as unknown as ClusterDocument);
}

/** Its Kubernetes objects, as they are written. */
export function objectsOfText(text: string): readonly object[] {
  return new PachydermChart(new App(), 'pachyderm', clusterOfText(text)).toJson() as object[];
}

/** The values that an export makes of the text of a document, whatever rules say about it. */
export function exportedValuesOf(text: string): string {
  const document = documentOf(text);
  const { value: cluster, diagnostics } = resolveCluster(document, placeholders);
  if (!cluster) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return valuesText(exportValues(document, cluster));
}
