import type { Diagnostic } from '../diagnostics/diagnostic';
import { findingsOf } from '../graph/attach';
import { picturesOf } from '../graph/graph';
import type { Picture } from '../graph/picture';
import { exportValues } from '../helm-migration/export/export-values';
import { placeholders } from '../helm-migration/placeholder';
import type { ReportEntry } from '../helm-migration/report';
import type { Cluster } from '../model/cluster';
import { resolveCluster } from '../model/resolve';
import { defaultOutputs } from '../outputs/registry';
import type { CheckedDocument } from '../pipeline/check-document';
import { setupPages, type SetupPage } from '../setup/page';
import { whoOf, type ClusterWho } from '../who/who';
import type { Cause } from '../why/ask';
import type { Provenance } from '../why/provenance';

/** Everything that a page says of one cluster. */
export interface ClusterReport {
  /** Id of its section: unique in the page, whatever the cluster is called. */
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly picture: Picture;
  /** Errors first, each at its line. */
  readonly findings: readonly Diagnostic[];
  /** The cluster; that of a document with errors as it was probably meant, and missing where it makes none. */
  readonly cluster?: Cluster;
  readonly who?: ClusterWho;
  /** What to set up at each provider that Terraform does not set up. */
  readonly setups: readonly SetupPage[];
  /** Names by kind of what is written; missing for a document with errors. */
  readonly objects?: ReadonlyMap<string, readonly string[]>;
  /** Folders that `synth` writes; missing for a document with errors. */
  readonly folders?: readonly { readonly name: string; readonly description: string }[];
  /** What the official chart cannot say, or says in another way; missing for a document with errors. */
  readonly chart?: readonly ReportEntry[];
  /** Where URLs come from, by URL; empty where no one was asked. */
  readonly origins: ReadonlyMap<string, Origins>;
}

/** Why a URL is what it is, by the field of an object that has it. */
export interface Origins {
  readonly object: string;
  readonly field: string;
  readonly causes: readonly Cause[];
}

/** What a report of documents needs besides them. */
export interface ReportOptions {
  /** What a field of the document means where it is left out. */
  readonly describe: (field: string) => string;
  /** Whether each URL is asked where it comes from, which takes about a second for each cluster. */
  readonly asksWhy: boolean;
}

/** What is known of the documents of a run. */
export async function clusterReports(
  documents: readonly CheckedDocument[],
  diagnostics: readonly Diagnostic[],
  options: ReportOptions,
): Promise<ClusterReport[]> {
  const pictures = picturesOf(documents, diagnostics);
  const reports: ClusterReport[] = [];
  for (const [index, checked] of documents.entries()) {
    const picture = pictures[index];
    if (picture) reports.push(await clusterReport(checked, picture, `cluster-${index + 1}`, options));
  }
  return reports;
}

async function clusterReport(
  checked: CheckedDocument,
  picture: Picture,
  id: string,
  options: ReportOptions,
): Promise<ClusterReport> {
  const findings = sortedFindings(picture);
  const isSound = checked.cluster !== undefined && !findings.some(({ severity }) => severity === 'error');
  const cluster = checked.cluster ?? checked.sound?.clusters[1].cluster;
  return {
    id,
    name: picture.name,
    file: checked.document.file,
    picture,
    findings,
    ...(cluster ? aboutLogins(cluster, checked) : { setups: [] }),
    ...(isSound ? await aboutOutputs(checked, picture, options) : { origins: new Map<string, Origins>() }),
  };
}

/** Findings of a picture, in the order of their lines, errors first. */
function sortedFindings(picture: Picture): Diagnostic[] {
  const weight = ({ severity }: Diagnostic): number => (severity === 'error' ? 0 : 1);
  const line = ({ location }: Diagnostic): number => location.range?.line ?? 0;
  return [...findingsOf(picture)].sort((a, b) => weight(a) - weight(b) || line(a) - line(b));
}

function aboutLogins(
  cluster: Cluster,
  checked: CheckedDocument,
): Pick<ClusterReport, 'cluster' | 'who' | 'setups'> {
  try {
    return { cluster, who: whoOf(cluster), setups: cluster.auth === undefined ? [] : setupPages(cluster) };
  } catch (error) {
    // What a document with errors of form was meant to say may be nothing that anyone can log in with.
    if (checked.cluster) throw error;
    return { cluster, setups: [] };
  }
}

async function aboutOutputs(
  { document, written, cluster }: CheckedDocument,
  picture: Picture,
  { describe, asksWhy }: ReportOptions,
): Promise<Pick<ClusterReport, 'objects' | 'folders' | 'chart' | 'origins'>> {
  const { provenanceOf } = await import('../why/ask');
  const provenance = await provenanceOf(written, describe);
  const objects = new Map<string, string[]>();
  for (const object of provenance.written.keys()) {
    const [kind = '', ...name] = object.split(object.includes('/') ? '/' : '.');
    if (name.length > 0) objects.set(kind, [...(objects.get(kind) ?? []), name.join('/')]);
  }
  const forChart = resolveCluster(document, placeholders).value;
  return {
    objects,
    folders: cluster ? defaultOutputs.filter((output) => output.appliesTo(cluster)) : [],
    chart: forChart ? exportValues(document, forChart).report.filter(differsFromChart) : [],
    origins: asksWhy ? originsOf(provenance, picture) : new Map(),
  };
}

function differsFromChart({ fate, message }: ReportEntry): boolean {
  return fate === 'not-carried' || (message !== undefined && fate === 'carried');
}

/**
 * Where the URLs of a picture come from, each by a field that is nothing else. Asking costs by the object, so those are asked
 * that have most of the URLs.
 */
function originsOf(provenance: Provenance, { arrows }: Picture): Map<string, Origins> {
  const urls = new Set(arrows.flatMap(({ address }) => (address?.includes('://') ? [address] : [])));
  const fields = [...provenance.written].flatMap(([object, leaves]) => {
    const found = [...leaves].filter(([, value]) => typeof value === 'string' && urls.has(value));
    return found.length === 0 ? [] : [{ object, found }];
  });
  fields.sort((a, b) => b.found.length - a.found.length);
  const origins = new Map<string, Origins>();
  for (const { object, found } of fields)
    for (const [field, value] of found)
      if (!origins.has(String(value)))
        origins.set(String(value), { object, field, causes: provenance.answer(object, field).causes });
  return origins;
}
