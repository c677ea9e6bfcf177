import fs from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { findProgram } from '../files/find-program';
import { removeLeftovers } from '../files/leftovers';
import { runTool } from '../files/run-tool';
import { isSystemError, writeFailure } from '../files/system-error';
import { fetchImage } from '../images/fetch-image';
import { ImageStore, indexOf, type ImageContent } from '../images/image-store';
import { imagesOf } from '../images/images-of';
import { parseImage, type ImageReference } from '../images/reference';
import { Refusal } from '../images/registry-client';
import type { ClusterPlan } from '../plan/plan';
import { keepingFolder } from '../secrets/keeping-folder';
import { inFull } from './archive-images';
import { problem } from './problem';

/** Where images come from that nodes do not ask a registry for. */
export interface ImageSource {
  /** Registries to ask instead, by the one that an image names. Images of these are fetched; nodes get all others themselves. */
  readonly mirrors: Readonly<Record<string, string>>;
  /** Whether no registry is asked: each image has been fetched before. */
  readonly isOffline: boolean;
}

/** What images are fetched with. */
export interface FetchSettings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly signal: AbortSignal;
  /** Is told what is fetched. */
  readonly onLine: (line: string) => void;
}

/** An image as it is named in an archive: by its digest where it has one, else by its tag. */
interface WantedImage {
  readonly name: string;
  readonly reference: ImageReference;
}

/** Longest time without anything of an answer, in milliseconds: that of `pachkit lock`. */
const LONGEST_WAIT = 15_000;

/** Architectures of processors as Go names them, where Node has names of its own. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' };

/** The images of a document that come from mirrors, or, offline, from what was fetched before. */
export function wantedImages(
  { objects }: ClusterPlan,
  { mirrors, isOffline }: ImageSource,
  archived: readonly string[],
): readonly WantedImage[] {
  const inArchives = new Set(archived.map(inFull));
  return imagesOf(objects.map(({ manifest }) => manifest)).flatMap((image) => {
    const reference = parseImage(image);
    const name = inFull(image);
    const isWanted =
      reference !== undefined &&
      !inArchives.has(name) &&
      (isOffline || Object.hasOwn(mirrors, reference.registry));
    return isWanted ? [{ name, reference }] : [];
  });
}

/**
 * Fetches images into `.pachkit/images` beside the document, where they are not yet, and writes an archive of them. What has a
 * digest is fetched once and for all; a tag is asked for each time, but offline. All findings come in one run.
 *
 * @returns the archive, which the caller removes, or what is wrong
 */
export async function archiveOfImages(
  plan: ClusterPlan,
  wanted: readonly WantedImage[],
  { mirrors, isOffline }: ImageSource,
  settings: FetchSettings,
): Promise<{ readonly archive: string } | { readonly diagnostics: readonly Diagnostic[] }> {
  const kept = path.join(plan.document.directory, '.pachkit');
  const folder = path.join(kept, 'images');
  const file = path.basename(plan.document.file);
  const store = new ImageStore(folder, ARCHITECTURES[process.arch] ?? process.arch, file);
  const { environment, signal } = settings;
  const diagnostics: Diagnostic[] = [];
  const found: (WantedImage & { readonly content: ImageContent })[] = [];
  try {
    keepingFolder(kept);
    for (const { name, reference } of wanted) {
      const before =
        isOffline || reference.digest !== undefined ? store.find(name, reference.digest) : undefined;
      try {
        if (before !== undefined) found.push({ name, reference, content: before });
        else if (isOffline) diagnostics.push(unkept(plan, name, folder));
        else {
          const options = { mirrors, environment, timeout: LONGEST_WAIT, signal };
          found.push({ name, reference, content: await fetchImage(reference, name, store, options) });
          settings.onLine(`${name} is fetched from ${mirrors[reference.registry]}`);
        }
      } catch (error) {
        if (signal.aborted) return { diagnostics: [interrupted(plan)] };
        if (!(error instanceof Refusal)) throw error;
        const { code, message, hint } = error;
        diagnostics.push(problem(plan, code, `${name} cannot be fetched: ${message}`, hint));
      }
    }
    if (diagnostics.length > 0) return { diagnostics };
    const said = await writeArchive(store, found, settings);
    if (signal.aborted) return { diagnostics: [interrupted(plan)] };
    if (said !== undefined) return { diagnostics: [unwritable(plan, folder, said)] };
    // What no registry is asked for could not be had again.
    if (!isOffline) removeUnnamed(plan, store, settings);
    return { archive: archiveFile(store) };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { diagnostics: [...diagnostics, unwritable(plan, folder, writeFailure(error))] };
  }
}

