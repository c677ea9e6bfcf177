import { readOwnText } from './read-file';
import { isSystemError, readFailure } from './system-error';

/** A file of pachkit's own that was read: its content, whose form no one has looked at yet, or why it is unusable. */
export type VersionedJson =
  { readonly content: Readonly<Record<string, unknown>> } | { readonly unusable: string };

/**
 * Reads a file in JSON that pachkit wrote and people keep in Git; undefined where there is none. One of another version is
 * unusable: a newer pachkit may keep things in it that this one would lose.
 */
export function readVersionedJson(absolute: string, version: number): VersionedJson | undefined {
  let text: string;
  try {
    text = readOwnText(absolute);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'ENOENT' ? undefined : { unusable: readFailure(error) };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { unusable: 'it is not JSON; a merge may have left both sides in it' };
  }
  const content = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const found = content['version'];
  if (found !== version)
    return {
      unusable: `its version is ${typeof found === 'number' ? String(found) : 'missing'}, and this pachkit reads ${version}`,
    };
  return { content };
}
