import { ComponentType, HashAlgorithm } from '@cyclonedx/cyclonedx-library/Enums';
import { Bom, Component, HashDictionary, Property } from '@cyclonedx/cyclonedx-library/Models';
import { JSON as CycloneDX, JsonSerializer } from '@cyclonedx/cyclonedx-library/Serialize';
import { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec';
import { PackageURL } from 'packageurl-js';
import { compare } from '../diagnostics/diagnostic';
import { imagesOf, withDigest } from '../images/images-of';
import { parseImage } from '../images/reference';
import type { Cluster } from '../model/cluster';
import type { ClusterObject } from './objects';
import type { Output } from './output';
import { objectName } from './object-name';

/**
 * `sbom/images.cdx.json`: the images that the cluster runs, as CycloneDX 1.6 has them, each with the objects that name it. A digest
 * is there where the image is locked. What is in an image, and under which licenses, only the image itself says.
 */
export const sbom: Output = {
  emit: (cluster, objects, { otherImages = [] } = {}) => [
    {
      path: 'sbom/images.cdx.json',
      content: `${serialized(bomOf(cluster, objects, otherImages))}\n`,
      isSecret: false,
    },
  ],
};

/** The name of the property with an object that names an image. */
const OBJECT_PROPERTY = 'pachkit:object';

/** Neither a time nor a serial number: the same document has the same list of images. */
function bomOf(cluster: Cluster, objects: readonly ClusterObject[], otherImages: readonly string[]): Bom {
  const bom = new Bom();
  const { name, namespace, release } = cluster;
  // Where a component has no reference the library makes a random one.
  const whole = new Component(ComponentType.Application, name, {
    bomRef: `cluster:${namespace}/${name}`,
    version: release.version.text,
    description: `The Pachyderm cluster ${name} in the namespace ${namespace}`,
  });
  bom.metadata.component = whole;
  bom.metadata.tools.components.add(
    new Component(ComponentType.Application, 'pachkit', { bomRef: 'tool:pachkit' }),
  );
  for (const [image, users] of usersOf(cluster, objects, otherImages)) {
    const component = componentOf(image);
    for (const user of users) component.properties.add(new Property(OBJECT_PROPERTY, user));
    bom.components.add(component);
    whole.dependencies.add(component.bomRef);
  }
  return bom;
}

/** Images, sorted, with the objects that name them. */
function usersOf(
  cluster: Cluster,
  objects: readonly ClusterObject[],
  otherImages: readonly string[],
): readonly (readonly [image: string, users: readonly string[]])[] {
  const users = new Map<string, string[]>(
    otherImages.map((image) => [withDigest(image, cluster.imageDigests), []]),
  );
  for (const { manifest } of objects)
    for (const image of imagesOf([manifest]))
      users.set(image, [...(users.get(image) ?? []), objectName(manifest)]);
  return [...users].sort(([a], [b]) => compare(a, b));
}

function componentOf(image: string): Component {
  const reference = parseImage(image);
  // A name that is none pulls nothing, but pods have it.
  if (!reference) return new Component(ComponentType.Container, image, { bomRef: image });
  const { registry, repository, tag, digest } = reference;
  const hashes = new HashDictionary();
  if (digest?.startsWith('sha256:') === true)
    hashes.set(HashAlgorithm['SHA-256'], digest.slice('sha256:'.length));
  return new Component(ComponentType.Container, `${registry}/${repository}`, {
    bomRef: image,
    version: tag,
    hashes,
    purl: new PackageURL('oci', undefined, repository.slice(repository.lastIndexOf('/') + 1), digest, {
      repository_url: `${registry}/${repository}`,
      tag,
    }).toString(),
  });
}

function serialized(bom: Bom): string {
  const serializer = new JsonSerializer(new CycloneDX.Normalize.Factory(Spec1dot6));
  return serializer.serialize(bom, { sortLists: true, space: 2 });
}
