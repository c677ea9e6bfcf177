import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import type { JsonValue } from '../document/source-node';
import { todayOf, type DocumentInput } from '../document/input';
import { placeholders } from '../helm-migration/placeholder';
import type { Cluster } from '../model/cluster';
import { defined } from '../model/defined';
import { resolveCluster } from '../model/resolve';
import { withHeaders } from '../outputs/header';
import type { ClusterObject } from '../outputs/objects';
import type { EmitContext, Output, OutputEntry, OutputFile, OutputNeed, SharedBase } from '../outputs/output';
import { defaultOutputs, outputs as allOutputs, otherImagesOf } from '../outputs/registry';
import type { BaseOfRun } from '../pipeline/bases-of-run';
import { checkFiles } from '../pipeline/check-files';
import { present } from '../pipeline/present';
import { readCluster } from '../pipeline/read-cluster';
import { readClusters, type DescribedCluster, type ReadClusters } from '../pipeline/read-clusters';
import type { SecretInput } from '../secrets/secret-session';
import { withKeysOfFiles } from './keys-of-files';
import type { LockInput } from './lock-place';
import { lockedClusters, unlockedImages } from './locked-images';
import { objectFindings } from './object-findings';
import { repositoryFindings } from './repository-findings';
import { sharedBases, type SharedContent } from './shared-bases';

/** An output that has files of a cluster. */
export interface PlannedOutput extends OutputEntry {
  readonly output: Output;
}

/** Everything that is made from one cluster. */
export interface ClusterContent {
  /** In the order of the registry. */
  readonly outputs: readonly PlannedOutput[];
  /** Its Kubernetes objects, in the order of the chart; empty when no output needs them. */
  readonly objects: readonly ClusterObject[];
  readonly files: readonly OutputFile[];
}

export interface ClusterPlan extends DescribedCluster, ClusterContent {}

/** A cluster that is constructed when its content is asked for: of a thousand, only one is in memory. */
export interface ClusterDraft extends DescribedCluster {
  /** Constructs it, anew with each call. */
  readonly construct: () => Promise<ClusterContent>;
}

