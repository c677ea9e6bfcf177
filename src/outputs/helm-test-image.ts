import type { Cluster } from '../model/cluster';
import { withRegistry } from '../model/resolve-pod';

/** An image with nc in it. */
const IMAGE = 'library/busybox:1.37.0';

/** The image of the Pod of `helm test`, as the cluster has its images. */
export function helmTestImage({ images: { registry } }: Cluster): string {
  return withRegistry(registry, IMAGE);
}
