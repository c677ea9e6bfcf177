import type { Diagnostic } from '../diagnostics/diagnostic';
import { valueAt, type Mapping, textAt } from './api/objects';
import type { Resources } from './api/resources';
import { isChange, type ObjectChange } from './compare/change';
import type { Comparison } from './compare/plan-changes';
import { afterComparison } from './difference';
import type { WantedCluster } from './wanted-cluster';
import { objectName } from '../outputs/object-name';

/** A container that runs, and the image that it was started from. */
export interface RunningImage {
  /** `pod/container` */
  readonly container: string;
  /** As the Pod names it: a tag, with a digest where one is locked. */
  readonly image: string;
  /** As the node calls what it runs: `docker.io/dexidp/dex@sha256:…`, or `sha256:…` for one that no registry knows. */
  readonly imageID: string;
}

/** What differs from a document, without a value of a Secret. */
export interface ComparedObjects {
  readonly compared: number;
  /** `update Deployment/pachd`; of a Secret with its keys. */
  readonly differences: readonly string[];
}

/** A cluster as it runs, beside the document that it was deployed from. */
export interface RunningCluster {
  /** What the kubelet of each node says its version is, by the name of the node. */
  readonly nodes: Readonly<Record<string, string>>;
  readonly images: readonly RunningImage[];
  readonly objects: ComparedObjects;
  readonly secrets: ComparedObjects;
}

/** Looks at a cluster once. */
export async function readRunning(
  resources: Resources,
  wanted: WantedCluster,
): Promise<{ readonly running?: RunningCluster; readonly diagnostics: readonly Diagnostic[] }> {
  const { result: running, diagnostics } = await afterComparison(resources, wanted, (comparison) =>
    runningOf(resources, comparison),
  );
  return running === undefined ? { diagnostics } : { running, diagnostics };
}

async function runningOf(resources: Resources, { namespace, changes }: Comparison): Promise<RunningCluster> {
  const core = { apiVersion: 'v1', namespaced: true };
  const pods = await resources.list({ ...core, kind: 'Pod', plural: 'pods' }, namespace);
  const nodes = await resources.list({ ...core, kind: 'Node', plural: 'nodes', namespaced: false }, '');
  const secrets = changes.filter(({ object }) => object.kind === 'Secret');
  return {
    nodes: Object.fromEntries(
      nodes.map((node) => [
        node.metadata.name,
        textAt(valueAt(node, 'status', 'nodeInfo', 'kubeletVersion')),
      ]),
    ),
    images: pods.flatMap((pod) => {
      const statuses = (valueAt(pod, 'status', 'containerStatuses') ?? []) as readonly Mapping[];
      const containers = (valueAt(pod, 'spec', 'containers') ?? []) as readonly Mapping[];
      return containers.map(({ name, image }) => ({
        container: `${pod.metadata.name}/${String(name)}`,
        image: String(image),
        imageID: textAt(statuses.find((status) => status['name'] === name)?.['imageID']),
      }));
    }),
    objects: compared(changes.filter((change) => !secrets.includes(change))),
    secrets: compared(secrets),
  };
}

function compared(changes: readonly ObjectChange[]): ComparedObjects {
  return {
    compared: changes.length,
    differences: changes.filter(isChange).map(({ action, object, fields }) => {
      const keys = fields.flatMap(({ path: [top, key] }) =>
        top === 'data' && key !== undefined ? [key] : [],
      );
      const which = object.kind === 'Secret' && keys.length > 0 ? `: ${keys.join(', ')}` : '';
      return `${action} ${objectName(object)}${which}`;
    }),
  };
}
