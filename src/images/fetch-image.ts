import {
  digestOf,
  manifestOf,
  OtherDigest,
  type Descriptor,
  type ImageContent,
  type ImageStore,
  type Manifest,
} from './image-store';
import {
  askFor,
  imageAt,
  MANIFEST_TYPES,
  partsOf,
  refuse,
  refuseOtherTypes,
  Refusal,
  wholeOf,
  type OpenedImage,
  type RegistryOptions,
} from './registry-client';
import type { ImageReference } from './reference';

/** How an image is fetched. */
export interface FetchOptions extends RegistryOptions {
  /** Of the user, who may interrupt it. */
  readonly signal: AbortSignal;
}

/**
 * Fetches an image into a folder: its index with the manifests of all platforms, without which containerd imports none, and the
 * layers of one platform. What is there already is not fetched again. Fails with a `Refusal` for what a registry does, and with
 * an error of Node when the folder cannot be written.
 *
 * @param name what it is kept as
 */
export async function fetchImage(
  reference: ImageReference,
  name: string,
  store: ImageStore,
  options: FetchOptions,
): Promise<ImageContent> {
  const image = imageAt(reference, options);
  const { registry } = image;
  const top = await fetchManifest(image, reference.digest ?? reference.tag, store, options);
  for (const { digest } of top.read.manifests)
    if (store.manifest({ digest }) === undefined) await fetchManifest(image, digest, store, options);
  const own = top.read.manifests.length === 0 ? top.descriptor : store.ownOf(top.read);
  if (own === undefined)
    throw new Refusal(
      'LCK004',
      `${registry} has no ${reference.repository} for linux/${store.architecture}`,
      'push the image of this platform, or take a machine that the image is for',
    );
  const { config, layers } = store.manifest(own) ?? { layers: [] };
  for (const blob of config === undefined ? [] : [config, ...layers])
    if (!store.has(blob)) await fetchBlob(image, blob, store, options);
  const content = store.contentOf(top.descriptor);
  if (content === undefined)
    throw new Refusal(
      'LCK006',
      `${registry} sends a manifest that names no image`,
      'push the image anew, or name another registry with --mirror',
    );
  store.name(name, top.descriptor);
  return content;
}

/** @param wanted a digest or a tag */
async function fetchManifest(
  image: OpenedImage,
  wanted: string,
  store: ImageStore,
  options: FetchOptions,
): Promise<{ readonly descriptor: Descriptor; readonly read: Manifest }> {
  const { registry } = image;
  const content = await answered(
    image,
    `manifests/${wanted}`,
    options,
    async (answer, chunks) => {
      const type = refuseOtherTypes(answer, registry);
      return { type, content: await wholeOf(chunks, 'manifest', registry) };
    },
    MANIFEST_TYPES.join(', '),
  );
  const digest = digestOf(content.content);
  if (wanted.startsWith('sha256:') && digest !== wanted)
    throw altered(image, new OtherDigest(`${digest} instead of ${wanted}`));
  const read = manifestOf(content.content);
  if (read === undefined)
    throw new Refusal('LCK006', `${registry} sends a manifest that cannot be read`, 'push the image anew');
  return { descriptor: store.keep(content.content, content.type), read };
}

async function fetchBlob(
  image: OpenedImage,
  blob: Descriptor,
  store: ImageStore,
  options: FetchOptions,
): Promise<void> {
  try {
    await answered(image, `blobs/${blob.digest}`, options, (_, chunks) => store.receive(blob, chunks));
  } catch (error) {
    throw error instanceof OtherDigest ? altered(image, error) : error;
  }
}

/** Hands over what a registry answers, as it comes. The longest wait begins anew with each part of it. */
async function answered<Result>(
  image: OpenedImage,
  part: string,
  options: FetchOptions,
  take: (answer: Response, chunks: AsyncIterable<Uint8Array>) => Promise<Result>,
  accept?: string,
): Promise<Result> {
  const wait = new AbortController();
  const timer = setTimeout(() => wait.abort(new DOMException('no answer', 'TimeoutError')), options.timeout);
  const asking = { ...options, signal: AbortSignal.any([wait.signal, options.signal]) };
  try {
    const { answer } = await askFor(
      image,
      `${image.url}/${part}`,
      { method: 'GET', ...(accept === undefined ? {} : { accept }) },
      asking,
    );
    refuse(answer, image);
    return await take(
      answer,
      partsOf(answer, image.registry, options, () => timer.refresh()),
    );
  } finally {
    clearTimeout(timer);
  }
}

function altered({ registry, reference: { repository } }: OpenedImage, { message }: OtherDigest): Refusal {
  return new Refusal(
    'DEV013',
    `${registry} sends other content for ${repository}: ${message}`,
    'push the image anew: the registry, or something before it, has altered it',
  );
}
