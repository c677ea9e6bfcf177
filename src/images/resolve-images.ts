import type { Code } from '../diagnostics/codes';
import { digestOf } from './image-store';
import { parseImage, type ImageReference } from './reference';
import {
  askFor,
  imageAt,
  MANIFEST_TYPES,
  partsOf,
  refuse,
  refuseOtherTypes,
  Refusal,
  wholeOf,
  type RegistryOptions,
} from './registry-client';

/** The digest of an image, or why there is none. */
export type Resolved =
  | { readonly image: string; readonly digest: string }
  | { readonly image: string; readonly code: Code; readonly reason: string; readonly hint: string };

/** Registries that are asked at once. */
const AT_ONCE = 4;

/** Asks registries which digests tags have now. The order is that of the images; nothing is thrown for what a registry does. */
export async function resolveImages(
  images: readonly string[],
  options: RegistryOptions,
): Promise<Resolved[]> {
  const results: Resolved[] = [];
  const waiting = images.map((image, index) => ({ image, index }));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      results[next.index] = await resolveImage(next.image, options);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

async function resolveImage(image: string, options: RegistryOptions): Promise<Resolved> {
  const reference = parseImage(image);
  if (!reference)
    return {
      image,
      code: 'LCK004',
      reason: 'it is not the name of an image',
      hint: 'write it as registry/name:tag',
    };
  if (reference.digest !== undefined) return { image, digest: reference.digest };
  try {
    return { image, digest: await askDigest(reference, options) };
  } catch (error) {
    if (error instanceof Refusal) return { image, code: error.code, reason: error.message, hint: error.hint };
    throw error;
  }
}

async function askDigest(reference: ImageReference, options: RegistryOptions): Promise<string> {
  const image = imageAt(reference, options);
  const accept = MANIFEST_TYPES.join(', ');
  const { answer, place } = await askFor(
    image,
    `${image.url}/manifests/${reference.tag}`,
    { method: 'HEAD', accept },
    options,
  );
  refuse(answer, image);
  const told = answer.headers.get('docker-content-digest');
  if (told !== null && /^sha256:[0-9a-f]{64}$/.test(told)) return told;
  // Registries need not tell it: it is the hash of what they serve.
  const { answer: whole } = await askFor(image, place, { method: 'GET', accept }, options);
  refuse(whole, image);
  refuseOtherTypes(whole, image.registry);
  const parts = partsOf(whole, image.registry, options);
  return digestOf(await wholeOf(parts, 'manifest', image.registry));
}
