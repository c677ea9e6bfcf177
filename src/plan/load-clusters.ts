import { hasErrors } from '../diagnostics/diagnostic';
import type { DocumentInput } from '../document/input';
import { checkObjects } from '../outputs/check-objects';
import { constructedObjects } from '../outputs/objects';
import { outputs as allOutputs } from '../outputs/registry';
import { present } from '../pipeline/present';
import { readClusters, type ReadClusters } from '../pipeline/read-clusters';
import type { SecretInput } from '../secrets/secret-session';
import { withKeysOfFiles } from './keys-of-files';
import { lockedClusters, unlockedImagesOf } from './locked-images';

/**
 * The clusters that documents describe, for programs that construct them: what `planFiles()` reads and checks, before it is
 * known which outputs there will be. When there is an error, `clusters` is empty.
 *
 * @param isLocked whether lock files count
 */
export function loadClusters(
  fileNames: readonly string[],
  input: DocumentInput,
  secrets: SecretInput,
  isLocked = true,
): ReadClusters {
  const read = withKeysOfFiles(readClusters(fileNames, input, secrets));
  const locked = isLocked
    ? lockedClusters(read.clusters, input)
    : { clusters: read.clusters, diagnostics: [] };
  const diagnostics = present([
    ...read.diagnostics,
    ...locked.diagnostics,
    ...locked.clusters.flatMap((each) => unlockedImagesOf(each, allOutputs, constructedObjects)),
    ...read.clusters.flatMap(({ document, cluster }) => checkObjects(document, cluster)),
  ]);
  return { clusters: hasErrors(diagnostics) ? [] : locked.clusters, bases: read.bases, diagnostics };
}
