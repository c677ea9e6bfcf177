import type { Diagnostic } from '../diagnostics/diagnostic';
import type { ClusterDocument } from '../generated/cluster-document';
import { checkRun } from '../rules/check-run';
import type { RunCluster } from '../rules/run-rule';
import type { CheckedDocument } from './check-document';
import { idOf } from './sound-reading';

/**
 * What is wrong between the clusters of one run. A document with errors of form takes part with what it describes apart
 * from them: what is found in both readings of all such documents depends on none of the errors, and comes out.
 */
export function checkTogether(documents: readonly CheckedDocument[]): Diagnostic[] {
  const readings = documents.flatMap((checked) => {
    const clusters = readingsOf(checked);
    return clusters ? [{ clusters, sound: checked.sound }] : [];
  });
  const without = checkRun(readings.map(({ clusters: [first] }) => first));
  if (readings.every(({ sound }) => !sound)) return without.flat();
  const asMeant = checkRun(readings.map(({ clusters: [, second] }) => second));
  return readings.flatMap(({ sound }, index) => {
    const first = without[index] ?? [];
    const second = asMeant[index] ?? [];
    if (sound) return sound.inBoth(first, second);
    const known = new Set(second.map((finding) => idOf(finding)));
    return first.filter((finding) => known.has(idOf(finding)));
  });
}

/** The cluster of a document, in the two readings of one with errors of form. */
function readingsOf({
  document,
  cluster,
  sound,
}: CheckedDocument): readonly [without: RunCluster, asMeant: RunCluster] | undefined {
  if (!cluster) return sound?.clusters;
  const { file, root, value } = document;
  const whole = { file, root, cluster, document: value as unknown as ClusterDocument };
  return [whole, whole];
}
