import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { isMapping } from '../document/is-mapping';
import { readOwnText, readRegularFile } from '../files/read-file';
import { removeLeftovers } from '../files/leftovers';
import { makeFolders } from '../files/make-folders';
import { replaceFile } from '../files/replace-file';

/** Something of an image, as its manifests name it. */
export interface Descriptor {
  readonly mediaType: string;
  /** `sha256:…` */
  readonly digest: string;
  /** In bytes. */
  readonly size: number;
}

/** What an image consists of: all manifests, and what one platform needs. */
export interface ImageContent {
  /** The image itself: an index, or the manifest of its one platform. */
  readonly top: Descriptor;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  /** Everything, each once or more. */
  readonly blobs: readonly Descriptor[];
}

/** A manifest, or an index of them, as far as it is read. */
export interface Manifest {
  /** Of an index: one for each platform, and others, such as attestations. */
  readonly manifests: readonly (Descriptor & { readonly platform?: unknown })[];
  readonly config?: Descriptor;
  readonly layers: readonly Descriptor[];
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Longest manifest, in MiB. A registry need not take a longer one, and other clients read no more either. */
export const MANIFEST_LIMIT_MIB = 4;

const NAME = 'org.opencontainers.image.ref.name';

/** The documents that an image is kept for, as a list in JSON: annotations are strings. */
const DOCUMENTS = 'dev.pachkit.documents';

/** How long content that no image names is left to the run that may be fetching it, in milliseconds. */
const ARRIVAL_MS = 3_600_000;

/** An image that is kept. */
interface KeptImage extends Descriptor {
  readonly name: string;
  /** File names, beside the folder. */
  readonly documents: readonly string[];
}

/** What is no longer kept. */
export interface Removed {
  readonly names: readonly string[];
  /** Bytes that are free again. */
  readonly size: number;
}

/** What the file in which a blob arrives is called, before the number of the process. */
const ARRIVING = '.blob.';

/** Content that is not what its digest says. */
export class OtherDigest extends Error {}

/**
 * Images in a folder, which is an OCI layout (specification 1.0): each blob is there once, by its digest, and `index.json` has the
 * names. What is written here has been compared with its digest. Calls throw an error of Node when the folder cannot be written.
 */
export class ImageStore {
  constructor(
    readonly folder: string,
    /** As Go names it: `amd64`. */
    readonly architecture: string,
    /** The file name of the document that images are fetched for. */
    readonly document: string,
  ) {}

  /** An image by its name, or by its digest where it has one; undefined where something of it is not kept. */
  find(name: string, digest?: string): ImageContent | undefined {
    const top = this.#names().find((each) => each.name === name || each.digest === digest);
    return top && this.contentOf(top);
  }

  /** What an image consists of; undefined where something of it is not kept, or nothing in it is for the platform. */
  contentOf({ mediaType, digest, size }: Descriptor): ImageContent | undefined {
    const top = { mediaType, digest, size };
    const read = this.manifest(top);
    const own = read && (read.manifests.length === 0 ? top : this.ownOf(read));
    const { config, layers = [] } = (own && this.manifest(own)) ?? {};
    if (read === undefined || config === undefined) return undefined;
    const blobs = [top, ...read.manifests, config, ...layers];
    return blobs.every((blob) => this.has(blob)) ? { top, config, layers, blobs } : undefined;
  }

  /** The one of an index that is for the platform. */
  ownOf({ manifests }: Manifest): Descriptor | undefined {
    return manifests.find(
      ({ platform }) =>
        isMapping(platform) && platform['os'] === 'linux' && platform['architecture'] === this.architecture,
    );
  }

  has({ digest, size }: Descriptor): boolean {
    return fs.statSync(this.fileOf(digest), { throwIfNoEntry: false })?.size === size;
  }