/** Removes images that no document beside the folder names any more, and says which. */
function removeUnnamed(
  { objects, document }: ClusterPlan,
  store: ImageStore,
  { onLine }: FetchSettings,
): void {
  const images = imagesOf(objects.map(({ manifest }) => manifest)).map((image) => ({
    name: inFull(image),
    digest: parseImage(image)?.digest,
  }));
  const { names, size } = store.keepOnly(
    images,
    (other) => other === '-' || fs.existsSync(path.join(document.directory, other)),
  );
  if (size === 0) return;
  const what = names.join(', ') || 'content of tags that have moved';
  onLine(
    `${what}: removed from ${store.folder}, no document names it any more (${Math.ceil(size / 1e6)} MB)`,
  );
}

/** What the archive is called, before the number of the process. */
const ARCHIVE = 'load-';

/** What the folder with the lists of the archive is called, before the number of the process. */
const LISTS = 'lists-';

function archiveFile({ folder }: ImageStore): string {
  return path.join(folder, `${ARCHIVE}${process.pid}.tar`);
}

/** Writes an archive as `docker save` does: an OCI layout, and the list that Docker itself reads. Tells what went wrong. */
async function writeArchive(
  store: ImageStore,
  images: readonly (WantedImage & { readonly content: ImageContent })[],
  { environment, workingDirectory, signal }: FetchSettings,
): Promise<string | undefined> {
  const tar = findProgram('tar', { path: environment['PATH'], workingDirectory });
  if (tar === undefined) return 'no tar is in a folder of PATH';
  removeLeftovers(store.folder, [LISTS]);
  removeLeftovers(store.folder, [ARCHIVE], '.tar');
  const lists = path.join(store.folder, `${LISTS}${process.pid}`);
  fs.mkdirSync(lists);
  const nameOf = ({ digest }: { readonly digest: string }): string =>
    path.relative(store.folder, store.fileOf(digest)).split(path.sep).join('/');
  const files: Readonly<Record<string, object>> = {
    'oci-layout': { imageLayoutVersion: '1.0.0' },
    'index.json': indexOf(images.map(({ name, content }) => ({ name, ...content.top }))),
    'manifest.json': images.map(({ name, reference, content }) => ({
      Config: nameOf(content.config),
      RepoTags: reference.digest === undefined ? [name] : null,
      Layers: content.layers.map(nameOf),
    })),
  };
  try {
    for (const [name, content] of Object.entries(files))
      fs.writeFileSync(path.join(lists, name), JSON.stringify(content));
    const blobs = [...new Set(images.flatMap(({ content }) => content.blobs.map(nameOf)))];
    const args = [
      '-cf',
      archiveFile(store),
      '-C',
      lists,
      ...Object.keys(files),
      '-C',
      store.folder,
      ...blobs,
    ];
    const { code, said } = await runTool(tar, args, { environment, signal });
    if (code === 0) return undefined;
    fs.rmSync(archiveFile(store), { force: true });
    return said.join(' ') || 'tar could not be started';
  } finally {
    fs.rmSync(lists, { recursive: true, force: true });
  }
}

function unkept(plan: ClusterPlan, name: string, folder: string): Diagnostic {
  return problem(
    plan,
    'DEV014',
    `${name} is not in ${folder}, and with --offline no registry is asked`,
    'run pachkit dev up --mirror REGISTRY=HOST once where the registry is reached, or name an archive with --image-archive',
  );
}

function unwritable(plan: ClusterPlan, folder: string, reason: string): Diagnostic {
  return problem(
    plan,
    'DEV015',
    `${folder} cannot take the images: ${reason}`,
    'make it writable, with room for the images twice, and see that tar is on PATH; what was fetched is not fetched again',
  );
}

function interrupted(plan: ClusterPlan): Diagnostic {
  return problem(
    plan,
    'CLU016',
    'The command was interrupted; nothing is made, and the images that were fetched stay',
    'run pachkit dev up again',
  );
}
