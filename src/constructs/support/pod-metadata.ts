import type { Placement, StringMap } from '../../model/cluster';
import type { k8s } from './kubernetes';

/**
 * Metadata of a pod template. Labels that a selector needs win over those of the document; annotations that the pod needs
 * too, and there are none at all where no one asks for one.
 */
export function podMetadata(
  labels: StringMap,
  placement: Pick<Placement, 'labels' | 'annotations'>,
  annotations: StringMap = {},
): k8s.ObjectMeta {
  const all = { ...placement.annotations, ...annotations };
  return {
    labels: { ...placement.labels, ...labels },
    ...(Object.keys(all).length === 0 ? {} : { annotations: all }),
  };
}
