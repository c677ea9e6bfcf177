import { shellWord } from '../diagnostics/shell-word';
import { yamlOf } from './object-files';
import { objectName } from './object-name';
import type { ClusterObject } from './objects';
import type { Output, OutputFile, SharedBase } from './output';
import { kustomization, objectsFile } from './rollout/files';
import { objectPatch } from './rollout/object-patch';
import { committedObjects, partsOf, type Part } from './rollout/parts';
import { secretCommands, secretFiles } from './rollout/secret-files';

/**
 * `kustomize/`: a component of Kustomize for each part, and the kustomization that has them all. Secrets in clear text, and those
 * that sops encrypts, are in a kustomization of their own, `secrets/`, so that the other one can be built from Git.
 *
 * Documents of one run that extend the same base share components, in a folder beside those of the clusters; each has
 * patches for what it has otherwise.
 */
export const kustomize: Output = {
  emit: (cluster, objects, { base } = {}) => {
    const parts = partsOf(committedObjects(objects));
    return [
      ...rootFiles(parts, base),
      ...parts.flatMap((part) => componentFiles(part, base)),
      ...secretFiles(cluster, objects, 'kustomize'),
    ];
  },
  emitShared: (objects) => partsOf(committedObjects(objects)).flatMap((part) => componentFiles(part)),
  commands: ({ cluster, directory }) => [
    ...secretCommands(cluster, `${directory}/kustomize`),
    `kubectl apply -k ${shellWord(`${directory}/kustomize`)}`,
  ],
};

/** The kustomization of the cluster. Components that are as in the base are taken from there. */
function rootFiles(parts: readonly Part[], base: SharedBase | undefined): OutputFile[] {
  const components = parts.map((part) =>
    base && isAsIn(part, base)
      ? `../../${base.folder}/kustomize/components/${part.name}`
      : `components/${part.name}`,
  );
  return [kustomization('kustomize', { kind: 'Kustomization', components })];
}

/** A part: its objects; with a base, those that it does not have, and patches for the others. */
function componentFiles(part: Part, base?: SharedBase): OutputFile[] {
  const folder = `kustomize/components/${part.name}`;
  const known = base === undefined ? undefined : basePart(part, base);
  if (base === undefined || known === undefined)
    return [
      kustomization(folder, { kind: 'Component', resources: [`${part.name}.yaml`] }),
      objectsFile(folder, part.name, part.objects),
    ];
  if (isAsIn(part, base)) return [];
  const added = part.objects.filter((object) => !known.objects.some((other) => isSame(object, other)));
  return [
    kustomization(folder, {
      kind: 'Component',
      ...(added.length > 0 ? { resources: [`${part.name}.yaml`] } : {}),
      components: [`../../../../${base.folder}/kustomize/components/${part.name}`],
      patches: known.objects.flatMap((object) => patchOf(object, part.objects)),
    }),
    ...(added.length > 0 ? [objectsFile(folder, part.name, added)] : []),
  ];
}

/** What makes an object of the base the one of the cluster, or takes it away. */
function patchOf({ manifest }: ClusterObject, objects: readonly ClusterObject[]): object[] {
  const own = objects.find((object) => isSame({ manifest }, object));
  const { kind, metadata } = manifest;
  const target = { kind, name: `^${metadata.name.replaceAll('.', String.raw`\.`)}$` };
  if (own === undefined) {
    const { apiVersion } = manifest;
    return [
      { target, patch: asJson({ $patch: 'delete', apiVersion, kind, metadata: { name: metadata.name } }) },
    ];
  }
  const operations = objectPatch(manifest, own.manifest);
  return operations.length === 0 ? [] : [{ target, patch: asJson(operations) }];
}

/** A patch as text. Kustomize cuts off line breaks at its end, which are part of a file in YAML; in JSON there are none. */
function asJson(patch: unknown): string {
  return JSON.stringify(patch, null, 2);
}

function basePart(part: Part, base: SharedBase): Part | undefined {
  return partsOf(committedObjects(base.objects)).find(({ name }) => name === part.name);
}

function isAsIn(part: Part, base: SharedBase): boolean {
  const known = basePart(part, base);
  return known !== undefined && yamlOf(known.objects) === yamlOf(part.objects);
}

function isSame(one: Pick<ClusterObject, 'manifest'>, other: Pick<ClusterObject, 'manifest'>): boolean {
  return objectName(one.manifest) === objectName(other.manifest);
}
