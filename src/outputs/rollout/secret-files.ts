import { shellWord } from '../../diagnostics/shell-word';
import type { Cluster } from '../../model/cluster';
import type { ClusterObject } from '../objects';
import type { OutputFile } from '../output';
import { decryptAndApply, SOPS_EXTENSION, SOPS_FOLDER, sopsFiles } from '../secret-forms/sops-files';
import { kustomization, objectsFile } from './files';

/** Secrets that are kept apart, below a folder: those in clear text, which Git ignores, or those that sops encrypts. */
export function secretFiles(
  cluster: Cluster,
  objects: readonly ClusterObject[],
  folder: string,
): OutputFile[] {
  const secrets = objects.filter(({ isSecret }) => isSecret);
  if (secrets.length === 0) return [];
  const inside = `${folder}/${SOPS_FOLDER}`;
  if (cluster.secretForm.kind !== 'sops')
    return [
      kustomization(inside, { kind: 'Kustomization', resources: ['secrets.yaml'] }),
      objectsFile(inside, 'secrets', secrets),
    ];
  return [
    kustomization(inside, {
      kind: 'Kustomization',
      resources: secrets.map(({ manifest }) => `${manifest.metadata.name}${SOPS_EXTENSION}`),
    }),
    ...sopsFiles(objects, cluster, folder),
  ];
}

/** Commands that bring those Secrets into a cluster. */
export function secretCommands(
  { secretForm: { kind } }: Pick<Cluster, 'secretForm'>,
  folder: string,
): string[] {
  if (kind === 'sops') return [decryptAndApply(folder)];
  return kind === 'manifests' ? [`kubectl apply -k ${shellWord(`${folder}/${SOPS_FOLDER}`)}`] : [];
}