/** What documents come to: to be written, compared with what is there, or applied. Nothing of it is written yet. */
export interface Plan<Planned extends DescribedCluster = ClusterPlan> {
  /** The clusters that could be read. With an error among the diagnostics they have no content. */
  readonly clusters: readonly Planned[];
  /** What clusters share, in folders of its own. */
  readonly shared: readonly SharedContent[];
  /** Documents that are only the bases of others. */
  readonly bases: readonly BaseOfRun[];
  /** The outputs that were selected, whether or not they have files. */
  readonly selected: readonly OutputEntry[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Where a cluster comes from. */
interface ClusterOrigin {
  /** The file that describes it, as the user named it; missing where a program does. */
  readonly document?: string;
  /** What it shares with others. */
  readonly base?: SharedBase | undefined;
  /** The cluster of the same document with another host. */
  readonly clusterWithHost?: (host: string) => Cluster | undefined;
}

const NO_CONTENT: ClusterContent = { outputs: [], objects: [], files: [] };

/**
 * Reads and checks documents, reads or generates their secrets, and constructs what the outputs are to write. Only the store
 * of generated secrets is written. `outputs` are rows of the registry (default: those that are written by default), `lock` the lock
 * file in the place of those that the documents have.
 */
export async function planFiles(...documents: Parameters<typeof draftFiles>): Promise<Plan> {
  return constructed(await draftFiles(...documents));
}

/** The same, with clusters that are yet to be constructed. */
export async function draftFiles(
  fileNames: readonly string[],
  input: DocumentInput,
  secrets: SecretInput,
  outputs: readonly OutputEntry[] = defaultOutputs,
  lock?: string,
): Promise<Plan<ClusterDraft>> {
  return draftOf(
    withKeysOfFiles(readClusters(fileNames, input, secrets, outputs)),
    outputs,
    { directory: input.directory, lock, today: todayOf(input) },
    (document) => readCluster({ document }, secrets, outputs).value,
  );
}

/**
 * The same without any secret: what the document names stands for each, as a variable. For what is compared where secrets are
 * not, such as in checks of a change.
 */
export async function planWithoutSecrets(
  fileNames: readonly string[],
  input: DocumentInput,
  outputs: readonly OutputEntry[],
  lock?: string,
): Promise<Plan> {
  const { documents, bases, diagnostics } = checkFiles(fileNames, input);
  const resolve: Resolve = (document) => resolveCluster(document, placeholders).value;
  const clusters = (hasErrors(diagnostics) ? [] : documents).flatMap(({ document }) => {
    const cluster = resolve(document);
    return cluster ? [{ document, cluster }] : [];
  });
  return constructed(
    await draftOf(
      { clusters, bases, diagnostics },
      outputs,
      { directory: input.directory, lock, today: todayOf(input) },
      resolve,
    ),
  );
}

/** A plan with the content of all its clusters. */
async function constructed({ clusters: drafts, ...plan }: Plan<ClusterDraft>): Promise<Plan> {
  const clusters: ClusterPlan[] = [];
  for (const { construct, ...described } of drafts) clusters.push({ ...described, ...(await construct()) });
  return { ...plan, clusters };
}

/** The cluster of a document; undefined where a secret of it cannot be had. */
type Resolve = (document: Document) => Cluster | undefined;

async function draftOf(
  read: ReadClusters,
  outputs: readonly OutputEntry[],
  { today, ...lock }: LockInput & { readonly today: string },
  resolve: Resolve,
): Promise<Plan<ClusterDraft>> {
  const locked = lockedClusters(read.clusters, lock);
  const diagnostics = present([
    ...read.diagnostics,
    ...locked.diagnostics,
    ...(await unlockedImages(locked.clusters, outputs)),
    ...read.clusters.flatMap((described) => withoutClientID(described, outputs)),
    ...read.clusters.flatMap((described) => repositoryFindings(described, outputs)),
    ...(await objectFindings(read.clusters, today)),
  ]);
  const shared = await sharedBases(hasErrors(diagnostics) ? [] : locked.clusters, outputs);
  const hasContent = !hasErrors(diagnostics);
  const clusters = locked.clusters.map((described) => ({
    ...described,
    construct: async () =>
      hasContent
        ? construct(described.cluster, outputs, {
            document: described.document.file,
            base: shared.baseOf.get(described.cluster),
            clusterWithHost(host) {
              const other = resolve(withHost(described.document, host));
              return other && defined({ ...other, imageDigests: described.cluster.imageDigests });
            },
          })
        : NO_CONTENT,
  }));
  return { clusters, shared: shared.folders, bases: read.bases, selected: outputs, diagnostics };
}

/** Constructs a cluster once for all outputs that apply to it. */
export async function construct(
  cluster: Cluster,
  selected: readonly OutputEntry[],
  { document, base, clusterWithHost }: ClusterOrigin = {},
): Promise<ClusterContent> {
  const rows = selected.filter((row) => row.appliesTo(cluster));
  const isNeeded = (need: OutputNeed): boolean => rows.some(({ needs }) => needs.includes(need));
  const { clusterObjects } =
    isNeeded('objects') || isNeeded('images') ? await import('../outputs/objects') : {};
  const objects = clusterObjects?.(cluster) ?? [];
  const context: EmitContext = {
    base,
    otherImages: otherImagesOf(rows, cluster),
    objectsWithHost(host) {
      const other = clusterWithHost?.(host);
      return other && clusterObjects?.(other);
    },
  };
  const outputs = await Promise.all(rows.map(async (row) => ({ ...row, output: await row.load() })));
  return {
    outputs,
    objects: isNeeded('objects') ? objects : [],
    files: withHeaders(
      outputs.flatMap(({ needs, output }) =>
        output.emit(cluster, needs.includes('objects') || needs.includes('images') ? objects : [], context),
      ),
      document,
    ),
  };
}

/** The same document with another host. */
function withHost(document: Document, host: string): Document {
  const value = document.value as { readonly [key: string]: JsonValue };
  const access = (value['access'] ?? {}) as { readonly [key: string]: JsonValue };
  return { ...document, value: { ...value, access: { ...access, host } } };
}

/** Only Auth0 can give an application its client id, which most outputs name. */
function withoutClientID(
  { cluster, document }: DescribedCluster,
  outputs: readonly OutputEntry[],
): Diagnostic[] {
  const needIt = (row: OutputEntry): boolean => row.needs.includes('client-id');
  if (!cluster.auth0 || cluster.auth0.application.clientID !== undefined || !outputs.some(needIt)) return [];
  const makers = allOutputs
    .filter((row) => row.isMadeByDeploy === true && row.appliesTo(cluster))
    .map(({ name }) => name);
  return [
    {
      code: 'OUT004',
      severity: 'error',
      message: `${cluster.name}: the manifests need the client id of the Auth0 application, which Auth0 gives when the application is created`,
      location: { file: document.file },
      path: '/auth0/application/clientID',
      hint: `run pachkit deploy, which has Terraform make the application and keeps its client id; or run pachkit synth --only ${makers.join(',')} and terraform apply, then set auth0.application.clientID to the output client_id`,
    },
  ];
}
