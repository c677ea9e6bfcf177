import { shellWord } from '../diagnostics/shell-word';
import { objectFiles } from './object-files';
import type { Output } from './output';

/** `manifests/*.yaml`: every Kubernetes object of the cluster. */
export const manifests: Output = {
  emit: (_cluster, objects) => objectFiles(objects, 'manifests'),
  commands: ({ directory }) => [`kubectl apply -f ${shellWord(`${directory}/manifests`)}`],
};
