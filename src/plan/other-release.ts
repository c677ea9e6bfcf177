import path from 'node:path';
import { clusterName } from '../document/document';
import type { DocumentInput } from '../document/input';
import { readDocuments } from '../document/read-documents';

/** A document in another release than its own. */
export interface ReleasedDocument {
  /** A file that only `input` has. */
  readonly file: string;
  readonly input: DocumentInput;
}

/** A document with another release laid over it, as one that extends it does: everything else stays, the name too. */
export function inRelease(file: string, release: string, input: DocumentInput): ReleasedDocument {
  const [document] = readDocuments(file, input).documents;
  const absolute = path.resolve(input.directory, file);
  const name = `${path.basename(file)}@${release}.yaml`;
  const own = path.join(path.dirname(absolute), name);
  const text = JSON.stringify({
    apiVersion: 'pachkit/v1',
    extends: `./${path.basename(file)}`,
    ...(document === undefined ? {} : { name: clusterName(document) }),
    release,
  });
  return {
    file: path.join(path.dirname(file), name),
    input: {
      ...input,
      readFile: (fileName, limits) =>
        path.resolve(fileName) === own ? Buffer.from(text) : input.readFile(fileName, limits),
    },
  };
}
