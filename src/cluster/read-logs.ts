import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Mapping } from './api/objects';
import { valueAt } from './api/objects';
import type { Resources } from './api/resources';
import { KnownSecrets } from './compare/known-secrets';
import { diagnosticOf } from './difference';
import { lastLines } from './wait/wait-until-ready';
import type { WantedCluster } from './wanted-cluster';

/** The end of the log of one container. */
export interface ContainerLog {
  readonly pod: string;
  readonly container: string;
  /** Without secrets of the document. */
  readonly lines: readonly string[];
}

/** The last lines of every container in the namespace of a cluster, by the name of its Pod. */
export async function readLogs(
  resources: Resources,
  { cluster: { namespace }, objects, file }: WantedCluster,
  lines: number,
): Promise<readonly ContainerLog[] | Diagnostic> {
  const secrets = new KnownSecrets().learn(objects);
  const pods = { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true };
  try {
    const containers = (await resources.list(pods, namespace)).flatMap((pod) =>
      ((valueAt(pod, 'spec', 'containers') ?? []) as readonly Mapping[]).map(({ name }) => ({
        pod: pod.metadata.name,
        container: String(name),
      })),
    );
    const logs: ContainerLog[] = [];
    for (const each of containers)
      logs.push({
        ...each,
        lines: await lastLines(resources, namespace, { ...each, previous: false }, secrets, lines),
      });
    return logs;
  } catch (error) {
    return diagnosticOf(error, file);
  }
}
