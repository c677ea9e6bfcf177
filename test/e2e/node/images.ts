import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { runToSuccess, temporaryDirectory } from '../harness';

/** What an image is made of: programs of this machine with the libraries they load, folders, and texts. */
export interface ImageContents {
  /** Names that pods know the image by, with their tags. */
  readonly names: readonly string[];
  /** Programs of this machine by their paths in the image. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Folders and files of this machine that the image has at the same paths. */
  readonly copies?: readonly string[];
  /** Files by their paths; scripts may be run. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Folders that every user may write to. */
  readonly open?: readonly string[];
  readonly entrypoint: readonly string[];
  /** What asks it to end. @default SIGTERM */
  readonly stopSignal?: string;
}

const ENVIRONMENT = ['PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'LANG=C.UTF-8'];

/** Writes an image as an archive such as those of `docker save`. Nothing is pulled. */
export async function writeImage(archive: string, image: ImageContents): Promise<void> {
  const directory = temporaryDirectory('image');
  const root = directory.join('root');
  mkdirSync(root);
  for (const [place, file] of Object.entries(image.programs ?? {})) await addProgram(root, place, file);
  for (const source of image.copies ?? [])
    cpSync(source, path.join(root, source), { recursive: true, dereference: true });
  for (const [place, text] of Object.entries(image.texts ?? {})) {
    mkdirSync(path.join(root, path.dirname(place)), { recursive: true });
    writeFileSync(path.join(root, place), text, { mode: 0o755 });
  }
  for (const folder of image.open ?? [])
    await runToSuccess(shell(`mkdir -p .${folder} && chmod 1777 .${folder}`, root));
  await runToSuccess(shell('tar --owner=0 --group=0 -cf ../layer.tar .', root));
  const layer = createHash('sha256')
    .update(readFileSync(directory.join('layer.tar')))
    .digest('hex');
  writeFileSync(
    directory.join('config.json'),
    JSON.stringify({
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      config: { Env: ENVIRONMENT, Entrypoint: image.entrypoint, StopSignal: image.stopSignal ?? 'SIGTERM' },
      rootfs: { type: 'layers', diff_ids: [`sha256:${layer}`] },
    }),
  );
  writeFileSync(
    directory.join('manifest.json'),
    JSON.stringify([{ Config: 'config.json', RepoTags: image.names, Layers: ['layer.tar'] }]),
  );
  await runToSuccess(shell(`tar -cf ${archive} manifest.json config.json layer.tar`, directory.path));
  directory.remove();
}

/** A program, and the libraries that the loader says it needs, at their own places. */
async function addProgram(root: string, place: string, file: string): Promise<void> {
  copy(realpathSync(file), path.join(root, place));
  for (const library of await librariesOf(file)) copy(realpathSync(library), path.join(root, library));
}

function copy(from: string, to: string): void {
  mkdirSync(path.dirname(to), { recursive: true });
  cpSync(from, to);
}

async function librariesOf(file: string): Promise<readonly string[]> {
  // Ends with an error for programs that are linked statically.
  const said = await runToSuccess(shell(`ldd ${file} 2>&1 || true`, '/'));
  return [...said.matchAll(/(\/\S+) \(0x/g)]
    .map(([, library = '']) => library)
    .filter((library) => statSync(library).isFile());
}

function shell(script: string, workingDirectory: string): Parameters<typeof runToSuccess>[0] {
  return { name: 'sh', program: '/bin/sh', args: ['-c', script], workingDirectory };
}
