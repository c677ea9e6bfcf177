import type { Diagnostic } from '../diagnostics/diagnostic';
import { shellWord } from '../diagnostics/shell-word';
import { placeholders } from '../helm-migration/placeholder';
import { imagesOf } from '../images/images-of';
import { readLock, type ReadLock } from '../images/lock-file';
import type { Cluster } from '../model/cluster';
import { nodeImages } from '../model/dev-nodes';
import { resolveCluster } from '../model/resolve';
import type { ClusterObject } from '../outputs/objects';
import type { OutputEntry } from '../outputs/output';
import { outputs as allOutputs, otherImagesOf } from '../outputs/registry';
import type { CheckedDocument } from '../pipeline/check-document';
import type { DescribedCluster } from '../pipeline/read-clusters';
import { lockPlaceOf, type LockInput, type LockPlace } from './lock-place';

/** The images of documents that share a lock file. */
export interface ImagesOfLock {
  readonly lock: LockPlace;
  readonly documents: readonly CheckedDocument[];
  /** As files and `dev.nodes` name them, with tags; sorted. */
  readonly images: readonly string[];
}

/** The images of checked documents in every output, whatever a lock file says of them. No secret is read. */
export async function imagesOfDocuments(
  documents: readonly CheckedDocument[],
  input: LockInput,
): Promise<ImagesOfLock[]> {
  const { constructedObjects } = await import('../outputs/objects');
  const locks = new Map<string, { lock: LockPlace; documents: CheckedDocument[]; images: Set<string> }>();
  for (const checked of documents) {
    const { value: cluster } = resolveCluster(checked.document, placeholders);
    if (!cluster) continue;
    const lock = lockPlaceOf(checked.document, input);
    const known = locks.get(lock.absolute) ?? { lock, documents: [], images: new Set() };
    locks.set(lock.absolute, known);
    known.documents.push(checked);
    const images = [
      ...imagesIn(cluster, allOutputs, constructedObjects),
      ...nodeImages(cluster.devNodes ?? {}),
    ];
    for (const image of images) known.images.add(image);
  }
  return [...locks.values()].map(({ images, ...found }) => ({ ...found, images: [...images].sort() }));
}

/** A cluster with the digests of its lock file, where there is one. */
export interface LockedCluster extends DescribedCluster {
  /** Where the digests are from. */
  readonly lock?: LockPlace;
}

/** Clusters with the digests of their lock files, and what is wrong with those. */
export function lockedClusters(
  clusters: readonly DescribedCluster[],
  input: LockInput,
): { readonly clusters: readonly LockedCluster[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const locks = new Map<string, ReadLock | undefined>();
  const locked: LockedCluster[] = [];
  for (const described of clusters) {
    const place = lockPlaceOf(described.document, input);
    const isNew = !locks.has(place.absolute);
    const lock = isNew ? readLock(place.absolute, place.shown) : locks.get(place.absolute);
    locks.set(place.absolute, lock);
    if (lock === undefined && place.namedAt) diagnostics.push(missingLock(place, described.document.file));
    if (lock && 'problem' in lock && isNew) diagnostics.push(lock.problem);
    if (lock === undefined || 'problem' in lock) {
      locked.push(described);
      continue;
    }
    locked.push({ ...described, cluster: { ...described.cluster, imageDigests: lock.images }, lock: place });
  }
  return { clusters: locked, diagnostics };
}

/** Images of which a lock has no digest: it was made for another release, or the document names others since. */
export async function unlockedImages(
  clusters: readonly LockedCluster[],
  outputs: readonly OutputEntry[],
): Promise<Diagnostic[]> {
  if (clusters.every(({ lock }) => lock === undefined)) return [];
  const { constructedObjects } = await import('../outputs/objects');
  return clusters.flatMap((locked) => unlockedImagesOf(locked, outputs, constructedObjects));
}

/** The same of one cluster, for those who have its objects at hand. */
export function unlockedImagesOf(
  { cluster, document, lock }: LockedCluster,
  outputs: readonly OutputEntry[],
  objectsOf: ObjectsOf,
): Diagnostic[] {
  if (lock === undefined) return [];
  return imagesIn(cluster, outputs, objectsOf)
    .filter((image) => !image.includes('@') && !Object.hasOwn(cluster.imageDigests ?? {}, image))
    .map((image) => missingImage(image, document.file, lock));
}

/** `constructedObjects`, which not every command loads. */
type ObjectsOf = (cluster: Cluster) => readonly ClusterObject[];

/** The images that some outputs name, sorted. */
function imagesIn(cluster: Cluster, outputs: readonly OutputEntry[], objectsOf: ObjectsOf): string[] {
  const rows = outputs.filter((row) => row.appliesTo(cluster));
  const others = otherImagesOf(rows, cluster);
  return [...new Set([...imagesOf(objectsOf(cluster).map(({ manifest }) => manifest)), ...others])].sort();
}

export function missingImage(image: string, file: string, lock: LockPlace): Diagnostic {
  return {
    code: 'LCK002',
    severity: 'error',
    message: `${image} is not in ${lock.shown}, so that no digest of it is known`,
    location: { file },
    path: '',
    hint: `run ${lockCommand([file], lock)}, and commit ${lock.shown}`,
  };
}

/** A lock file that is named says that nothing runs unlocked; without it everything would. */
function missingLock(lock: LockPlace, file: string): Diagnostic {
  return {
    code: 'LCK007',
    severity: 'error',
    message: `there is no lock file ${lock.shown}, so that images would be whatever their tags lead to`,
    location: lock.namedAt?.location ?? { file },
    path: lock.namedAt?.path ?? '',
    hint: `run ${lockCommand([file], lock)}, which makes it, or correct the path`,
  };
}

/** The command that writes the images of documents into their lock file. */
export function lockCommand(files: readonly string[], { shown, namedAt }: LockPlace): string {
  const isOfCommandLine = namedAt?.path === '';
  return ['pachkit lock', ...[...files, ...(isOfCommandLine ? ['--output', shown] : [])].map(shellWord)].join(
    ' ',
  );
}
