import { shellWord } from '../diagnostics/shell-word';
import { objectFiles } from './object-files';
import type { Output } from './output';
import { decryptAndApply, sopsFiles } from './secret-forms/sops-files';

/** `manifests/*.yaml`: every Kubernetes object of the cluster, its Secrets in the form that the document asks for. */
export const manifests: Output = {
  emit: (cluster, objects) =>
    cluster.secretForm.kind === 'sops'
      ? [
          ...objectFiles(
            objects.filter(({ isSecret }) => !isSecret),
            'manifests',
          ),
          ...sopsFiles(objects, cluster, 'manifests'),
        ]
      : objectFiles(objects, 'manifests'),
  commands: ({ cluster, directory }) => {
    const folder = shellWord(`${directory}/manifests`);
    const apply = `kubectl apply -f ${folder}`;
    return cluster.secretForm.kind === 'sops' ? [decryptAndApply(`${directory}/manifests`), apply] : [apply];
  },
};
