import fs from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { isSystemError } from '../files/system-error';

/** Digests by image with its tag, such as `docker.io/pachyderm/pachd:2.11.6`. */
export type ImageDigests = Readonly<Record<string, string>>;

/** Name of the file, which lies beside the documents that it is for. */
export const LOCK_NAME = 'pachkit.lock';

const VERSION = 1;

/** The lock file for documents of a folder; undefined where there is none. */
export function readLock(
  folder: string,
): { readonly images?: ImageDigests; readonly problem?: Diagnostic } | undefined {
  const file = path.join(folder, LOCK_NAME);
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'ENOENT' ? undefined : { problem: unusable(`it cannot be read (${error.code})`) };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: unusable('it is not JSON; a merge may have left both sides in it') };
  }
  const { version, images } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  if (version !== VERSION)
    return { problem: unusable(`its version is ${shown(version)}, and this pachkit reads ${VERSION}`) };
  if (typeof images !== 'object' || images === null || Array.isArray(images))
    return { problem: unusable('images is not a mapping') };
  const wrong = Object.entries(images).find(
    ([, digest]) => typeof digest !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(digest),
  );
  if (wrong)
    return { problem: unusable(`the digest of ${wrong[0]} is not sha256: and 64 hexadecimal digits`) };
  return { images: images as ImageDigests };
}

/** The content of a lock file, in the order of names, so that a change is a line of a diff. */
export function lockText(images: ImageDigests): string {
  const sorted = Object.fromEntries(Object.entries(images).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ version: VERSION, images: sorted }, null, 2)}\n`;
}

function unusable(reason: string): Diagnostic {
  return {
    code: 'LCK001',
    severity: 'error',
    message: `${LOCK_NAME} is unusable: ${reason}; without it no digest is known`,
    location: { file: LOCK_NAME },
    path: '',
    hint: 'restore it from Git, or delete it and run pachkit lock',
  };
}

function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : 'missing';
}
