type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Variables that pachd takes images from, for Pods that it makes itself. */
const IMAGE_VARIABLE = /_IMAGE$/;

/** The images of containers, and of Pods that pachd makes, each once and sorted. */
export function imagesOf(manifests: readonly Readonly<Record<string, unknown>>[]): string[] {
  const found = new Set<string>();
  for (const manifest of manifests)
    withImages(manifest as Json, (image) => {
      found.add(image);
      return image;
    });
  return [...found].sort();
}

/** An image with its digest, where a lock file has one. */
export function withDigest(image: string, digests: Readonly<Record<string, string>> = {}): string {
  return Object.hasOwn(digests, image) ? `${image}@${digests[image]}` : image;
}

/** A manifest with its images replaced; the same object where none is. */
export function withImages<Manifest extends Readonly<Record<string, unknown>>>(
  manifest: Manifest,
  replace: (image: string) => string,
): Manifest;
export function withImages(value: Json, replace: (image: string) => string): Json;
export function withImages(value: unknown, replace: (image: string) => string): unknown {
  if (Array.isArray(value)) {
    const before = value as readonly Json[];
    const items = before.map((item) => withImages(item, replace));
    return items.some((item, index) => item !== before[index]) ? items : before;
  }
  if (typeof value !== 'object' || value === null) return value;
  const mapping = value as Readonly<Record<string, Json>>;
  const isVariable = typeof mapping['name'] === 'string' && IMAGE_VARIABLE.test(mapping['name']);
  let changed: Record<string, Json> | undefined;
  for (const [key, inner] of Object.entries(mapping)) {
    const isImage =
      typeof inner === 'string' && inner !== '' && (key === 'image' || (isVariable && key === 'value'));
    const next = isImage ? replace(inner) : withImages(inner, replace);
    if (next !== inner) (changed ??= { ...mapping })[key] = next;
  }
  return changed ?? value;
}
