import type { Diagnostic } from '../diagnostics/diagnostic';
import { shellWord } from '../diagnostics/shell-word';
import { placeholders } from '../helm-migration/export/export-values';
import { imagesOf } from '../images/images-of';
import { LOCK_NAME, readLock, type ImageDigests } from '../images/lock-file';
import { nodeImages } from '../model/dev-nodes';
import { resolveCluster } from '../model/resolve';
import type { CheckedDocument } from '../pipeline/check-document';
import type { DescribedCluster } from '../pipeline/read-clusters';

/** The images of documents in a folder, which share a lock file. */
export interface ImagesOfFolder {
  /** Absolute. */
  readonly folder: string;
  readonly documents: readonly CheckedDocument[];
  /** As the objects and `dev.nodes` name them, with tags; sorted. */
  readonly images: readonly string[];
}

/** The images of checked documents, whatever a lock file says of them. No secret is read. */
export async function imagesOfDocuments(documents: readonly CheckedDocument[]): Promise<ImagesOfFolder[]> {
  const { clusterObjects } = await import('../outputs/objects');
  const folders = new Map<string, { documents: CheckedDocument[]; images: Set<string> }>();
  for (const checked of documents) {
    const { value: cluster } = resolveCluster(checked.document, placeholders);
    if (!cluster) continue;
    const { directory } = checked.document;
    const known = folders.get(directory) ?? { documents: [], images: new Set() };
    folders.set(directory, known);
    known.documents.push(checked);
    const images = imagesOf(clusterObjects(cluster).map(({ manifest }) => manifest));
    for (const image of [...images, ...nodeImages(cluster.devNodes ?? {})]) known.images.add(image);
  }
  return [...folders].map(([folder, found]) => ({
    folder,
    documents: found.documents,
    images: [...found.images].sort(),
  }));
}

/** Clusters with the digests of the lock files beside their documents, and what is wrong with those. */
export async function lockedClusters(
  clusters: readonly DescribedCluster[],
): Promise<{ readonly clusters: readonly DescribedCluster[]; readonly diagnostics: readonly Diagnostic[] }> {
  const diagnostics: Diagnostic[] = [];
  const locks = new Map<string, ReturnType<typeof readLock>>();
  const locked: DescribedCluster[] = [];
  for (const described of clusters) {
    const { directory } = described.document;
    if (!locks.has(directory)) {
      const lock = readLock(directory);
      locks.set(directory, lock);
      if (lock?.problem) diagnostics.push(lock.problem);
    }
    const images = locks.get(directory)?.images;
    if (images === undefined) {
      locked.push(described);
      continue;
    }
    diagnostics.push(...(await missingImages(described, images)));
    locked.push({ ...described, cluster: { ...described.cluster, imageDigests: images } });
  }
  return { clusters: locked, diagnostics };
}

/** Images of which the lock has no digest: it was made for another release, or the document names others since. */
async function missingImages(
  { cluster, document }: DescribedCluster,
  digests: ImageDigests,
): Promise<Diagnostic[]> {
  const { clusterObjects } = await import('../outputs/objects');
  return imagesOf(clusterObjects(cluster).map(({ manifest }) => manifest))
    .filter((image) => !image.includes('@') && !Object.hasOwn(digests, image))
    .map((image) => missingImage(image, document.file));
}

export function missingImage(image: string, file: string): Diagnostic {
  return {
    code: 'LCK002',
    severity: 'error',
    message: `${image} is not in ${LOCK_NAME}, so that no digest of it is known`,
    location: { file },
    path: '',
    hint: `run pachkit lock ${shellWord(file)}, and commit ${LOCK_NAME}`,
  };
}
