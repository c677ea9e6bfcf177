import { toYaml } from '../../constructs/support/yaml';
import { inReadingOrder } from '../key-order';
import type { ClusterObject, Manifest } from '../objects';

/** An object with annotations for the engine that rolls it out. */
export function annotated(
  object: ClusterObject,
  annotations: Readonly<Record<string, string>>,
): ClusterObject {
  if (Object.keys(annotations).length === 0) return object;
  const metadata = object.manifest.metadata as { readonly annotations?: object };
  const manifest = inReadingOrder({
    ...object.manifest,
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...annotations } },
  }) as Manifest;
  return { ...object, manifest, yaml: toYaml(manifest) };
}
