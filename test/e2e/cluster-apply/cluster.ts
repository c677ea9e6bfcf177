import type { Finished, KubernetesServer } from '../harness';
import type { KubernetesObject } from './synthesize';

/** A Pod Security level. */
export type Level = 'baseline' | 'restricted';

/** Makes a namespace, which refuses Pods beyond the level if one is given. */
export async function createNamespace(
  kubernetes: KubernetesServer,
  name: string,
  level?: Level,
): Promise<void> {
  const labels = level === undefined ? {} : { 'pod-security.kubernetes.io/enforce': level };
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
  const created = await kubernetes.kubectl(['create', '-f', '-'], JSON.stringify(namespace));
  if (created.code !== 0) throw new Error(created.output);
}

/** Applies a folder of manifests in the way in which the API server tells of everything that it would skip. */
export const apply = (kubernetes: KubernetesServer, manifests: string): Promise<Finished> =>
  kubernetes.kubectl(['apply', '--server-side', '--validate=strict', '-f', manifests]);

/** The lines that `apply` prints when every object went through. */
export const appliedLines = (objects: readonly KubernetesObject[]): readonly string[] =>
  objects.map(({ apiVersion, kind, metadata }) => {
    const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
    return `${kind.toLowerCase()}${group}/${metadata.name} serverside-applied`;
  });

/** The lines of a string, sorted. */
export const sortedLines = (text: string): readonly string[] => text.trimEnd().split('\n').sort();

/** The objects of a folder of manifests as the API server has them, by kind and name. */
export async function readBack(
  kubernetes: KubernetesServer,
  manifests: string,
): Promise<Readonly<Record<string, KubernetesObject>>> {
  const answer = await kubernetes.kubectl(['get', '-f', manifests, '-o', 'json', '--show-managed-fields']);
  if (answer.code !== 0) throw new Error(answer.output);
  const { items } = JSON.parse(answer.standardOutput) as { items: KubernetesObject[] };
  return Object.fromEntries(items.map((object) => [`${object.kind}/${object.metadata.name}`, object]));
}

/** Gives back what namespaces share: the node ports of Services. */
export async function removeServices(kubernetes: KubernetesServer, namespace: string): Promise<void> {
  const removed = await kubernetes.kubectl(['delete', 'services', '--all', '--namespace', namespace]);
  if (removed.code !== 0) throw new Error(removed.output);
}
