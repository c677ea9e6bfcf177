import { findProgram } from '../files/find-program';
import { runTool, type ToolSettings } from '../files/run-tool';
import { imagesOf } from '../images/images-of';
import { parseImage } from '../images/reference';
import type { ClusterObject } from '../outputs/objects';

/** An image that pods name by a digest, by which a node would not find the one of an archive. */
export interface UnfoundImage {
  /** With its tag and without its digest: `docker.io/pachyderm/etcd:v3.5.12`. */
  readonly tagged: string;
  /** As nodes look for it, without its tag: `docker.io/pachyderm/etcd@sha256:…`. */
  readonly wanted: string;
}

/** As an OCI layout names its images: containerd's own annotation, or the one of the specification of images. */
const NAMES_IN_LAYOUT = ['io.containerd.image.name', 'org.opencontainers.image.ref.name'];

/**
 * The names of images that an archive has, as containerd reads them: of its OCI layout, or as `docker save` has them.
 * Empty where it names none, or where there is no `tar` on PATH to read it with.
 *
 * @param file absolute path
 */
export async function imagesInArchive(
  file: string,
  settings: Pick<ToolSettings, 'environment' | 'signal'> & { readonly workingDirectory: string },
): Promise<readonly string[]> {
  const { environment, workingDirectory, signal } = settings;
  const tar = findProgram('tar', { path: environment['PATH'], workingDirectory });
  if (tar === undefined) return [];
  const member = async (name: string): Promise<unknown> => {
    // What is not there makes tar fail; it prints what is.
    const { output } = await runTool(tar, ['-xOf', file, name, `./${name}`], { environment, signal });
    return parsed(output);
  };
  const index = (await member('index.json')) as Layout | null | undefined;
  const names =
    index === undefined
      ? listed(await member('manifest.json')).flatMap(({ RepoTags: tags }) => listed(tags))
      : listed(index?.manifests).map(({ annotations }) =>
          NAMES_IN_LAYOUT.map((name) => annotations?.[name]).find((name) => name !== undefined),
        );
  return names.filter((name): name is string => typeof name === 'string');
}

/** An archive is a file of the user: what it lists may be anything. */
interface Layout {
  readonly manifests?: unknown;
}

interface Listed {
  readonly RepoTags?: unknown;
  readonly annotations?: Readonly<Record<string, unknown>>;
}

function listed(value: unknown): readonly Listed[] {
  return Array.isArray(value) ? (value as readonly (Listed | null)[]).filter((each) => each !== null) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Images that pods would not get from archives, though those have them. An image with a digest is looked for by the digest
 * alone: containerd names what it imports as the archive does, and compares no contents.
 *
 * @param keepsDigests whether nodes know an image by a digest that the archive names
 */
export function unfoundImages(
  objects: readonly ClusterObject[],
  archived: readonly string[],
  keepsDigests: boolean,
): readonly UnfoundImage[] {
  const names = new Set(archived.map(inFull));
  return imagesOf(objects.map(({ manifest }) => manifest)).flatMap((image) => {
    const [tagged = '', digest] = image.split('@');
    if (digest === undefined) return [];
    const found = { tagged: inFull(tagged), wanted: inFull(image) };
    const isFound = keepsDigests && names.has(found.wanted);
    return !isFound && (names.has(found.tagged) || names.has(found.wanted)) ? [found] : [];
  });
}

/** The name of an image with its registry, by its digest where it has one, else by its tag. */
function inFull(image: string): string {
  const reference = parseImage(image);
  if (reference === undefined) return image;
  const { registry, repository, tag, digest } = reference;
  return `${registry}/${repository}${digest === undefined ? `:${tag}` : `@${digest}`}`;
}
