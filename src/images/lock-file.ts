import { compare, type Diagnostic } from '../diagnostics/diagnostic';
import { isMapping } from '../document/is-mapping';
import { readVersionedJson } from '../files/versioned-json';

/** Digests by image with its tag, such as `docker.io/pachyderm/pachd:2.11.6`. */
export type ImageDigests = Readonly<Record<string, string>>;

/** Name of the file that lies beside the documents that it is for, where they name no other. */
export const LOCK_NAME = 'pachkit.lock';

const VERSION = 1;

/** A lock file that is read: what it has, or why it is unusable. */
export type ReadLock = { readonly images: ImageDigests } | { readonly problem: Diagnostic };

/**
 * The lock file at an absolute path; undefined where there is none.
 *
 * @param shown the path as messages have it
 */
export function readLock(file: string, shown: string): ReadLock | undefined {
  const unusable = (reason: string): { problem: Diagnostic } => ({ problem: unusableLock(shown, reason) });
  const found = readVersionedJson(file, VERSION);
  if (found === undefined) return undefined;
  if ('unusable' in found) return unusable(found.unusable);
  const { images } = found.content;
  if (!isMapping(images)) return unusable('images is not a mapping');
  const wrong = Object.entries(images).find(
    ([, digest]) => typeof digest !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(digest),
  );
  if (wrong) return unusable(`the digest of ${wrong[0]} is not sha256: and 64 hexadecimal digits`);
  return { images: images as ImageDigests };
}

/** The content of a lock file, in the order of names, so that a change is a line of a diff. */
export function lockText(images: ImageDigests): string {
  const sorted = Object.fromEntries(Object.entries(images).sort(([a], [b]) => compare(a, b)));
  return `${JSON.stringify({ version: VERSION, images: sorted }, null, 2)}\n`;
}

function unusableLock(shown: string, reason: string): Diagnostic {
  return {
    code: 'LCK001',
    severity: 'error',
    message: `${shown} is unusable: ${reason}; without it no digest is known`,
    location: { file: shown },
    path: '',
    hint: 'restore it from Git, or delete it and run pachkit lock',
  };
}