  /** A manifest that is kept; undefined where it is not, or was altered. */
  manifest({ digest }: Pick<Descriptor, 'digest'>): Manifest | undefined {
    try {
      const content = readRegularFile(this.fileOf(digest), { limit: MANIFEST_LIMIT_MIB * 1024 * 1024 });
      return digestOf(content) === digest ? manifestOf(content) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keeps a manifest. */
  keep(content: Buffer, mediaType: string): Descriptor {
    const digest = digestOf(content);
    makeFolders(path.dirname(this.fileOf(digest)), 0o700);
    replaceFile(this.fileOf(digest), content, 0o600);
    return { mediaType, digest, size: content.length };
  }

  /** Keeps what arrives when it is what the digest says, and fails with `OtherDigest` when it is not. */
  async receive({ digest, size }: Descriptor, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const target = this.fileOf(digest);
    const folder = path.dirname(target);
    makeFolders(folder, 0o700);
    removeLeftovers(folder, [ARRIVING], '.tmp');
    const temporary = path.join(folder, `${ARRIVING}${process.pid}.tmp`);
    const hash = createHash('sha256');
    try {
      const file = await fs.promises.open(temporary, 'wx', 0o600);
      try {
        let length = 0;
        for await (const chunk of chunks) {
          length += chunk.length;
          if (length > size) throw new OtherDigest(`more than ${size} bytes for ${digest}`);
          hash.update(chunk);
          await file.appendFile(chunk);
        }
      } finally {
        await file.close();
      }
      const found = `sha256:${hash.digest('hex')}`;
      if (found !== digest) throw new OtherDigest(`${found} instead of ${digest}`);
      fs.renameSync(temporary, target);
    } finally {
      fs.rmSync(temporary, { force: true });
    }
  }

  /** Notes the name of an image. */
  name(name: string, top: Descriptor): void {
    const known = this.#names();
    const before = known.find((each) => each.name === name)?.documents ?? [];
    const documents = [...new Set([...before, this.document])];
    const others = known.filter((each) => each.name !== name);
    this.#write('oci-layout', { imageLayoutVersion: '1.0.0' });
    this.#write('index.json', indexOf([...others, { name, ...top, documents }]));
  }

  /**
   * Notes that the document names these images and no others. What no document names any more is removed, and so is content
   * that no image consists of, such as that of a tag that has moved.
   *
   * @param isThere whether another document still exists
   */
  keepOnly(
    images: readonly { readonly name: string; readonly digest?: string | undefined }[],
    isThere: (document: string) => boolean,
  ): Removed {
    const known = this.#names().map((each) => {
      const isNamed = images.some(({ name, digest }) => name === each.name || digest === each.digest);
      const others = each.documents.filter((other) => other !== this.document && isThere(other));
      return { ...each, documents: isNamed ? [...others, this.document] : others };
    });
    const kept = known.filter(({ documents }) => documents.length > 0);
    const left = known.filter(({ documents }) => documents.length === 0);
    this.#write('index.json', indexOf(kept));
    return { names: left.map(({ name }) => name), size: this.#sweep(kept, left) };
  }

  /** Removes content that no image has which is kept. */
  #sweep(kept: readonly Descriptor[], left: readonly Descriptor[]): number {
    const needed = new Set(kept.flatMap((top) => this.#digestsOf(top)));
    const unneeded = new Set(left.flatMap((top) => this.#digestsOf(top)));
    const begun = Date.now() - ARRIVAL_MS;
    let size = 0;
    for (const file of fs.readdirSync(this.fileOf(''))) {
      const digest = `sha256:${file}`;
      if (!DIGEST.test(digest) || needed.has(digest)) continue;
      const found = fs.statSync(this.fileOf(digest));
      if (!unneeded.has(digest) && found.mtimeMs > begun) continue;
      fs.rmSync(this.fileOf(digest), { force: true });
      size += found.size;
    }
    return size;
  }

  /** All that an image has, of every platform, as far as it is kept. */
  #digestsOf(top: Descriptor): string[] {
    const { manifests, config, layers } = this.manifest(top) ?? { manifests: [], layers: [] };
    const own = [...layers, ...(config ? [config] : [])].map(({ digest }) => digest);
    return [top.digest, ...own, ...manifests.flatMap((each) => this.#digestsOf(each))];
  }

  fileOf(digest: string): string {
    return path.join(this.folder, 'blobs', 'sha256', digest.replace('sha256:', ''));
  }

  #names(): readonly KeptImage[] {
    try {
      const index = JSON.parse(readOwnText(path.join(this.folder, 'index.json'))) as unknown;
      return listed(isMapping(index) ? index['manifests'] : []).flatMap((each) => {
        const annotations = (each as { annotations?: Readonly<Record<string, unknown>> }).annotations;
        const name = annotations?.[NAME];
        return typeof name === 'string' ? [{ ...each, name, documents: documentsIn(annotations) }] : [];
      });
    } catch {
      return [];
    }
  }

  #write(file: string, content: object): void {
    replaceFile(path.join(this.folder, file), JSON.stringify(content), 0o600);
  }
}

/** An `index.json` that names images in full, as containerd and skopeo read it. */
export function indexOf(
  images: readonly (Descriptor & Pick<KeptImage, 'name'> & Partial<KeptImage>)[],
): object {
  return {
    schemaVersion: 2,
    manifests: images.map(({ name, mediaType, digest, size, documents }) => ({
      ...{ mediaType, digest, size },
      annotations: {
        ...{ 'io.containerd.image.name': name, [NAME]: name },
        ...(documents === undefined ? {} : { [DOCUMENTS]: JSON.stringify([...documents].sort()) }),
      },
    })),
  };
}

function documentsIn(annotations: Readonly<Record<string, unknown>> = {}): string[] {
  try {
    const documents = JSON.parse(String(annotations[DOCUMENTS])) as unknown;
    return Array.isArray(documents) ? documents.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}

/** A manifest of a registry; undefined where it is none. */
export function manifestOf(content: Buffer): Manifest | undefined {
  let read: unknown;
  try {
    read = JSON.parse(content.toString());
  } catch {
    return undefined;
  }
  if (!isMapping(read)) return undefined;
  const [config] = listed([read['config']]);
  return {
    manifests: listed(read['manifests']),
    layers: listed(read['layers']),
    ...(config === undefined ? {} : { config }),
  };
}

export function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** Descriptors alone: digests become names of files. */
function listed(value: unknown): Descriptor[] {
  return (Array.isArray(value) ? (value as unknown[]) : []).filter(
    (each): each is Descriptor =>
      isMapping(each) &&
      typeof each['mediaType'] === 'string' &&
      typeof each['digest'] === 'string' &&
      DIGEST.test(each['digest']) &&
      Number.isInteger(each['size']),
  );
}
