import path from 'node:path';
import type { SourceLocation } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { nodeAt, placeAt } from '../document/source-node';
import { LOCK_NAME } from '../images/lock-file';

/** Where the lock file of a document is. */
export interface LockPlace {
  readonly absolute: string;
  /** As the user would name it. */
  readonly shown: string;
  /** What names it, so that it has to be there: a line of the document, or the command line. Missing for the one beside the document. */
  readonly namedAt?: { readonly location: SourceLocation; readonly path: string };
}

export interface LockInput {
  /** Absolute folder that relative names start from. */
  readonly directory: string;
  /** The file that the command line names, which comes before that of a document. */
  readonly lock?: string | undefined;
}

export const LOCK_FIELD = ['images', 'lock'] as const;

/** The lock file of a document: the one that the command line names, that `images.lock` names, or the one beside the document. */
export function lockPlaceOf(document: Document, { directory, lock }: LockInput): LockPlace {
  const shownOf = (absolute: string): string => path.relative(directory, absolute);
  if (lock !== undefined)
    return {
      absolute: path.resolve(directory, lock),
      shown: lock,
      namedAt: { location: { file: lock }, path: '' },
    };
  const node = nodeAt(document.root, LOCK_FIELD);
  if (typeof node?.scalar !== 'string') {
    const absolute = path.join(document.directory, LOCK_NAME);
    return { absolute, shown: shownOf(absolute) };
  }
  const absolute = path.resolve(node.source.directory, node.scalar);
  return {
    absolute,
    shown: shownOf(absolute),
    namedAt: placeAt(document.root, LOCK_FIELD),
  };
}
