import type { ComponentService, StringMap } from '../../model/cluster';
import type { k8s } from './kubernetes';

/** What a document may say of a Service: labels that its component needs win over those of the document. */
export function serviceMetadata(
  name: string,
  namespace: string,
  labels: StringMap,
  service: Pick<ComponentService, 'annotations'> & Partial<Pick<ComponentService, 'labels'>>,
): k8s.ObjectMeta {
  return {
    name,
    namespace,
    labels: { ...service.labels, ...labels },
    ...(Object.keys(service.annotations).length === 0 ? {} : { annotations: service.annotations }),
  };
}

/** The port that every node opens for a Service with one port, where its type has nodes open any. */
export function nodePortOf({ type, nodePort }: ComponentService): Pick<k8s.ServicePort, 'nodePort'> {
  return type === 'NodePort' && nodePort !== undefined ? { nodePort } : {};
}
