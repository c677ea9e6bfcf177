import { toYaml } from '../../constructs/support/yaml';
import type { ClusterObject } from '../objects';
import { yamlOf } from '../object-files';
import type { OutputFile } from '../output';

const API_VERSIONS = {
  Kustomization: 'kustomize.config.k8s.io/v1beta1',
  Component: 'kustomize.config.k8s.io/v1alpha1',
} as const;

/** The `kustomization.yaml` of a folder. */
export function kustomization(
  folder: string,
  { kind, ...fields }: { readonly kind: keyof typeof API_VERSIONS; readonly [field: string]: unknown },
): OutputFile {
  return {
    path: `${folder}/kustomization.yaml`,
    content: toYaml({ apiVersion: API_VERSIONS[kind], kind, ...fields }),
    isSecret: false,
  };
}

/** A file of objects. */
export function objectsFile(folder: string, name: string, objects: readonly ClusterObject[]): OutputFile {
  return {
    path: `${folder}/${name}.yaml`,
    content: yamlOf(objects),
    isSecret: objects.some(({ isSecret }) => isSecret),
  };
}
