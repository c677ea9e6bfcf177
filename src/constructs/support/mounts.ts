import type { k8s } from './kubernetes';

/** A volume of a pod, and the path at which its one container sees it. */
export interface Mount {
  readonly volume: k8s.Volume;
  readonly path: string;
}

/** The two places of a pod spec that a mount is written in; neither is there without mounts. */
export function mountsOf(mounts: readonly Mount[]): {
  readonly pod: Pick<k8s.PodSpec, 'volumes'>;
  readonly container: Pick<k8s.Container, 'volumeMounts'>;
} {
  if (mounts.length === 0) return { pod: {}, container: {} };
  return {
    pod: { volumes: mounts.map(({ volume }) => volume) },
    container: { volumeMounts: mounts.map(({ volume, path }) => ({ name: volume.name, mountPath: path })) },
  };
}

/** A folder that the container may write to and that is gone with the pod. */
export function scratchFolder(name: string, path: string): Mount {
  return { volume: { name, emptyDir: {} }, path };
}
