import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { freePort, request, runToSuccess, startProcess, toolPath, type TemporaryDirectory } from '../harness';

/** Programs that a registry and its images need. */
export const registryTools = ['docker-registry', 'skopeo'] as const;

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';

/**
 * Writes an image without layers into a folder of that name; with `isIndex` an index of it, as images of several platforms have. Returns
 * its digest.
 */
export function writeImage(folder: TemporaryDirectory, name: string, isIndex = false): string {
  const layout = folder.join(name);
  fs.mkdirSync(path.join(layout, 'blobs/sha256'), { recursive: true });
  const blob = (content: object): { digest: string; size: number } => {
    const text = JSON.stringify(content);
    const digest = createHash('sha256').update(text).digest('hex');
    fs.writeFileSync(path.join(layout, 'blobs/sha256', digest), text);
    return { digest: `sha256:${digest}`, size: Buffer.byteLength(text) };
  };
  const config = blob({
    ...{ architecture: 'amd64', os: 'linux', config: { Labels: { note: name } } },
    rootfs: { type: 'layers', diff_ids: [] },
  });
  const manifest = blob({
    ...{ schemaVersion: 2, mediaType: MANIFEST, layers: [] },
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
  });
  const platform = { architecture: 'amd64', os: 'linux' };
  const top = isIndex
    ? {
        mediaType: INDEX,
        ...blob({
          schemaVersion: 2,
          mediaType: INDEX,
          manifests: [{ mediaType: MANIFEST, ...manifest, platform }],
        }),
      }
    : { mediaType: MANIFEST, ...manifest };
  fs.writeFileSync(path.join(layout, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  fs.writeFileSync(path.join(layout, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [top] }));
  return top.digest;
}

/** A registry of images on this machine. */
export interface Registry {
  /** Host and port. */
  readonly host: string;
  /** Pushes an image that `writeImage` wrote under the name it has at Docker Hub; `more` is for skopeo. */
  push(layout: string, name: string, more?: readonly string[]): Promise<void>;
}

/** Starts a registry, which has no images yet. `more` is of its configuration. */
export async function startRegistry(folder: TemporaryDirectory, more = ''): Promise<Registry> {
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const data = folder.join(`data-${port}`);
  fs.writeFileSync(
    folder.join('registry.yml'),
    `version: 0.1\nlog: { level: error }\nstorage: { filesystem: { rootdirectory: ${data} } }\nhttp: { addr: "${host}" }\n${more}`,
  );
  const process = startProcess({
    name: 'docker-registry',
    program: toolPath('docker-registry'),
    args: ['serve', folder.join('registry.yml')],
  });
  await process.ready(async () => [200, 401].includes((await request(`http://${host}/v2/`)).status));
  return {
    host,
    async push(layout, name, args = []) {
      await runToSuccess({
        name: 'skopeo',
        program: toolPath('skopeo'),
        args: [
          ...['copy', '--all', '--dest-tls-verify=false', '--insecure-policy', ...args],
          ...[`oci:${folder.join(layout)}`, `docker://${host}/${name.replace('docker.io/', '')}`],
        ],
      });
    },
  };
}
